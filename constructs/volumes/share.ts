/** Name of the one share of each file server. */
export const SHARE = "tasks";
