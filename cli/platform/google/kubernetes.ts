import { request } from "node:https";
import { request as plainRequest } from "node:http";
import type { Context } from "../context";
import type { Cluster } from "../doctor/deployed";
import { GoogleError } from "./client";

/** Reads the Kubernetes API of one cluster. */
export interface KubernetesClient {
  /** The object or list at a path such as `/api/v1/namespaces`. Throws GoogleError. */
  get<T>(path: string): Promise<T>;
}

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
  return {
    get: async <T>(path: string) => {
      const token = await google.token();
      const { status, text } = await ask(new URL(path, base), token, ca, limits.request);
      if (status >= 300) throw new GoogleError(messageOf(text, status, path), status);
      return parsed<T>(text);
    },
  };
}

/** Not `fetch`: it takes no certificate authority. */
function ask(url: URL, token: string, ca: string | undefined, limit: number) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const send = url.protocol === "http:" ? plainRequest : request;
    const call = send(url, { headers: { authorization: `Bearer ${token}` }, timeout: limit, ca }, (reply) => {
      let text = "";
      reply.on("data", (chunk) => (text += String(chunk)));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, text }));
    });
    call.on("timeout", () => call.destroy(new Error(`did not answer within ${Math.ceil(limit / 1000)} s`)));
    call.on("error", (error) => reject(new GoogleError(`${url.host} ${error.message}`, 0)));
    call.end();
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
