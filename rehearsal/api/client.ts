import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, ignoring, isAway } from "./errors";
import type { KubeObject } from "./objects";
import { type Collection, collectionPath, objectPath } from "./paths";

/** Where the API server is, and who asks. */
export interface Endpoint {
  readonly port: number;
  readonly ca: string;
  readonly token: string;
  /** Whom the caller acts as: a user of no group. @default itself */
  readonly actingAs?: string;
}

export interface List<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[];
}

const REQUEST_TIMEOUT_MS = 30_000;

/** How often, and after how long, a call is made again while the API server is away. */
const RETRIES = 60;
const RETRY_MS = 500;

/** The few calls that a rehearsal makes, over connections that stay open. Loopback only. */
export class KubeApi {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });
  private closed = false;

  constructor(private readonly endpoint: Endpoint) {}

  /** The same API, asked by somebody else. */
  as(user: string): KubeApi {
    return new KubeApi({ ...this.endpoint, actingAs: user });
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>("GET", path);
  }

  list<T extends KubeObject>(collection: Collection): Promise<List<T>> {
    return this.get<List<T>>(collectionPath(collection));
  }

  create<T extends KubeObject>(object: T): Promise<T> {
    const { apiVersion, kind, metadata } = object;
    const path = collectionPath({ apiVersion, kind, namespace: metadata.namespace });
    return this.call<T>("POST", path, JSON.stringify(object));
  }

  /** Asks whether it could be created: every webhook and policy judges it, and nothing stays. */
  tryCreate<T extends KubeObject>(object: T): Promise<T> {
    const path = collectionPath({ ...object, namespace: object.metadata.namespace });
    return this.call<T>("POST", `${path}?dryRun=All`, JSON.stringify(object));
  }

  /** Asks whether it could be changed so. */
  tryPatch(object: KubeObject, change: object, subresource = ""): Promise<unknown> {
    const path = objectPath(object) + (subresource && `/${subresource}`);
    const type = "application/strategic-merge-patch+json";
    return this.call("PATCH", `${path}?dryRun=All`, JSON.stringify(change), type);
  }

  /** Asks whether it could be deleted. */
  tryRemove(object: KubeObject): Promise<unknown> {
    return this.call("DELETE", `${objectPath(object)}?dryRun=All`);
  }

  /** Creates what a YAML document says: the API server reads it itself. */
  createYaml(collection: Collection, yaml: string): Promise<KubeObject> {
    return this.call<KubeObject>("POST", collectionPath(collection), yaml, "application/yaml");
  }

  /** JSON merge patch; `subresource` "status" for conditions. */
  patch<T extends KubeObject>(object: T, change: object, subresource = ""): Promise<T> {
    const path = objectPath(object) + (subresource && `/${subresource}`);
    return this.call<T>("PATCH", path, JSON.stringify(change), "application/merge-patch+json");
  }

  /** Deletes it; that it is gone already is as good. */
  async remove(object: KubeObject, graceSeconds?: number): Promise<void> {
    const body =
      graceSeconds === undefined ? undefined : JSON.stringify({ gracePeriodSeconds: graceSeconds });
    await this.call("DELETE", objectPath(object), body).catch(ignoring(404));
  }

  /** Whether the path answers 200 now. */
  ok(path: string): Promise<boolean> {
    return this.once("GET", path).then(
      () => true,
      () => false,
    );
  }

  /** The raw response of a watch; the caller reads it and ends it. */
  stream(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { port, ca, token } = this.endpoint;
      const headers = { authorization: `Bearer ${token}` };
      // A connection of its own: a watch never gives it back.
      request({ host: "127.0.0.1", port, ca, path, headers, signal, agent: false }, (response) => {
        if (response.statusCode === 200) return resolve(response);
        response.resume();
        reject(new ApiError(response.statusCode ?? 0, `watch ${path}`, response.statusMessage ?? ""));
      })
        .on("error", reject)
        .end();
    });
  }

  close(): void {
    this.closed = true;
    this.agent.destroy();
  }

  /** As every controller does it, a call outlives a restart of the API server. */
  private async call<T>(method: string, path: string, body?: string, type?: string): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once<T>(method, path, body, type);
      } catch (error) {
        if (attempt === RETRIES || this.closed || !isAway(error)) throw error;
        await sleep(RETRY_MS);
      }
    }
  }

  private once<T>(method: string, path: string, body?: string, type = "application/json"): Promise<T> {
    return new Promise((resolve, reject) => {
      const { port, ca, token, actingAs } = this.endpoint;
      const headers = {
        authorization: `Bearer ${token}`,
        ...(actingAs && { "impersonate-user": actingAs }),
        // Node leaves the length out of a DELETE, and the server would take the body for the next request.
        ...(body && { "content-type": type, "content-length": Buffer.byteLength(body) }),
      };
      const sent = request(
        { host: "127.0.0.1", port, ca, method, path, headers, agent: this.agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            const status = response.statusCode ?? 0;
            if (status >= 300) return reject(new ApiError(status, `${method} ${path}`, text));
            resolve((text.startsWith("{") ? JSON.parse(text) : text) as T);
          });
        },
      );
      sent.setTimeout(REQUEST_TIMEOUT_MS, () => sent.destroy(new Error(`${method} ${path}: no answer`)));
      sent.on("error", reject);
      sent.end(body);
    });
  }
}
