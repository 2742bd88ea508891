import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessHint } from "../../../constructs/flyte/access";
import { namesFor } from "../../../src/environment/names";
import type { Command } from "../command";
import { needTools, runTool } from "../connect/tools";
import type { Context } from "../context";
import { Exit, UserError } from "../exit";

const NAMESPACE = "flyte";
/** gcloud asks Google twice, and starts slowly. */
const GCLOUD_LIMIT = 60_000;
/** A forwarded port that lasted shorter than this did not work at all. */
const WORKED = 5_000;
const PAUSE = 1_000;
const TRIES = 5;

export const connect: Command = {
  description: {
    name: "connect",
    summary: "open the way to an environment's Flyte: kubeconfig, client config, forwarded ports",
    environment: "required",
    options: [{ flags: "--no-forward", summary: "write the files, forward no ports" }],
    exits: {
      [Exit.ok]: "connected; or ended with Ctrl-C",
      [Exit.error]: "the cluster or Flyte can't be reached",
      [Exit.toolMissing]: "gcloud, kubectl or gke-gcloud-auth-plugin is missing",
    },
  },
  run,
};

async function run(context: Context): Promise<number> {
  const { output, outdir, options } = context;
  const environment = context.environment();
  needTools(context, "gcloud", "kubectl", "gke-gcloud-auth-plugin");

  // Files of its own: nobody's current context or ~/.flyte is touched.
  const folder = join(outdir, "connect", environment.name);
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
  output.line(`export KUBECONFIG=${kubeconfig}`);
  output.line(`export FLYTECTL_CONFIG=${clientConfig}`);
  output.line(`console: ${consoleUrl}`);
  output.result({ environment: environment.name, kubeconfig, clientConfig, consoleUrl });
  if (!forwards || options.off("forward")) return Exit.ok;
  return forward(context, hint.command, kubeconfig);
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
async function forward(context: Context, command: string, kubeconfig: string): Promise<number> {
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
