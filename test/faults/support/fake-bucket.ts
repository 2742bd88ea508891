import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { error, json, read } from "./replies";
import { isUpload, uploadedBody } from "./upload";

interface StoredObject {
  readonly content: Buffer;
  readonly generation: number;
  readonly updated: string;
}

/** What one request is answered with instead of the truth; undefined lets it through. "hang" never answers. */
export type Fault = number | "hang" | "drop" | undefined;

export interface Request {
  readonly method: string;
  /** Name of the object it is about; "" for the bucket itself. */
  readonly object: string;
}

/**
 * As much of Google Cloud Storage as Terraform's backend and the preflight ask: one bucket, generations and their
 * preconditions, on loopback. Its `fault` decides over each request.
 */
export class FakeBucket {
  readonly objects = new Map<string, StoredObject>();
  readonly requests: Request[] = [];
  fault: (request: Request) => Fault = () => undefined;
  metadata: Record<string, unknown> = {
    versioning: { enabled: true },
    iamConfiguration: {
      uniformBucketLevelAccess: { enabled: true },
      publicAccessPrevention: "enforced",
    },
  };
  private server: Server | undefined;
  private generation = 1000;

  constructor(readonly name = "state") {}

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}/storage/v1/`;
  }

  /** The environment variables by which Terraform and the commands find it. */
  get variables(): Record<string, string> {
    return { GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT: this.endpoint, GOOGLE_OAUTH_ACCESS_TOKEN: "fake" };
  }

  put(object: string, content: string | Buffer): number {
    this.generation += 1;
    const updated = new Date().toISOString();
    this.objects.set(object, { content: Buffer.from(content), generation: this.generation, updated });
    return this.generation;
  }

  text(object: string): string | undefined {
    return this.objects.get(object)?.content.toString();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    const body = await read(request);
    const object = isUpload(url) ? uploadedBody(request, url, body).name : this.objectOf(url);
    this.requests.push({ method: request.method ?? "", object });
    const fault = this.fault({ method: request.method ?? "", object });
    if (fault === "hang") return;
    if (fault === "drop") return void request.socket.destroy();
    if (fault !== undefined) return error(response, fault, "injected");
    if (isUpload(url)) return this.upload(url, object, uploadedBody(request, url, body).content, response);
    return this.reply(request.method ?? "GET", url, object, response);
  }

  /** Both of Google's ways to name an object: /storage/v1/b/BUCKET/o/OBJECT and /BUCKET/OBJECT. */
  private objectOf(url: URL): string {
    const api = /^\/storage\/v1\/b\/[^/]+(?:\/o\/?(.*))?$/.exec(url.pathname);
    return decodeURIComponent(api ? (api[1] ?? "") : url.pathname.replace(`/${this.name}/`, ""));
  }

  private reply(method: string, url: URL, object: string, response: ServerResponse): void {
    const { pathname, searchParams } = url;
    const bucket = /^\/storage\/v1\/b\/([^/]+)/.exec(pathname)?.[1] ?? pathname.split("/")[1];
    if (bucket !== this.name) return error(response, 404, "The specified bucket does not exist.");
    if (pathname === `/storage/v1/b/${this.name}`)
      return json(response, { name: this.name, ...this.metadata });
    if (object === "") {
      const prefix = searchParams.get("prefix") ?? "";
      const names = [...this.objects.keys()].filter((name) => name.startsWith(prefix)).sort();
      return json(response, { items: names.map((name) => this.resource(name)) });
    }
    const stored = this.objects.get(object);
    if (!stored) return error(response, 404, `No such object: ${this.name}/${object}`);
    if (method === "DELETE") return this.remove(object, stored, searchParams, response);
    const media = searchParams.get("alt") === "media" || !pathname.startsWith("/storage/v1/");
    if (!media) return json(response, this.resource(object));
    response.writeHead(200, {
      "content-length": stored.content.length,
      "x-goog-generation": stored.generation,
      "x-goog-metageneration": 1,
      "last-modified": new Date(stored.updated).toUTCString(),
    });
    response.end(stored.content);
  }

  private upload(url: URL, object: string, content: Buffer, response: ServerResponse): void {
    const wanted = url.searchParams.get("ifGenerationMatch");
    if (wanted !== null && Number(wanted) !== (this.objects.get(object)?.generation ?? 0))
      return error(response, 412, "At least one of the pre-conditions you specified did not hold.");
    this.put(object, content);
    json(response, this.resource(object));
  }

  private remove(
    object: string,
    stored: StoredObject,
    query: URLSearchParams,
    response: ServerResponse,
  ): void {
    const wanted = query.get("ifGenerationMatch");
    if (wanted !== null && Number(wanted) !== stored.generation)
      return error(response, 412, "At least one of the pre-conditions you specified did not hold.");
    this.objects.delete(object);
    response.writeHead(204).end();
  }

  private resource(name: string): Record<string, unknown> {
    const stored = this.objects.get(name);
    return {
      kind: "storage#object",
      name,
      bucket: this.name,
      generation: String(stored?.generation),
      metageneration: "1",
      size: String(stored?.content.length),
      timeCreated: stored?.updated,
      updated: stored?.updated,
    };
  }
}
