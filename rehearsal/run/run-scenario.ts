import { setMaxListeners } from "node:events";
import { Informer } from "../api/informer";
import type { Pod, ProvisioningRequest, Workload } from "../api/objects";
import { collections } from "../api/paths";
import { ControlPlane } from "../control-plane/control-plane";
import { installRay, startRayOperator } from "../control-plane/ray-operator";
import { startTrainingOperator } from "../control-plane/training-operator";
import { Kueue } from "../control-plane/kueue";
import { Observer } from "../control-plane/observer";
import { Workspace } from "../control-plane/workspace";
import { modelOf } from "../objects/environment-model";
import { installObjects } from "../objects/install";
import { scaled } from "../objects/scale";
import type { Synthesised } from "../objects/synthesised";
import { Clock, milliseconds } from "../objects/time";
import { installGkeWebhook } from "../provisioner/gke-webhook";
import { makeGeneralNodes } from "../provisioner/fake-node";
import { Provisioner } from "../provisioner/provisioner";
import { planTasks } from "../scenarios/plan";
import type { Scenario } from "../scenarios/scenario";
import { Recorder } from "../story/recorder";
import type { Result } from "../story/result";
import { Flyte } from "../tasks/flyte";
import { intrude } from "../tasks/intruder";
import type { Job } from "../tasks/work";
import type { Tools } from "../tools/build";
import { incidentText, playIncidents } from "./incidents";
import { progressLine } from "./progress";

export interface Stage {
  readonly tools: Tools;
  /** Called with what is going on, a few times a second. */
  readonly progress: (line: string) => void;
  /** Breaks the objects before they are installed. */
  readonly breaking?: (synthesised: Synthesised) => Synthesised;
  /** The workspace, as soon as there is one: whoever stops the command closes it. */
  readonly opened: (workspace: Workspace) => void;
  /** Called when everything is over but its folder, with the logs, is still there. */
  readonly closing: (workspace: Workspace) => void;
}

/** Plays one scenario on a control plane of its own, and leaves nothing of it behind. */
export async function runScenario(
  synthesised: Synthesised,
  scenario: Scenario,
  stage: Stage,
): Promise<Result> {
  // What a scenario means is the environment's, also when its objects are broken on purpose.
  const model = modelOf(synthesised);
  const tasks = planTasks(scenario, model);
  const factor = scenario.hoursPerMinute * 60;
  const workspace = new Workspace(stage.tools);
  stage.opened(workspace);
  const observer = new Observer().start();
  const stop = new AbortController();
  // Every task that waits listens for the end.
  setMaxListeners(0, stop.signal);
  const informers: { stop(): Promise<void> }[] = [];
  const began = performance.now();
  let plane: ControlPlane | undefined;
  try {
    stage.progress("starting the control plane");
    const real = scaled(stage.breaking?.(synthesised) ?? synthesised, factor);
    plane = await ControlPlane.start(workspace, stage.tools);
    const { api } = plane;
    stage.progress("starting Kueue");
    const { addOns = [] } = scenario.needs ?? {};
    const training = addOns.includes("training") ? real.operators.training : undefined;
    const ray = addOns.includes("ray") ? real.operators.ray : undefined;
    if (training) await startTrainingOperator(plane, stage.tools, training);
    if (ray) await installRay(plane, stage.tools, ray);
    const kueue = await Kueue.start(plane, stage.tools, real.kueue);
    stage.progress("installing the queues");
    await makeGeneralNodes(api);
    await installObjects(plane, stage.tools, real);
    await installGkeWebhook(api);
    // Its rights are bound in the namespaces of tasks.
    if (ray) await startRayOperator(plane, stage.tools, real.charts["ray-operator"] ?? {});

    const clock = new Clock(factor);
    const pods = await new Informer<Pod>(api, collections.pods).start();
    const workloads = await new Informer<Workload>(api, collections.workloads).start();
    const requests = await new Informer<ProvisioningRequest>(api, collections.requests).start();
    informers.push(pods, workloads, requests);
    const kind = training ? collections.pytorchJobs : ray && collections.rayJobs;
    const jobs = kind && (await new Informer<Job>(api, kind).start());
    if (jobs) informers.push(jobs);
    const watch = { pods, workloads, requests, ...(jobs && { jobs }) };
    const provisioner = new Provisioner(api, watch, scenario, model, clock, stop.signal);
    const flyte = new Flyte(api, pods, model, clock, stop.signal, jobs, real.plugins["ray"]);
    new Recorder(flyte.stories, clock, pods, workloads, requests);

    const startSeconds = (performance.now() - began) / 1000;
    const played = performance.now();
    const deeds = intrude(api, model.teams[0]?.namespaces[0] ?? "", scenario.deeds ?? []);
    const ended = Promise.all([
      flyte.run(tasks),
      deeds,
      playIncidents(scenario, {
        plane,
        kueue,
        tools: stage.tools,
        synthesised: real,
        model,
        clock,
        stop: stop.signal,
      }),
    ]);
    const over = clock.passMs(milliseconds(scenario.atMost), stop.signal).catch(() => undefined);
    const show = setInterval(
      () => stage.progress(progressLine([...flyte.stories.values()], tasks.length, clock)),
      500,
    );
    await Promise.race([ended, over]);
    clearInterval(show);
    const lasted = clock.now();
    provisioner.close();
    stop.abort();
    observer.stop();
    return {
      scenario,
      model,
      stories: [...flyte.stories.values()],
      nodes: provisioner.nodes.stories,
      deeds: await deeds,
      incidents: (scenario.incidents ?? []).map((incident) => ({
        at: milliseconds(incident.at),
        text: incidentText(incident, model),
      })),
      lasted,
      requests: provisioner.requests.seen,
      strangers: [...observer.strangers],
      seconds: (performance.now() - played) / 1000,
      startSeconds,
      memoryMib: observer.peakMib,
    };
  } finally {
    stop.abort();
    stage.closing(workspace);
    await Promise.all(informers.map((informer) => informer.stop()));
    plane?.api.close();
    await workspace.close();
  }
}
