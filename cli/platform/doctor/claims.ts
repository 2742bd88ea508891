import { namespaceOf } from "../../../constructs/kueue/names";
import { serverClaim } from "../../../constructs/volumes/pod-volumes";
import { volumesNamed } from "../../../constructs/volumes/types";
import type { Environment } from "../../../src/environment/define";
import type { KubernetesClient } from "../google/kubernetes";
import { listAll } from "../google/list-all";
import type { Diagnosis } from "./diagnosis";

const part = "volumes";

interface Claim {
  readonly status?: { readonly phase?: string };
}

/** Claims that the PodTemplates name: where one is missing or not bound, every task of the namespace hangs. */
export async function claimsOf(kubernetes: KubernetesClient, environment: Environment): Promise<Diagnosis[]> {
  const wanted = claimsWanted(environment);
  if (wanted.length === 0) return [];
  const there = await listAll<Claim>(kubernetes, "/api/v1/persistentvolumeclaims");
  const phases = new Map(
    there.map(({ metadata: { namespace = "", name }, status }) => [
      `${namespace}/${name}`,
      status?.phase ?? "Pending",
    ]),
  );
  const lines = wanted.flatMap(({ namespace, claim, made }): Diagnosis[] => {
    const subject = `${namespace}/${claim}`;
    const phase = phases.get(subject);
    if (phase === "Bound") return [];
    const line = { part, subject, level: "problem" } as const;
    if (phase === undefined)
      return [
        {
          ...line,
          text: "no such claim: tasks of this namespace wait for ever",
          fix: made
            ? "deploy the platform stack"
            : `make a PersistentVolumeClaim ${claim} in ${namespace}, or take the volume from the team`,
        },
      ];
    return [
      {
        ...line,
        text: `not bound (${phase}): tasks of this namespace wait for it`,
        fix: `kubectl describe persistentvolumeclaim ${claim} --namespace ${namespace}`,
      },
    ];
  });
  if (lines.length > 0) return lines;
  return [{ part, subject: `${wanted.length} claims`, level: "ok", text: "bound" }];
}

/** `made`: by the platform, not by a person. */
function claimsWanted({ queues, flyte, volumes }: Environment) {
  return Object.values(queues.teams).flatMap(({ projects, volumes: names }) =>
    volumesNamed(volumes, names).flatMap(({ name, claim, filestore }) => {
      const wanted = filestore ? serverClaim(name) : claim;
      if (wanted === undefined) return [];
      return projects.flatMap((project) =>
        flyte.domains.map((domain) => ({
          namespace: namespaceOf(project, domain),
          claim: wanted,
          made: filestore !== undefined,
        })),
      );
    }),
  );
}
