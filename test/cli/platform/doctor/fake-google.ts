import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Reply {
  readonly status?: number;
  readonly body: unknown;
}

/** One reply; or one per request, the last of them for all others. */
export type Replies = Readonly<Record<string, Reply | readonly Reply[]>>;

/**
 * Google and a cluster, on loopback: replies by "METHOD /product/path?query", the query only where the reply depends on
 * it. What has no reply is 404, as Google says it.
 */
export class FakeGoogle {
  readonly asked: string[] = [];
  /** Bodies of the requests that had one, by "METHOD /product/path". */
  readonly sent: Record<string, unknown> = {};
  private readonly counts = new Map<string, number>();

  private constructor(
    private readonly server: Server,
    private readonly replies: Replies,
  ) {}

  static async start(replies: Replies): Promise<FakeGoogle> {
    const server = createServer();
    const fake = new FakeGoogle(server, replies);
    server.on("request", (request, response) => {
      const key = `${request.method} ${decodeURIComponent(request.url ?? "")}`;
      fake.asked.push(key);
      let text = "";
      request.on("data", (chunk) => (text += String(chunk)));
      request.on("end", () => text && (fake.sent[key] = JSON.parse(text)));
      const { status = 200, body } = fake.replyTo(key);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  private replyTo(key: string): Reply {
    const given = this.replies[key] ?? this.replies[key.replace(/\?.*$/, "")];
    const count = this.counts.get(key) ?? 0;
    this.counts.set(key, count + 1);
    const found = Array.isArray(given)
      ? (given as readonly Reply[])[Math.min(count, given.length - 1)]
      : (given as Reply | undefined);
    return (
      found ?? {
        status: 404,
        body: { error: { code: 404, message: `not found: ${key}`, status: "NOT_FOUND" } },
      }
    );
  }

  /** The variables by which the clients find this fake, and a token. */
  get env(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    const at = (product: string) => `http://127.0.0.1:${port}/${product}/`;
    return {
      GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT: at("storage"),
      GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT: at("projects"),
      GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: at("policies"),
      GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT: at("services"),
      GOOGLE_SERVICE_USAGE_BETA_CUSTOM_ENDPOINT: at("quotas"),
      GOOGLE_COMPUTE_CUSTOM_ENDPOINT: at("compute"),
      GOOGLE_CONTAINER_CUSTOM_ENDPOINT: at("container"),
      GOOGLE_SQL_CUSTOM_ENDPOINT: at("sql"),
      GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT: at("billing"),
      KUBERNETES_CUSTOM_ENDPOINT: at("").replace(/\/\/$/, ""),
    };
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
