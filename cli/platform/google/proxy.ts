import { BlockList, isIP } from "node:net";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL, by the same variables and rules as Terraform's providers: HTTPS_PROXY or HTTP_PROXY after the
 * URL's scheme, in either case; never for this machine itself, nor for what NO_PROXY lists.
 * Source: golang.org/x/net/http/httpproxy.
 */
export function proxyFor(url: URL, env: Variables): string | undefined {
  const either = (name: string) => env[name] || env[name.toLowerCase()];
  const proxy = either(url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY");
  if (!proxy || isThisMachine(url.hostname)) return undefined;
  const rules = (either("NO_PROXY") ?? "").split(",").map((rule) => rule.trim().toLowerCase());
  if (rules.some((rule) => matches(rule, url))) return undefined;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

const isThisMachine = (host: string) =>
  host === "localhost" || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));

/**
 * "example.com" is that host and those below it, ".example.com" and "*.example.com" only those below, "*" every one;
 * "10.0.0.0/8" and "fd00::/8" are the addresses of a range. A port behind it, not behind a range, is that port only.
 */
function matches(rule: string, { protocol, hostname, port }: URL): boolean {
  if (rule === "") return false;
  if (rule === "*") return true;
  const address = unbracketed(hostname);
  if (rule.includes("/")) return isWithin(address, rule);
  const [, name = "", only] =
    isIP(rule) === 6 ? [rule, rule] : (/^(.*?)(?::(\d+))?$/.exec(rule.replace(/^\*\./, ".")) ?? []);
  if (only !== undefined && only !== portOf(protocol, port)) return false;
  if (isIP(unbracketed(name)) !== 0) return isIP(address) !== 0 && isWithin(address, unbracketed(name));
  return hostname === name || hostname.endsWith(name.startsWith(".") ? name : `.${name}`);
}

export const portOf = (protocol: string, port: string) => port || (protocol === "https:" ? "443" : "80");

export const unbracketed = (host: string) => host.replace(/^\[|\]$/g, "");

/** Whether an address is one of a range, or the one that is given without a length. */
function isWithin(address: string, range: string): boolean {
  const [net = "", length] = range.split("/");
  const family = isIP(net);
  if (family === 0 || isIP(address) !== family) return false;
  const most = family === 4 ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  if (!Number.isInteger(bits) || bits < 0 || bits > most) return false;
  const list = new BlockList();
  list.addSubnet(net, bits, `ipv${family as 4 | 6}`);
  return list.check(address, `ipv${family as 4 | 6}`);
}
