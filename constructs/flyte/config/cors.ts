import type { Values } from "../values";

/**
 * Whose scripts may call the API in a browser: the given origins, or nobody. Flyte's own default is every web site, and
 * without sign-in whoever can be made to open one would lend it all that they may do.
 */
export function corsConfig(origins: readonly string[]): Values {
  return { allowCors: origins.length > 0, allowedOrigins: [...origins] };
}
