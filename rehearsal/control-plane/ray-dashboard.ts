import { createServer, type Server } from "node:http";
import { Informer } from "../api/informer";
import type { KubeApi } from "../api/client";
import type { KubeObject } from "../api/objects";

interface SubmitterJob extends KubeObject {
  readonly status?: { readonly succeeded?: number; readonly failed?: number };
}

/** What submits a Ray job; asked for by the operator, which waits two seconds for an answer. */
export type Jobs = Pick<Informer<SubmitterJob>, "get" | "stop">;

const SUBMITTERS = { apiVersion: "batch/v1", kind: "Job" };

export async function watchSubmitters(api: KubeApi): Promise<Jobs> {
  return new Informer<SubmitterJob>(api, SUBMITTERS).start();
}

/**
 * Plays what runs in Ray's head, where no container runs: its dashboard, as a proxy for the addresses of all heads. A Ray
 * job is as far as the pod that submitted it and waits for its end; that pod, its Job and the cluster are the operator's
 * own.
 */
export function playDashboards(jobs: Jobs, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    request.resume();
    if (request.url?.endsWith("/stop")) return answer(200, { stopped: true });
    const id = idOf(request.url ?? "");
    const job = id && jobs.get(keyOfSubmitter(request.url ?? "", id));
    return job ? answer(200, { submission_id: id, status: statusOf(job) }) : answer(404, {});
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

const idOf = (url: string) => /\/api\/jobs\/([\w-]+)$/.exec(url)?.[1];

/** It is called as the RayJob is, which is the id's first part; its namespace is the second of the head's host name. */
function keyOfSubmitter(url: string, id: string): string {
  const [, namespace = ""] = URL.canParse(url) ? new URL(url).hostname.split(".") : [];
  return `${namespace}/${id.replace(/-\w+$/, "")}`;
}

function statusOf({ status = {} }: SubmitterJob): string {
  if (status.succeeded) return "SUCCEEDED";
  return status.failed ? "FAILED" : "RUNNING";
}
