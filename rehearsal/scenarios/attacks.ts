import { ACCELERATOR, MAX_RUN_DURATION } from "../../constructs/kueue/node-labels";
import { sidecarAnnotations } from "../../constructs/volumes/sidecar";
import { PRIORITY_LABEL } from "../../constructs/kueue/objects/priorities";
import { GPU } from "../objects/environment-model";
import { deeds, prevented } from "./deeds";
import type { Scenario, TaskGroup } from "./scenario";

const DENIED = (wall: string) =>
  `ValidatingAdmissionPolicy '${wall}' with binding '${wall}' denied request: `;

interface Attack {
  /** The wall that it runs into. */
  readonly wall: string;
  /** What the author of the task reads behind the pod's name, as far as it is the same in every environment. */
  readonly words: string;
  readonly task: Partial<TaskGroup>;
}

const affinity = (nodeAffinity: object) => ({ spec: { affinity: { nodeAffinity } } });
const onL4 = { matchExpressions: [{ key: ACCELERATOR, operator: "In", values: ["nvidia-l4"] }] };
const copied = { env: [{ name: "_FSEC_MODELS_TOKEN", value: "in clear" }] };
const modest = { securityContext: { allowPrivilegeEscalation: false } };
const withoutGpu =
  'would be on a node with GPUs and must ask for them: @task(requests=Resources(gpu="1", ...)), or leave out pod_template_name, node affinity and tolerations';
const group =
  "must not name a pod group or a workload (kueue.x-k8s.io/pod-group-name, kueue.x-k8s.io/pod-group-total-count, kueue.x-k8s.io/prebuilt-workload-name); pods that start together are one task of an operator's type, such as Ray";
const notItsLimit =
  "must have the run limit of its flavor (cloud.google.com/gke-max-run-duration-seconds), neither another nor none: name the flavor, @task(pod_template_name=...), and change nothing of it";
const secret =
  "must not carry the value of a secret; name a Secret of its own namespace, or read it from Secret Manager (docs/secrets.md)";

/** One attack, one wall. Whoever writes tasks can make each of these pods through Flyte. */
const attackers: Readonly<Record<string, Attack>> = {
  "copied-secret": { wall: "wall-secrets", words: secret, task: { pod: { container: copied } } },
  "copied-at-start": {
    wall: "wall-secrets",
    words: secret,
    task: {
      pod: {
        spec: {
          initContainers: [{ name: "init", image: "ghcr.io/flyteorg/flytekit:1", ...modest, ...copied }],
        },
      },
    },
  },
  "group-by-label": {
    wall: "wall-pod-groups",
    words: group,
    task: { pod: { metadata: { labels: { "kueue.x-k8s.io/pod-group-name": "g" } } } },
  },
  "group-by-annotation": {
    wall: "wall-pod-groups",
    words: group,
    task: { pod: { metadata: { annotations: { "kueue.x-k8s.io/pod-group-name": "g" } } } },
  },
  "group-with-a-role": {
    wall: "wall-pod-groups",
    words: group,
    task: {
      flavor: "on-demand",
      pod: {
        metadata: {
          labels: { "kueue.x-k8s.io/pod-group-name": "g" },
          annotations: {
            "kueue.x-k8s.io/pod-group-total-count": "4",
            "kueue.x-k8s.io/role-hash": "main",
            "kueue.x-k8s.io/pod-group-fast-admission": "true",
          },
        },
      },
    },
  },
  "cpu-on-gpu-quota": {
    wall: "wall-queue",
    words: 'is in the GPU queue "',
    task: { queueOf: "queued" },
  },
  "gpu-node-by-selector": {
    wall: "wall-gpu",
    words: withoutGpu,
    task: { pod: { spec: { nodeSelector: { [ACCELERATOR]: "nvidia-l4" } } } },
  },
  "gpu-node-by-affinity": {
    wall: "wall-gpu",
    words: withoutGpu,
    task: {
      pod: affinity({ requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [onL4] } }),
    },
  },
  "gpu-node-by-preference": {
    wall: "wall-gpu",
    words: withoutGpu,
    task: {
      pod: affinity({ preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: onL4 }] }),
    },
  },
  "gpu-node-by-toleration": {
    wall: "wall-gpu",
    words: withoutGpu,
    task: { pod: { spec: { tolerations: [{ key: GPU, operator: "Exists" }] } } },
  },
  "gpu-node-by-any-toleration": {
    wall: "wall-gpu",
    words: withoutGpu,
    task: { pod: { spec: { tolerations: [{ operator: "Exists" }] } } },
  },
  "longer-run": {
    wall: "wall-run-limit",
    words: notItsLimit,
    task: { flavor: "on-demand", pod: { spec: { nodeSelector: { [MAX_RUN_DURATION]: "604800" } } } },
  },
  "flex-start-without-limit": {
    wall: "wall-run-limit",
    words: notItsLimit,
    task: {
      flavor: "on-demand",
      pod: { spec: { tolerations: [{ key: "cloud.google.com/gke-flex-start", operator: "Exists" }] } },
    },
  },
  "own-run-limit": {
    wall: "wall-run-limit",
    words:
      "must not have the annotation provreq.kueue.x-k8s.io/maxRunDurationSeconds; how long a task may have its nodes is its flavor's to say: name another flavor",
    task: { pod: { metadata: { annotations: { "provreq.kueue.x-k8s.io/maxRunDurationSeconds": "60" } } } },
  },
  "own-priority-class": {
    wall: "wall-priority",
    words: `must not have a priorityClassName; how urgent a run is says its label ${PRIORITY_LABEL}`,
    task: { pod: { spec: { priorityClassName: "system-cluster-critical" } } },
  },
  "another-teams-image": {
    wall: "wall-team-images",
    words: "must not run an image of another team (",
    task: { imageOf: "another-team" },
  },
  "production-in-development": {
    wall: "wall-priority",
    words: `must have a priority of its domain in its label ${PRIORITY_LABEL} (development, development-batch, development-interactive), got "production-interactive"`,
    task: {
      domain: "development",
      pod: { metadata: { labels: { [PRIORITY_LABEL]: "production-interactive" } } },
    },
  },
};

const task = (name: string, change: Partial<TaskGroup> = {}): TaskGroup => ({
  name,
  flavor: "cpu",
  count: 1,
  runs: "10m",
  ...change,
});

const mountsBucket = sidecarAnnotations({ milliCpu: 250, memoryMib: 256, diskGib: 5 });

/** What the same authors do every day: every one of these must go through. */
const legitimate: readonly TaskGroup[] = [
  task("cpu"),
  task("map", { count: 10 }),
  task("gpu", { flavor: "on-demand" }),
  task("spot", { flavor: "spot" }),
  task("flex-start", { flavor: "flex-start" }),
  task("queued", { flavor: "queued" }),
  task("urgent", {
    domain: "development",
    pod: { metadata: { labels: { [PRIORITY_LABEL]: "development-interactive" } } },
  }),
  task("own-image", { imageOf: "own-team" }),
  task("not-on-gpus", {
    pod: affinity({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: ACCELERATOR, operator: "DoesNotExist" }] }],
      },
    }),
  }),
  task("named-secret", {
    pod: {
      container: {
        env: [{ name: "_FSEC_MODELS_TOKEN", valueFrom: { secretKeyRef: { name: "models", key: "token" } } }],
      },
    },
  }),
  // As examples/workflows/with_secret.py asks for them; who brings a secret or a bucket brings no right to it.
  task("mounted-secret", {
    pod: { spec: { volumes: [{ name: "wandb", secret: { secretName: "wandb" } }] } },
  }),
  task("secret-of-secret-manager", {
    pod: {
      spec: {
        volumes: [
          {
            name: "wandb",
            csi: {
              driver: "secrets-store-gke.csi.k8s.io",
              readOnly: true,
              volumeAttributes: { secretProviderClass: "wandb" },
            },
          },
        ],
      },
    },
  }),
  task("bucket", {
    pod: {
      metadata: { annotations: mountsBucket },
      spec: {
        volumes: [
          {
            name: "data",
            csi: { driver: "gcsfuse.csi.storage.gke.io", volumeAttributes: { bucketName: "acme-ml-data" } },
          },
        ],
      },
    },
  }),
  // Ray's head: no GPU, on the nodes of the GPUs' flavor, made by an operator whose object waits in the queue.
  task("operators-head", {
    queueOf: "queued",
    pod: {
      metadata: {
        ownerReferences: [
          {
            apiVersion: "example.com/v1",
            kind: "RayLike",
            name: "ray",
            uid: "00000000-0000-4000-8000-0000000a7a11",
            controller: true,
          },
        ],
      },
    },
  }),
];

/** Every attack that a review of the walls has played, and the wall that it runs into. */
export const attacks: Scenario = {
  name: "attacks",
  question: "Does every attack run into its wall, and everybody else's work go on?",
  hoursPerMinute: 4,
  atMost: "6h",
  needs: {
    provisioning: ["on-demand", "spot", "flex-start", "queued"],
    admission: "enforce",
    repositories: true,
  },
  tasks: [
    ...legitimate,
    // Let in, an attack may wait for ever: the scenario does not.
    ...Object.entries(attackers).map(([name, { task: change }]) =>
      task(name, { retries: 0, hangs: true, ...change }),
    ),
    task("foreign-image", {
      retries: 0,
      hangs: true,
      pod: { container: { image: "docker.io/evil/miner:1" } },
    }),
    task("silent-about-privileges", {
      retries: 0,
      hangs: true,
      pod: { container: { securityContext: null } },
    }),
    task("foreign-volume", {
      retries: 0,
      hangs: true,
      pod: { spec: { volumes: [{ name: "tools", image: { reference: "docker.io/evil/tools:1" } }] } },
    }),
  ],
  deeds,
  expect: [
    { that: "tasks-succeed", groups: legitimate.map(({ name }) => name) },
    {
      that: "refused",
      groups: {
        ...Object.fromEntries(
          Object.entries(attackers).map(([name, { wall, words }]) => [
            name,
            `${DENIED(wall)}pod ${name}-n0-0 ${words}`,
          ]),
        ),
        "silent-about-privileges": `${DENIED("tasks-privileges")}pod silent-about-privileges-n0-0 must say allowPrivilegeEscalation: false in the securityContext of `,
        "foreign-image": `${DENIED("tasks-images")}pod foreign-image-n0-0 must not run docker.io/evil/miner:1; push it to `,
        "foreign-volume": `${DENIED("tasks-images")}pod foreign-volume-n0-0 must not run docker.io/evil/tools:1; push it to `,
      },
    },
    { that: "prevented", deeds: prevented },
    { that: "no-pod-starts-ungated" },
    { that: "tasks-land-as-meant" },
    { that: "requests-as-meant" },
  ],
};
