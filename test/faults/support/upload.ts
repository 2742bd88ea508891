import type { IncomingMessage } from "node:http";

export interface Uploaded {
  readonly name: string;
  readonly content: Buffer;
}

export function isUpload(url: URL): boolean {
  return url.pathname.startsWith("/upload/") || url.searchParams.has("uploadType");
}

/** Name and content of a multipart upload: first part the object's description, second part its bytes. */
export function uploadedBody(request: IncomingMessage, url: URL, body: Buffer): Uploaded {
  const boundary = /boundary="?([^";]+)/.exec(request.headers["content-type"] ?? "")?.[1];
  if (!boundary) return { name: url.searchParams.get("name") ?? "", content: body };
  const text = body.toString("latin1");
  const [description = "", content = ""] = text.split(`--${boundary}`).slice(1, 3).map(withoutHeaders);
  const { name = url.searchParams.get("name") ?? "" } = JSON.parse(description) as { name?: string };
  return { name, content: Buffer.from(content, "latin1") };
}

function withoutHeaders(part: string): string {
  return part.slice(part.indexOf("\r\n\r\n") + 4).replace(/\r\n$/, "");
}
