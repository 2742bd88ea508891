import type { StackJson } from "./synth";

/** Addresses that a resource waits for, near and far: by depends_on, and by what it refers to. */
export function waitsFor(stack: StackJson, address: string, seen = new Set<string>()): Set<string> {
  const [type = "", id = ""] = address.split(".");
  const text = JSON.stringify(stack.resource?.[type]?.[id] ?? {});
  for (const [found] of text.matchAll(/\b(?:helm_release|kubernetes_\w+|google_\w+)\.[\w-]+/g))
    if (!seen.has(found) && found !== address) waitsFor(stack, found, seen.add(found));
  return seen;
}
