import { existsSync } from "node:fs";
import { UserError } from "../exit";

type Variables = Readonly<Record<string, string | undefined>>;

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

export interface Credentials {
  /** An access token. Throws a UserError when there is none. */
  token(): Promise<string>;
  /** The project whose quota a person's calls count against; Google refuses some of them without. */
  quotaProject(): Promise<string | undefined>;
}

interface Source {
  readonly token: () => Promise<string>;
  readonly quotaProject: string | undefined;
}

/**
 * The caller's credentials, from where Terraform takes its own: GOOGLE_OAUTH_ACCESS_TOKEN, GOOGLE_CREDENTIALS, then
 * Application Default Credentials, as GOOGLE_IMPERSONATE_SERVICE_ACCOUNT where that is set.
 */
export function credentials(env: Variables, limit: number): Credentials {
  const given = env["GOOGLE_OAUTH_ACCESS_TOKEN"];
  let source: Promise<Source> | undefined;
  const find = () =>
    (source ??= given
      ? Promise.resolve({ token: () => Promise.resolve(given), quotaProject: undefined })
      : findSource(env));
  return {
    token: () => within(limit, async () => (await find()).token()),
    quotaProject: async () => env["GOOGLE_CLOUD_QUOTA_PROJECT"] ?? (await within(limit, find)).quotaProject,
  };
}

async function findSource(env: Variables): Promise<Source> {
  // Loaded when first needed: most of the commands' start-up time otherwise.
  const { GoogleAuth, Impersonated } = await import("google-auth-library");
  const given = env["GOOGLE_BACKEND_CREDENTIALS"] ?? env["GOOGLE_CREDENTIALS"];
  const auth = new GoogleAuth({
    scopes: [SCOPE],
    ...(given
      ? existsSync(given)
        ? { keyFilename: given }
        : { credentials: JSON.parse(given) as object }
      : {}),
  });
  const caller = await auth.getClient();
  const account =
    env["GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT"] ?? env["GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"];
  const client = account
    ? new Impersonated({
        sourceClient: caller,
        targetPrincipal: account,
        targetScopes: [SCOPE],
        delegates: [],
      })
    : caller;
  const token = async () => {
    const { token: text } = await client.getAccessToken();
    if (!text) throw new Error("Google gave no token");
    return text;
  };
  return { token, quotaProject: caller.quotaProjectId };
}

async function within<T>(limit: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limit / 1000} s`)), limit);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new UserError(
      `credentials for Google can't be had (${reason}); run: gcloud auth application-default login`,
    );
  } finally {
    clearTimeout(timer);
  }
}
