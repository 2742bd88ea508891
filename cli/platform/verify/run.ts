import { spawn } from "node:child_process";
import { connect as dial } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { GRPC_PORT } from "../../../constructs/flyte/access";
import { TASKS } from "../../../constructs/kueue/names";
import { findPython, PythonUnavailable, virtualEnvironment } from "../../support/python";
import { forward, openWayIn, type WayIn } from "../connect/way-in";
import type { Context } from "../context";
import { clusterOf } from "../doctor/deployed";
import { Exit, UserError } from "../exit";
import { kubernetesClient } from "../google/kubernetes";
import { firstImage, firstPlace } from "./first-run";

const SCRIPT = "cli/platform/verify/two_runs.py";
const REQUIREMENTS = "examples/workflows/requirements.txt";
/** A first node takes Autopilot minutes, a first pull through a new mirror too. */
const USUAL_MINUTES = 20;
const WAY_LIMIT = 60_000;

/** What the script says, a line each. */
interface Event {
  readonly event: "registered" | "started" | "ended" | "late" | "archived";
  readonly execution?: string;
  readonly succeeded?: boolean;
  readonly seconds?: number;
  /** Nodes whose answer came from the cache. */
  readonly cached?: readonly string[];
  readonly error?: string;
}

interface Workload {
  readonly metadata: { readonly ownerReferences?: readonly { readonly name: string }[] };
  readonly spec?: { readonly queueName?: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Runs two tasks twice through Flyte's API: they start, they waited in their team's queue, the second run is cached. */
export async function runFirst(context: Context): Promise<number> {
  const { output, root } = context;
  const environment = context.environment();
  const { project, domain } = firstPlace(environment);
  const minutes = Number(context.options.text("runLimit") ?? USUAL_MINUTES);
  if (!(minutes > 0))
    throw new UserError(
      `--run-limit must be a number of minutes, got ${JSON.stringify(context.options.text("runLimit"))}`,
    );
  const python = await pythonFor(context);
  const way = await openWayIn(context);
  return withOpenWay(context, way, async () => {
    output.line(`runs examples/workflows/first_run.py twice, in ${project}, domain ${domain}`);
    const queued = new Map<string, string>();
    const events = await said(
      context,
      python,
      way,
      [join(root, SCRIPT), project, domain, firstImage(environment, root), String(minutes * 60)],
      async (event) => {
        if (event.event === "started")
          output.line(
            `  ${way.consoleUrl}/projects/${project}/domains/${domain}/executions/${event.execution}`,
          );
        if (event.event === "ended" && event.execution && queued.size === 0)
          queued.set(event.execution, await queueOf(context, `${project}-${domain}`, event.execution));
      },
    );
    const findings = judge(events, queued);
    for (const { ok, text } of findings)
      output.line(`  ${ok ? output.paint.green("ok") : output.paint.red("X ")} ${text}`);
    return findings.every(({ ok }) => ok) ? Exit.ok : Exit.changes;
  });
}

interface Judged {
  readonly ok: boolean;
  readonly text: string;
}

/** What the events show, good and bad. */
export function judge(events: readonly Event[], queues: ReadonlyMap<string, string>): Judged[] {
  const [first, second] = events.filter(({ event }) => event === "ended" || event === "late");
  if (first?.event !== "ended" || !first.succeeded)
    return [{ ok: false, text: `the first run ${first ? failure(first) : "did not start"}` }];
  const queue = queues.get(first.execution ?? "");
  const archived = events.filter(({ event }) => event === "archived").length;
  const started = events.filter(({ event }) => event === "started").length;
  return [
    { ok: true, text: `hello ran, ${first.seconds} s after it was asked for` },
    queue === TASKS
      ? { ok: true, text: `it waited in the queue "${queue}" and was admitted` }
      : {
          ok: false,
          text: queue
            ? `its pods were in the queue "${queue}"`
            : "no workload of Kueue's is to be seen for it: it ran outside of the quotas, or is gone already",
        },
    ...(second?.event === "ended" && second.succeeded
      ? [
          second.cached?.length === 1 && first.cached?.length === 0
            ? { ok: true, text: `the second run took its answer from the cache, after ${second.seconds} s` }
            : { ok: false, text: "the second run did not take its answer from the cache" },
        ]
      : [{ ok: false, text: `the second run ${second ? failure(second) : "did not start"}` }]),
    archived === started
      ? { ok: true, text: "nothing of it runs any more, and the console does not list it" }
      : { ok: false, text: `${started - archived} of ${started} executions could not be put away` },
  ];
}

function failure({ event, error = "", seconds }: Event): string {
  return event === "late"
    ? `had not ended after ${seconds} s: the console says what it waits for`
    : `failed: ${error}`;
}

async function pythonFor({ root, env }: Context): Promise<string> {
  try {
    return await virtualEnvironment(
      [join(root, REQUIREMENTS)],
      await findPython(env["PYTHON"] ? [env["PYTHON"]] : undefined),
      join(root, ".venv", "verify"),
    );
  } catch (error) {
    if (error instanceof PythonUnavailable) throw new UserError(error.message, Exit.toolMissing);
    throw error;
  }
}

/** Forwards ports while something else is done, where Flyte is reached by forwarded ones. */
async function withOpenWay<T>(context: Context, way: WayIn, work: () => Promise<T>): Promise<T> {
  if (way.forward === undefined) return work();
  const end = new AbortController();
  const stop = AbortSignal.any([context.stop, end.signal]);
  const forwarding = forward({ ...context, stop }, way.forward, way.kubeconfig);
  try {
    await Promise.race([answers(context, GRPC_PORT), forwarding]);
    return await work();
  } finally {
    end.abort();
    await forwarding.catch(() => undefined);
  }
}

async function answers({ now, sleep, stop }: Context, port: number): Promise<void> {
  const ends = now() + WAY_LIMIT;
  while (!stop.aborted && now() < ends) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = dial(port, "127.0.0.1");
      socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (open) return;
    await sleep(500);
  }
  throw new UserError(`Flyte does not answer on the forwarded port ${port}`);
}

/** Runs the script to its end, or until somebody asks to stop; then it puts its executions away itself. */
function said(
  { env, stop, output }: Context,
  python: string,
  { clientConfig }: WayIn,
  args: readonly string[],
  heard: (event: Event) => Promise<void>,
): Promise<Event[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, {
      env: { ...env, FLYTECTL_CONFIG: clientConfig, PYTHONUNBUFFERED: "1", PYTHONDONTWRITEBYTECODE: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Python's own Ctrl-C: its `finally` ends what runs.
    const end = () => child.kill("SIGINT");
    stop.addEventListener("abort", end, { once: true });
    const events: Event[] = [];
    const hearing: Promise<void>[] = [];
    let errors = "";
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      const event = JSON.parse(line) as Event;
      events.push(event);
      hearing.push(heard(event));
    });
    child.stderr.on("data", (chunk) => (errors += String(chunk)));
    child.on("error", reject);
    child.on("close", () => {
      stop.removeEventListener("abort", end);
      const ended = events.some(({ event }) => event === "ended" || event === "late");
      if (!ended) output.problem(errors.trim().split("\n").slice(-5).join("\n"));
      Promise.all(hearing).then(() => resolve(events), reject);
    });
  });
}

/** The queue in which Kueue admitted the pods of an execution; "" where there is none to be seen. */
async function queueOf(context: Context, namespace: string, execution: string): Promise<string> {
  const cluster = await clusterOf(context);
  if (!cluster) return "";
  const path = `/apis/kueue.x-k8s.io/v1beta2/namespaces/${namespace}/workloads`;
  const { items = [] } = await kubernetesClient(context, cluster).get<{ items?: readonly Workload[] }>(path);
  const own = items.find(
    ({ metadata, status }) =>
      metadata.ownerReferences?.some(({ name }) => name.startsWith(`${execution}-`)) &&
      status?.conditions?.some(({ type, status: is }) => type === "Admitted" && is === "True"),
  );
  return own?.spec?.queueName ?? "";
}
