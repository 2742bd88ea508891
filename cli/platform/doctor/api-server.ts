import { commandLine, type Given } from "../command-line";
import { listAll } from "../google/list-all";
import type { KubernetesClient } from "../google/kubernetes";
import type { Diagnosis } from "./diagnosis";
import type { KubernetesObject } from "./queues";

interface ServiceOf {
  readonly namespace: string;
  readonly name: string;
}

interface ApiService {
  readonly spec?: { readonly service?: ServiceOf };
}

/** Aggregated APIs that do not answer: while one is away, no namespace of the cluster can be deleted. */
export async function aggregatedApis(kubernetes: KubernetesClient, given: Given): Promise<Diagnosis[]> {
  const all = await listAll<ApiService>(kubernetes, "/apis/apiregistration.k8s.io/v1/apiservices");
  const away = all.flatMap(({ metadata: { name }, spec, status }): Diagnosis[] => {
    const available = status?.conditions?.find(({ type }) => type === "Available");
    if (!available || available.status === "True") return [];
    return [
      {
        part: "cluster APIs",
        subject: name,
        level: "problem",
        text: `does not answer, ${available.reason ?? "no reason given"}: ${available.message ?? ""}`,
        fix: apiFix(available.reason, spec?.service, given),
      },
    ];
  });
  return orFine(away, all, { part: "cluster APIs", subject: `${all.length} in the cluster`, text: "answer" });
}

function apiFix(reason: string | undefined, service: ServiceOf | undefined, given: Given): string {
  if (!service) return "kubectl get --raw '/readyz?verbose'";
  if (reason === "FailedDiscoveryCheck")
    return `the control plane can't reach its port, or its pods are ill; the firewall rule: ${commandLine({ ...given, command: "deploy" })}; the pods: ${endpoints(service)}`;
  return endpoints(service);
}

interface Namespace {
  readonly status?: { readonly phase?: string };
}

/** A deletion takes seconds where nothing is wrong. */
const DELETED_SOON = 2 * 60_000;

/** Namespaces that are to go and do not, with what they wait for. */
export async function hangingNamespaces(kubernetes: KubernetesClient, now: number): Promise<Diagnosis[]> {
  const all = await listAll<Namespace>(kubernetes, "/api/v1/namespaces");
  return all
    .filter(({ status, metadata }) => status?.phase === "Terminating" && age(metadata, now) > DELETED_SOON)
    .map(({ metadata: { name }, status }): Diagnosis => {
      const reasons = (status?.conditions ?? []).filter((each) => each.status === "True");
      return {
        part: "namespaces",
        subject: name,
        level: "problem",
        text: `hangs in Terminating: ${reasons.map(({ message }) => message).join("; ") || "it does not say why"}`,
        fix: reasons.some(({ type }) => type === "NamespaceDeletionDiscoveryFailure")
          ? "mend the API that does not answer; the namespace goes by itself then"
          : `kubectl get pods --namespace ${name} --output custom-columns=NAME:.metadata.name,FINALIZERS:.metadata.finalizers; what may be lifted: docs/queues.md#destroy`,
      };
    });
}

interface WebhookConfiguration {
  readonly webhooks?: readonly {
    readonly failurePolicy?: string;
    readonly clientConfig?: { readonly service?: ServiceOf; readonly caBundle?: string };
  }[];
}

interface EndpointSlice {
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[];
}

/** Webhooks that cannot answer: nobody behind their Service, or no certificate to know it by. */
export async function webhooks(kubernetes: KubernetesClient): Promise<Diagnosis[]> {
  const at = "/apis/admissionregistration.k8s.io/v1";
  const kinds = ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"];
  const lists = await Promise.all(
    kinds.map(async (kind) =>
      (await listAll<WebhookConfiguration>(kubernetes, `${at}/${kind}`)).map((each) => ({ kind, ...each })),
    ),
  );
  const all = lists.flat();
  const slices = await listAll<EndpointSlice>(kubernetes, "/apis/discovery.k8s.io/v1/endpointslices");
  const answering = new Set(
    slices
      // A condition that is not set counts as ready: Kubernetes' own rule.
      .filter(({ endpoints: some = [] }) => some.some(({ conditions }) => conditions?.ready !== false))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.labels?.["kubernetes.io/service-name"]}`),
  );
  const silent = all.flatMap((each) => silentWebhooks(each, answering));
  return orFine(silent, all, {
    part: "webhooks",
    subject: `${all.length} configurations`,
    text: "have who answers",
  });
}

function silentWebhooks(
  {
    kind,
    metadata: { name },
    webhooks: all = [],
  }: KubernetesObject & WebhookConfiguration & { kind: string },
  answering: ReadonlySet<string>,
): Diagnosis[] {
  const faults = new Map<string, { level: "problem" | "warning"; fix: string }>();
  for (const { failurePolicy, clientConfig } of all) {
    const service = clientConfig?.service;
    if (!service) continue;
    const level = failurePolicy === "Ignore" ? "warning" : "problem";
    const where = `${service.namespace}/${service.name}`;
    const add = (text: string, fix: string) => {
      if (faults.get(text)?.level !== "problem") faults.set(text, { level, fix });
    };
    if (!answering.has(where)) add(`${where} has no ready endpoint`, endpoints(service));
    else if (!clientConfig.caBundle)
      add(
        `${where} is called without a CA bundle: its controller has not filled it in`,
        `kubectl get deployments --namespace ${service.namespace}; kubectl get ${kind} ${name} --output yaml`,
      );
  }
  return [...faults].map(([text, { level, fix }]) => ({
    part: "webhooks",
    subject: name,
    level,
    text: `${text}; ${level === "problem" ? "what it judges is refused" : "what it judges passes unseen"}`,
    fix,
  }));
}

function endpoints({ namespace, name }: ServiceOf): string {
  return `kubectl get endpointslices --namespace ${namespace} --selector kubernetes.io/service-name=${name}; kubectl get pods --namespace ${namespace}`;
}

function age({ deletionTimestamp = "" }: KubernetesObject["metadata"], now: number): number {
  return now - Date.parse(deletionTimestamp);
}

function orFine(
  bad: Diagnosis[],
  all: readonly unknown[],
  fine: Pick<Diagnosis, "part" | "subject" | "text">,
): Diagnosis[] {
  if (bad.length > 0 || all.length === 0) return bad;
  return [{ ...fine, level: "ok" }];
}
