/** Not the same, or called wrongly. */
export const FAILED = 1;
export const NOT_SYNTHESISED = 2;
export const UNAVAILABLE = 3;
