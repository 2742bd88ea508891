import { request, type RequestOptions } from "node:https";
import { isIP } from "node:net";
import { request as plainRequest } from "node:http";
import type { Context } from "../context";
import type { Cluster } from "../doctor/deployed";
import { connect } from "node:tls";
import { GoogleError } from "./client";
import { proxyFor, unbracketed } from "./proxy";
import { tunnel } from "./tunnel";

/** The Kubernetes API of one cluster. Everything throws GoogleError. */
export interface KubernetesClient {
  /** The object or list at a path such as `/api/v1/namespaces`. */
  get<T>(path: string): Promise<T>;
  /** Merges a patch (RFC 7386) into the object at a path. */
  patch(path: string, patch: object): Promise<void>;
  /** Deletes the object at a path. */
  delete(path: string, options: object): Promise<void>;
}

interface Call {
  readonly method: "GET" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: object;
}

const contentTypes = {
  GET: "application/json",
  PATCH: "application/merge-patch+json",
  DELETE: "application/json",
};

/**
 * As the caller, by the cluster's DNS endpoint where it has one: its certificate is a public one. By the IP endpoint
 * otherwise, with the cluster's own authority.
 */
export function kubernetesClient({ env, google, limits }: Context, cluster: Cluster): KubernetesClient {
  const name = cluster.controlPlaneEndpointsConfig?.dnsEndpointConfig?.endpoint;
  const own = env["KUBERNETES_CUSTOM_ENDPOINT"];
  const base = own ?? `https://${name ?? cluster.endpoint ?? ""}`;
  const authority = name ? undefined : cluster.masterAuth?.clusterCaCertificate;
  const ca = authority === undefined ? undefined : Buffer.from(authority, "base64").toString();
  const call = async (asked: Call) => {
    const token = await google.token();
    const url = new URL(asked.path, base);
    const way = await openWay(url, proxyFor(url, env), ca, limits.request);
    const { status, text } = await ask(url, asked, token, { ca, ...way }, limits.request);
    if (status >= 300) throw new GoogleError(messageOf(text, status, asked.path), status);
    return text;
  };
  return {
    get: async <T>(path: string) => parsed<T>(await call({ method: "GET", path })),
    patch: async (path, body) => void (await call({ method: "PATCH", path, body })),
    delete: async (path, body) => void (await call({ method: "DELETE", path, body })),
  };
}

/** Through a proxy, where there is one for the API server. It sees where the call goes, and nothing of what is in it. */
async function openWay(url: URL, proxy: string | undefined, ca: string | undefined, limit: number) {
  if (proxy === undefined) return {};
  const socket = await tunnel(url, proxy, limit).catch(({ message }: Error) => {
    throw new GoogleError(`${url.host} ${message}`, 0);
  });
  const servername = isIP(unbracketed(url.hostname)) === 0 ? { servername: url.hostname } : {};
  const createConnection = () =>
    url.protocol === "http:"
      ? socket
      : connect({ socket, host: unbracketed(url.hostname), ca, ...servername });
  return { createConnection };
}

/** Not `fetch`: it takes no certificate authority. */
function ask(url: URL, { method, body }: Call, token: string, way: RequestOptions, limit: number) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const send = url.protocol === "http:" ? plainRequest : request;
    const sent = body && JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": contentTypes[method],
      // Node gives a DELETE neither a length nor chunks by itself.
      ...(sent && { "content-length": Buffer.byteLength(sent) }),
    };
    const call = send(url, { method, headers, timeout: limit, ...way }, (reply) => {
      let text = "";
      reply.on("data", (chunk) => (text += String(chunk)));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, text }));
    });
    call.on("timeout", () => call.destroy(new Error(`did not answer within ${Math.ceil(limit / 1000)} s`)));
    call.on("error", (error) => reject(new GoogleError(`${url.host} ${error.message}`, 0)));
    call.end(sent);
  });
}

/** Flyte answers its health check with a page, Kubernetes with JSON. */
function parsed<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return {} as T;
  }
}

function messageOf(text: string, status: number, path: string): string {
  const { message } = parsed<{ message?: string }>(text);
  return `${message ?? path} (HTTP ${status})`;
}
