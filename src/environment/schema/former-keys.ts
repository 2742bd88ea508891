/** Keys that an environment had once, and what to write now. */
export const formerKeys: Readonly<Record<string, string>> = {
  "cluster.rayOperator": "it is an add-on now: write addOns: { ray: {} } where it was true",
};
