import type { ControlPlane } from "../control-plane/control-plane";
import type { Kueue } from "../control-plane/kueue";
import { helmInstall } from "../objects/helm";
import type { ClusterQueue } from "../objects/queues";
import type { EnvironmentModel } from "../objects/environment-model";
import type { Synthesised } from "../objects/synthesised";
import { type Clock, milliseconds } from "../objects/time";
import { teamOf } from "../scenarios/plan";
import type { Incident, Scenario } from "../scenarios/scenario";
import type { Tools } from "../tools/build";

export interface Theatre {
  readonly plane: ControlPlane;
  readonly kueue: Kueue;
  readonly tools: Tools;
  readonly synthesised: Synthesised;
  readonly model: EnvironmentModel;
  readonly clock: Clock;
  readonly stop: AbortSignal;
}

/** The incident in words, for the report. */
export function incidentText(incident: Incident, model: EnvironmentModel): string {
  switch (incident.do) {
    case "kill-kueue":
      return "Kueue is killed";
    case "start-kueue":
      return "Kueue starts";
    case "restart-apiserver":
      return `the API server is away for ${incident.away}`;
    case "set-stop-policy":
      return `stop policy ${incident.policy} for ${teamOf(incident.team, model).name}`;
  }
}

/** Lets each incident happen at its time, in order. */
export async function playIncidents({ incidents = [] }: Scenario, theatre: Theatre): Promise<void> {
  let current = theatre.synthesised;
  const inOrder = [...incidents].sort((a, b) => milliseconds(a.at) - milliseconds(b.at));
  for (const incident of inOrder) {
    await theatre.clock.passMs(Math.max(0, milliseconds(incident.at) - theatre.clock.now()), theatre.stop);
    current = await play(incident, current, theatre);
  }
}

async function play(incident: Incident, current: Synthesised, theatre: Theatre): Promise<Synthesised> {
  const { plane, kueue, tools, model, clock } = theatre;
  switch (incident.do) {
    case "kill-kueue":
      await kueue.kill();
      return current;
    case "start-kueue":
      await kueue.restart();
      return current;
    case "restart-apiserver":
      await plane.restartApiserver(clock.real(incident.away));
      return current;
    case "set-stop-policy": {
      // As a deploy does it: the release with the changed values.
      const next = withStopPolicy(current, teamOf(incident.team, model).name, incident.policy);
      await helmInstall(plane, tools, next.queues);
      return next;
    }
  }
}

/** The objects with another stop policy on every ClusterQueue of a team. */
export function withStopPolicy(synthesised: Synthesised, team: string, stopPolicy: string): Synthesised {
  const manifests = synthesised.queues.manifests.map((manifest) => {
    const { kind, spec } = manifest as unknown as ClusterQueue;
    return kind === "ClusterQueue" && spec.cohortName === team
      ? { ...manifest, spec: { ...spec, stopPolicy } }
      : manifest;
  });
  return { ...synthesised, queues: { ...synthesised.queues, manifests } };
}
