import type { CoreAccounts } from "../chart";
import type { FlyteImages } from "../images";
import { mergeValues, type Values } from "../values";

/** Cut of each part's pod: requests are limits on Autopilot. */
const SIZES = {
  flyteadmin: { cpu: "500m", memory: "1Gi" },
  flytepropeller: { cpu: "1", memory: "2Gi" },
  datacatalog: { cpu: "500m", memory: "1Gi" },
  flytescheduler: { cpu: "250m", memory: "512Mi" },
  flyteconsole: { cpu: "250m", memory: "512Mi" },
  webhook: { cpu: "250m", memory: "512Mi" },
} as const;

type Part = keyof typeof SIZES;

/** Parts that run twice. The scheduler may not; the webhook's number is its autoscaler's. */
const TWICE: readonly Part[] = ["flyteadmin", "flytepropeller", "datacatalog", "flyteconsole"];

/** Parts that the chart gives SELinux's `spc_t`, which Pod Security does not let through. */
const WITH_SELINUX: readonly Part[] = [
  "flyteadmin",
  "flytescheduler",
  "datacatalog",
  "flyteconsole",
  "webhook",
];

/** vCPUs that all parts ask for together, each as often as it runs. */
export function cpuOfCore(secretsWebhook: boolean): number {
  const cpu = (text: string) => (text.endsWith("m") ? Number(text.slice(0, -1)) / 1000 : Number(text));
  const times = (part: Part) =>
    part === "webhook" ? (secretsWebhook ? 2 : 0) : TWICE.includes(part) ? 2 : 1;
  return (Object.keys(SIZES) as Part[]).reduce((sum, part) => sum + times(part) * cpu(SIZES[part].cpu), 0);
}

export interface CorePods {
  readonly images: FlyteImages;
  readonly accounts: CoreAccounts;
  readonly passwordVersion: number;
  /** Flyte's secrets webhook runs, in pods of its own. */
  readonly secretsWebhook: boolean;
}

/** Pods of the parts: sizes, numbers, images, identities. */
export function corePodValues({ images, accounts, passwordVersion, secretsWebhook }: CorePods): Values {
  return mergeValues(
    ...(Object.keys(SIZES) as Part[]).map((part) => ({ [part]: podValues(part) })),
    {
      flyteadmin: { image: { ...images.admin }, serviceAccount: actingAs(accounts.admin) },
      flytescheduler: { image: { ...images.scheduler }, serviceAccount: actingAs(accounts.scheduler) },
      datacatalog: { image: { ...images.datacatalog }, serviceAccount: actingAs(accounts.datacatalog) },
      flytepropeller: { image: { ...images.propeller }, serviceAccount: actingAs(accounts.propeller) },
      flyteconsole: { image: { ...images.console } },
      // Where it is on, no pod of a task that uses a secret can start without it.
      webhook: {
        enabled: secretsWebhook,
        autoscaling: { enabled: secretsWebhook, minReplicas: 2, maxReplicas: 4 },
      },
    },
    // These read the password when they start, and Helm does not see it change.
    ...["flyteadmin", "flytescheduler", "datacatalog"].map((part) => ({
      [part]: { podAnnotations: passwordAnnotation(passwordVersion) },
    })),
  );
}

function podValues(part: Part): Values {
  return {
    resources: equal(SIZES[part]),
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    ...(TWICE.includes(part) && { replicaCount: 2, affinity: apartByZone(part) }),
  };
}

function equal(size: { readonly cpu: string; readonly memory: string }): Values {
  const amounts = { ...size, "ephemeral-storage": "1Gi" };
  return { requests: amounts, limits: amounts };
}

function actingAs(email: string): Values {
  return { create: true, annotations: { "iam.gke.io/gcp-service-account": email } };
}

function passwordAnnotation(version: number): Values {
  return { "flyte/database-password-version": String(version) };
}

/** By zone, not by node: Autopilot asks more CPU of pods that must not share a node. */
function apartByZone(part: Part): Values {
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            topologyKey: "topology.kubernetes.io/zone",
            labelSelector: { matchLabels: { "app.kubernetes.io/name": part } },
          },
        },
      ],
    },
  };
}

/** Takes away what only a null can: to Helm it means "not the chart's default". */
export function withoutSelinux(values: Values): object {
  const parts = WITH_SELINUX.map((part) => {
    const pod = values[part] as Values;
    return [
      part,
      { ...pod, securityContext: { ...(pod["securityContext"] as Values), seLinuxOptions: null } },
    ];
  });
  return { ...values, ...(Object.fromEntries(parts) as object) };
}

/** How many of a part a node's maintenance may take at a time. The charts have none of these. */
export function disruptionBudgets(secretsWebhook: boolean): readonly object[] {
  const matchLabels = (part: string) =>
    part === "flyte-pod-webhook" ? { app: part } : { "app.kubernetes.io/name": part };
  return [...TWICE, ...(secretsWebhook ? ["flyte-pod-webhook"] : [])].map((part) => ({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: part },
    spec: { maxUnavailable: 1, selector: { matchLabels: matchLabels(part) } },
  }));
}
