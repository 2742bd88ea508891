/** A synthesised stack without the one thing that must differ: the version of the library that wrote it. */
export function withoutVersions(stack: unknown): unknown {
  if (!isObject(stack)) return stack;
  const { "//": comment, ...rest } = stack;
  if (!isObject(comment) || !isObject(comment["metadata"])) return stack;
  const { version: _version, ...metadata } = comment["metadata"];
  return { ...rest, "//": { ...comment, metadata } };
}

/** Where two parsed documents differ, as paths with both values. The order of keys means nothing. */
export function differences(ours: unknown, theirs: unknown, path = "$"): string[] {
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length)
    return ours.flatMap((each, index) => differences(each, theirs[index], `${path}[${index}]`));
  if (isObject(ours) && isObject(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
    return keys.flatMap((key) => differences(ours[key], theirs[key], `${path}.${key}`));
  }
  return Object.is(ours, theirs) ? [] : [`${path} is ${shown(ours)} here, ${shown(theirs)} with the other`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = value === undefined ? "absent" : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
