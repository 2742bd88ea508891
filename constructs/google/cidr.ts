import { Netmask } from "netmask";

/** First address and prefix length of an IPv4 range, or nothing when the text is not one in its canonical form. */
export function parseCidr(cidr: string): { readonly address: string; readonly prefix: number } | undefined {
  if (cidr.includes(":")) return undefined;
  try {
    const block = new Netmask(cidr);
    // "10.0.0.1/20", "10.0.0.0" and "10.0" all parse; only the canonical form is what Google stores.
    return block.toString() === cidr ? { address: block.base, prefix: block.bitmask } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The problem with a range, in the user's words, or nothing when it is fine.
 * `largest` and `smallest` are prefix lengths: a /14 is larger than a /20.
 */
export function cidrProblem(
  path: string,
  cidr: string,
  largest: number,
  smallest: number,
): string | undefined {
  const range = parseCidr(cidr);
  if (range === undefined)
    return `${path} must be an IPv4 range such as "10.0.0.0/20", got ${JSON.stringify(cidr)}`;
  if (range.prefix < largest || range.prefix > smallest)
    return `${path} must be between a /${largest} and a /${smallest}, got ${JSON.stringify(cidr)}`;
  return undefined;
}
