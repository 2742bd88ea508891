import { namespaceOf, TASKS } from "../../../constructs/kueue/names";
import { flavorsOf } from "../../../constructs/kueue/objects/quotas";
import { tenantNamespaceLabels } from "../../../constructs/kueue/objects/tenant-namespace";
import type { Environment } from "../../../src/environment/define";
import type { KubernetesClient } from "../google/kubernetes";
import type { Diagnosis } from "./diagnosis";

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly creationTimestamp?: string;
    /** When it was, or is, to be gone; its grace period is in it. */
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly ownerReferences?: readonly { readonly kind?: string }[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export interface ObjectList {
  readonly items?: readonly KubernetesObject[];
}

const KUEUE = "/apis/kueue.x-k8s.io/v1beta2";

/** Queues and admission checks that do not work, with Kueue's own words. */
export async function inactiveQueues(kubernetes: KubernetesClient): Promise<Diagnosis[]> {
  const queues = await kubernetes.get<ObjectList>(`${KUEUE}/clusterqueues`);
  const checks = await kubernetes.get<ObjectList>(`${KUEUE}/admissionchecks`);
  return [
    ...activity("queues", "ClusterQueue", queues.items ?? [], "kubectl describe clusterqueue"),
    ...activity("checks", "AdmissionCheck", checks.items ?? [], "kubectl describe admissioncheck"),
  ];
}

function activity(part: string, kind: string, items: readonly KubernetesObject[], fix: string): Diagnosis[] {
  const broken = items.flatMap(({ metadata: { name }, status }): Diagnosis[] => {
    const active = status?.conditions?.find(({ type }) => type === "Active");
    if (active?.status === "True") return [];
    return [
      {
        part,
        subject: name,
        level: "problem",
        text: active
          ? `not active: ${active.message ?? active.reason ?? ""}`
          : "Kueue has not looked at it yet",
        fix: `${fix} ${name}`,
      },
    ];
  });
  if (broken.length > 0) return broken;
  return items.length === 0
    ? []
    : [{ part, subject: `${items.length} × ${kind}`, level: "ok", text: "active" }];
}

/** Every project-domain has the queues of its team; a project that somebody made in the UI has none. */
export async function missingLocalQueues(
  kubernetes: KubernetesClient,
  { queues, flyte }: Environment,
): Promise<Diagnosis[]> {
  const { items: present = [] } = await kubernetes.get<ObjectList>(`${KUEUE}/localqueues`);
  const { items: namespaces = [] } = await kubernetes.get<ObjectList>(
    `/api/v1/namespaces?labelSelector=${encodeURIComponent(selector)}`,
  );
  const has = new Set(present.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  const declared = new Set<string>();
  const missing = Object.entries(queues.teams).flatMap(([name, team]) =>
    team.projects.flatMap((project) =>
      flyte.domains.flatMap((domain) => {
        const namespace = namespaceOf(project, domain);
        declared.add(namespace);
        return [TASKS, ...flavorsOf(queues, team).own]
          .filter((queue) => !has.has(`${namespace}/${queue}`))
          .map((queue): Diagnosis => ({
            part: "queues",
            subject: `${namespace}/${queue}`,
            level: "problem",
            text: `no such LocalQueue: tasks of team ${name} wait for ever there`,
            fix: "deploy the platform stack",
          }));
      }),
    ),
  );
  const orphans = namespaces
    .map(({ metadata }) => metadata.name)
    .filter((name) => !declared.has(name))
    .map((name): Diagnosis => ({
      part: "queues",
      subject: name,
      level: "warning",
      text: "belongs to no team: nothing new runs in it",
      fix: "add its project to a team in queues.teams, and deploy",
    }));
  const fine: Diagnosis = {
    part: "queues",
    subject: `${declared.size} namespaces`,
    level: "ok",
    text: "have the queues of their team",
  };
  return missing.length + orphans.length > 0 ? [...missing, ...orphans] : [fine];
}

const selector = Object.entries(tenantNamespaceLabels)
  .slice(0, 1)
  .map(([key, value]) => `${key}=${value}`)
  .join(",");
