/** The problem with a number that must be whole and within limits, in the user's words, or nothing when it is fine. */
export function wholeNumberProblem(
  path: string,
  value: number,
  least: number,
  most: number,
): string | undefined {
  if (Number.isInteger(value) && value >= least && value <= most) return undefined;
  return `${path} must be a whole number from ${least} to ${most}, got ${value}`;
}
