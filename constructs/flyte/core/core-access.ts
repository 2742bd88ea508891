import { CONSOLE_PORT, type FlyteAccess, FORWARDED_CONSOLE, signInOf } from "../access";
import { corsConfig } from "../config/cors";
import type { Values } from "../values";

/**
 * Who reaches the parts. No mode makes an Ingress or a NodePort, as the chart would. The console is a server of its
 * own: forwarded to a port of its own, it asks the API across origins; behind one host name it need not.
 */
export function coreAccessValues(access: FlyteAccess, corsOrigins: readonly string[] = []): Values {
  const forwarded = signInOf(access) === undefined;
  return {
    common: { ingress: { enabled: false } },
    datacatalog: { service: { type: "ClusterIP" } },
    configmap: {
      console: forwarded ? { ADMIN_API_URL: `http://localhost:${CONSOLE_PORT}` } : {},
      adminServer: {
        server: {
          security: corsConfig([
            ...(forwarded ? [`http://localhost:${FORWARDED_CONSOLE}`] : []),
            ...corsOrigins,
          ]),
        },
      },
    },
  };
}
