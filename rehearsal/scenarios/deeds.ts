import { QUEUE_LABEL } from "../../constructs/kueue/objects/local-queues";
import type { Manifest } from "../api/objects";
import { WAITING_JOB, WAITING_POD } from "../tasks/intruder";
import type { Deed } from "./scenario";

const IMAGE = "ghcr.io/flyteorg/flytekit:py3.12-latest";
const waiting = { apiVersion: "v1", kind: "Pod", metadata: { name: WAITING_POD } };
const networkPolicy = (name: string) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name },
});

function pod(name: string, metadata: object): Manifest {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, ...metadata },
    spec: {
      containers: [{ name: "task", image: IMAGE, securityContext: { allowPrivilegeEscalation: false } }],
    },
  };
}

const denied = (what: string, wall: string, words: string) =>
  `${what} is forbidden: ValidatingAdmissionPolicy '${wall}' with binding '${wall}' denied request: ${words}`;

const platforms = (resource: string, operation: string, name: string) =>
  `${resource} of a namespace of tasks are the platform's to change (queues.teams, policies.network); got ${operation} of ${name}`;

/** What is tried, and what is answered to whoever tries it. */
const attempts: readonly (Deed & { readonly answer: string })[] = [
  {
    name: "open-to-all-egress",
    does: "create",
    object: { ...networkPolicy("all"), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } },
    answer: denied(
      'networkpolicies.networking.k8s.io "all"',
      "wall-tenant-objects",
      platforms("networkpolicies", "CREATE", "all"),
    ),
  },
  {
    name: "let-everybody-in",
    does: "delete",
    object: networkPolicy("only-from-this-namespace"),
    answer: denied(
      'networkpolicies.networking.k8s.io "only-from-this-namespace"',
      "wall-tenant-objects",
      platforms("networkpolicies", "DELETE", "only-from-this-namespace"),
    ),
  },
  {
    name: "lift-the-gate",
    does: "patch",
    object: waiting,
    change: { spec: { schedulingGates: [{ $patch: "delete", name: "kueue.x-k8s.io/admission" }] } },
    answer: denied(
      `pods "${WAITING_POD}"`,
      "wall-gate",
      `pod ${WAITING_POD} waits for its queue; only Kueue takes its gate away`,
    ),
  },
  {
    name: "token-that-never-ends",
    does: "create",
    object: {
      apiVersion: "v1",
      kind: "Secret",
      type: "kubernetes.io/service-account-token",
      metadata: { name: "token", annotations: { "kubernetes.io/service-account.name": "default" } },
    },
    answer: denied(
      'secrets "token"',
      "wall-tokens",
      "secret token must not be of the type kubernetes.io/service-account-token; a task has its namespace's identity and needs no token",
    ),
  },
  {
    name: "without-a-queue",
    does: "create",
    object: pod("loose", {}),
    answer: denied('pods "loose"', "wall-queue", "pod loose must be in a queue of its namespace (tasks"),
  },
  {
    name: "in-anothers-name",
    does: "create",
    object: pod("spoofed", {
      labels: { [QUEUE_LABEL]: "tasks" },
      ownerReferences: [
        {
          apiVersion: "batch/v1",
          kind: "Job",
          name: WAITING_JOB,
          uid: "00000000-0000-4000-8000-000000000001",
          controller: true,
        },
      ],
    }),
    answer: denied(
      'pods "spoofed"',
      "wall-owner",
      "pod spoofed must not name an owner that did not make it (Job waits); leave ownerReferences out",
    ),
  },
  {
    name: "another-image-later",
    does: "patch",
    object: waiting,
    change: { spec: { containers: [{ name: "task", image: "docker.io/evil/miner:1" }] } },
    answer: denied(
      `pods "${WAITING_POD}"`,
      "tasks-images",
      `pod ${WAITING_POD} must not run docker.io/evil/miner:1; push it to `,
    ),
  },
];

export const deeds: readonly Deed[] = attempts;

export const prevented: Readonly<Record<string, string>> = Object.fromEntries(
  attempts.map(({ name, answer }) => [name, answer]),
);
