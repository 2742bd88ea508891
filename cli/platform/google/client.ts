import type { Limits } from "../limits";
import { proxyFor } from "./proxy";
import { endpoint, type Product } from "./products";

/** Google said no, or nothing. `status` is 0 where no answer came within the limit. */
export class GoogleError extends Error {
  override readonly name = "GoogleError";

  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export interface GoogleRequest {
  readonly product: Product;
  /** Below the product's endpoint, e.g. `b/my-bucket`. */
  readonly path: string;
  readonly method?: "GET" | "POST" | "DELETE";
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface GoogleClient {
  /** The answer's body. Throws GoogleError. Retries 429 and 5xx until the limit. */
  request<T>(request: GoogleRequest): Promise<T>;
  /** An access token for the caller. Throws when there are no credentials. */
  token(): Promise<string>;
}

export interface GoogleWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: Limits;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly token: () => Promise<string>;
  /** @default none */
  readonly quotaProject?: () => Promise<string | undefined>;
}

const FIRST_PAUSE = 250;

export function googleClient(world: GoogleWorld): GoogleClient {
  return {
    token: world.token,
    request: async <T>(request: GoogleRequest) => {
      const deadline = world.now() + world.limits.request;
      for (let pause = FIRST_PAUSE; ; pause *= 2) {
        const { status, text, way } = await once(world, request, deadline);
        if (status < 300) return (text === "" ? {} : JSON.parse(text)) as T;
        const busy = status === 429 || status >= 500;
        if (!busy || world.now() + pause >= deadline)
          throw new GoogleError(messageOf(text, status, way), status);
        await world.sleep(pause);
      }
    },
  };
}

async function once(world: GoogleWorld, request: GoogleRequest, deadline: number) {
  const url = new URL(request.path, endpoint(request.product, world.env));
  for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);
  const token = await world.token();
  const quotaProject = await world.quotaProject?.();
  const proxy = proxyFor(url, world.env);
  const way = proxy ? `${url.host} by way of the proxy ${new URL(proxy).host}` : url.host;
  const left = Math.max(1, deadline - world.now());
  try {
    const reply = await send(url, proxy, {
      method: request.method ?? "GET",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        ...(quotaProject ? { "x-goog-user-project": quotaProject } : {}),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(left),
    });
    return { ...reply, ...(proxy ? { way } : {}) };
  } catch (error) {
    throw new GoogleError(`${way} ${reasonOf(error, left)}`, 0);
  }
}

interface Sent {
  readonly method: "GET" | "POST" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Node's own `fetch` knows no proxy; the client of Google's libraries does, and is loaded where there is one. */
async function send(url: URL, proxy: string | undefined, sent: Sent) {
  if (proxy === undefined) {
    const reply = await fetch(url, sent);
    return { status: reply.status, text: await reply.text() };
  }
  const { gaxios } = await import("google-auth-library");
  const { status, data } = await gaxios.request<string>({
    ...{ ...sent, url, proxy, responseType: "text", retry: false },
    validateStatus: () => true,
  });
  return { status, text: data };
}

function reasonOf(error: unknown, limit: number): string {
  const { name, message, cause } = error as Error & { readonly cause?: { readonly code?: string } };
  if (name === "TimeoutError") return `did not answer within ${Math.ceil(limit / 1000)} s`;
  return `can't be reached (${cause?.code ?? message})`;
}

/** Google's own words where the body has them. */
function messageOf(text: string, status: number, way?: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string } };
    if (error?.message) return `${error.message} (HTTP ${status})`;
  } catch {
    // Not JSON: a proxy's page, or nothing.
  }
  return way ? `${way} was answered with HTTP ${status}` : `HTTP ${status}`;
}
