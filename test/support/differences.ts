/** Paths at which two values differ: `prod-platform.resource.helm_release.queues.values`. A list differs as a whole. */
export function differences(before: unknown, after: unknown, path = ""): string[] {
  if (!isTree(before) || !isTree(after))
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    key in before && key in after
      ? differences(before[key], after[key], path ? `${path}.${key}` : key)
      : [path ? `${path}.${key}` : key],
  );
}

function isTree(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
