import { isIP } from "node:net";

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

/** "example.com" is that host and those below it, ".example.com" and "*.example.com" only those below, "*" every one. */
function matches(rule: string, { protocol, hostname, port }: URL): boolean {
  if (rule === "") return false;
  if (rule === "*") return true;
  const [, name = "", only] = /^(.*?)(?::(\d+))?$/.exec(rule.replace(/^\*\./, ".")) ?? [];
  if (only !== undefined && only !== (port || (protocol === "https:" ? "443" : "80"))) return false;
  return hostname === name || hostname.endsWith(name.startsWith(".") ? name : `.${name}`);
}
