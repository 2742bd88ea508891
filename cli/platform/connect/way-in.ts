import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessHint } from "../../../constructs/flyte/access";
import { namesFor } from "../../../src/environment/names";
import type { Context } from "../context";
import { Exit, UserError } from "../exit";
import { needTools, runTool } from "./tools";

const NAMESPACE = "flyte";
/** gcloud asks Google twice, and starts slowly. */
const GCLOUD_LIMIT = 60_000;
/** A forwarded port that lasted shorter than this did not work at all. */
const WORKED = 5_000;
const PAUSE = 1_000;
const TRIES = 5;

/** How a person on this machine reaches an environment's Flyte. */
export interface WayIn {
  readonly kubeconfig: string;
  /** File for pyflyte and flytectl. */
  readonly clientConfig: string;
  readonly consoleUrl: string;
  /** Keeps the way open while it runs. Absent where it is open anyway. */
  readonly forward?: string;
}

/** Files of its own: nobody's current context or ~/.flyte is touched. */
export async function openWayIn(context: Context): Promise<WayIn> {
  needTools(context, "gcloud", "kubectl", "gke-gcloud-auth-plugin");
  const environment = context.environment();
  const folder = join(context.outdir, "connect", environment.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kubeconfig = join(folder, "kubeconfig");
  await getCredentials(context, kubeconfig);

  const { access, topology } = environment.flyte;
  const hint = accessHint(access, NAMESPACE, topology);
  const forwards = access.mode === "port-forward";
  const address = forwards ? "localhost" : await answerOf(context, hint.command, kubeconfig);
  const clientConfig = join(folder, "flyte.yaml");
  writeFileSync(clientConfig, hint.clientConfig.replace("<address>", address));
  const consoleUrl = hint.consoleUrl.replace("<address>", address);
  return { kubeconfig, clientConfig, consoleUrl, ...(forwards && { forward: hint.command }) };
}

async function getCredentials(context: Context, kubeconfig: string): Promise<void> {
  const environment = context.environment();
  const endpoint = environment.cluster.controlPlane.dnsEndpoint ? " --dns-endpoint" : "";
  const cluster = `${namesFor(environment).cluster} --location ${environment.region} --project ${environment.project}`;
  const command = `gcloud container clusters get-credentials ${cluster}${endpoint}`;
  const { code, stderr } = await runTool(context, command, { kubeconfig, limit: GCLOUD_LIMIT });
  if (code !== 0)
    throw new UserError(`the cluster's credentials can't be had (${command}):\n${stderr.trim()}`);
}

/** Of an internal access its address, of a public one that it answers. */
async function answerOf(context: Context, command: string, kubeconfig: string): Promise<string> {
  const { code, stdout, stderr } = await runTool(context, command, {
    kubeconfig,
    limit: context.limits.request,
  });
  const answer = stdout.trim();
  if (code === 0 && answer !== "") return answer;
  throw new UserError(`Flyte can't be reached (${command}): ${stderr.trim() || "no answer"}`);
}

/** Forwards until Ctrl-C: again when the pod behind it was replaced, not when it never works. */
export async function forward(context: Context, command: string, kubeconfig: string): Promise<number> {
  const { output, stop, now, sleep } = context;
  for (let failures = 0; ;) {
    const started = now();
    const { stderr } = await runTool(context, command, {
      kubeconfig,
      onText: (text) => output.note(text.trim()),
    });
    if (stop.aborted) return Exit.ok;
    failures = now() - started < WORKED ? failures + 1 : 0;
    if (failures >= TRIES) throw new UserError(`the ports can't be forwarded: ${stderr.trim()}`);
    output.note("the connection ended; connecting again");
    await sleep(PAUSE);
  }
}
