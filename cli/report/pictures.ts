import { gpuOf } from "../../constructs/kueue/gpus";
import { ownClusterQueue } from "../../constructs/kueue/names";
import { hasOwnQueue, quotaOf } from "../../constructs/kueue/objects/quotas";
import type { Environment } from "../../src/environment/define";
import type { Identity, Target } from "./identities";
import { type LeftCard, linksNarrow, linksWide, type RightCard } from "./links";
import { gpusOf, nodeOf } from "./quotas";
import type { Tone } from "./svg";

export const WIDE = 1160;
export const NARROW = 360;

/** A picture twice: for a wide page and for a narrow one. The page shows one of them. */
function both(left: readonly LeftCard[], right: readonly RightCard[], words: string): string {
  return linksWide(left, right, WIDE, words) + linksNarrow(left, right, NARROW, words);
}

const kinds: Readonly<Record<Target["kind"], { readonly tone: Tone; readonly title: string }>> = {
  dataset: { tone: "data", title: "datasets" },
  bucket: { tone: "data", title: "bucket" },
  repository: { tone: "data", title: "image repository" },
  secret: { tone: "keys", title: "secret" },
  account: { tone: "compute", title: "service account" },
  key: { tone: "keys", title: "Cloud KMS key" },
  logs: { tone: "data", title: "logs" },
  project: { tone: "network", title: "whole project" },
};

/** Who may do what, and on what. */
export function identitiesPicture(identities: readonly Identity[]): string {
  const targets = targetsInOrder(identities);
  const left = identities.map(({ title, kind, grants }): LeftCard => ({
    title,
    lines: [kind],
    tone: kind.includes("service agent") ? "keys" : kind.includes("principal") ? "gpu" : "people",
    rows: [...grants]
      .sort((a, b) => indexOf(targets, a.on) - indexOf(targets, b.on))
      .map(({ roles, on }) => ({ label: roles.join(", "), detail: "", to: on.name })),
  }));
  const right = targets.map(({ name, kind }): RightCard => ({
    id: name,
    title: name,
    lines: [kinds[kind].title],
    tone: kinds[kind].tone,
  }));
  return both(left, right, "Who may do what: each line leads from an identity's roles to what they are on");
}

/** Beside those who use them: each target at the middle of the identities that name it, so that few lines cross. */
function targetsInOrder(identities: readonly Identity[]): Target[] {
  const uses = new Map<string, { target: Target; at: number[] }>();
  for (const [index, { grants }] of identities.entries()) {
    for (const { on } of grants) {
      const use = uses.get(on.name) ?? { target: on, at: [] };
      use.at.push(index);
      uses.set(on.name, use);
    }
  }
  const middle = (at: readonly number[]) => at.reduce((sum, index) => sum + index, 0) / at.length;
  return [...uses.values()].sort((a, b) => middle(a.at) - middle(b.at)).map(({ target }) => target);
}

const indexOf = (targets: readonly Target[], { name }: Target) =>
  targets.findIndex((target) => target.name === name);

const waits: Readonly<Record<string, string>> = {
  "on-demand": "starts as soon as there is a node",
  spot: "cheapest; Google may take the node back",
  "flex-start": "the pod waits for its node (DWS)",
  queued: "waits in its queue until DWS has all nodes",
  reservation: "out of capacity that is paid for",
  ladder: "several ways in order",
};

const teamTones: readonly Tone[] = ["compute", "people", "data", "gpu", "network", "keys"];

/** Which team has how many of which GPUs, and how it gets them. */
export function queuesPicture(environment: Environment): string {
  const { queues } = environment;
  const most = Math.max(
    1,
    ...Object.values(queues.teams).flatMap(({ gpus }) =>
      Object.values(gpus ?? {}).map((quota) => {
        const { nominal, borrowing } = quotaOf(quota);
        return nominal + (borrowing ?? 0);
      }),
    ),
  );
  const left = Object.entries(queues.teams).map(([name, team], index): LeftCard => ({
    title: `Team ${name}`,
    lines: [
      `${team.cpu} vCPU and ${team.memoryGib} GiB for tasks without GPU, weight ${team.weight ?? 1}`,
      `projects ${team.projects.join(", ")}`,
    ],
    tone: teamTones[index % teamTones.length] ?? "plain",
    rows: Object.entries(team.gpus ?? {}).map(([flavor, quota]) => {
      const { nominal, borrowing, lending = nominal } = quotaOf(quota);
      return {
        label: `${nominal} ${nominal === 1 ? "GPU" : "GPUs"} of ${flavor}`,
        detail: `${lendingWords(nominal, lending, borrowing)} · queue ${hasOwnQueue(queues, flavor) ? ownClusterQueue(name, flavor) : name}`,
        to: flavor,
        bar: { kept: nominal - lending, lent: lending, borrowed: borrowing ?? 0, of: most },
      };
    }),
  }));
  const right = Object.entries(queues.flavors).map(([name, flavor]): RightCard => {
    const { gpu, gpusPerNode, provisioning, maxRunDuration, ladder, reservation } = flavor;
    return {
      id: name,
      title: name,
      lines: [
        `${gpusPerNode} × ${gpuOf(gpu)?.title ?? gpu} per node, machine ${nodeOf(flavor)?.machineType ?? "unknown"}`,
        `${provisioning}: ${ladder ? ladder.join(", then ") : reservation ? reservation : waits[provisioning]}`,
        `${gpusOf(environment, name)} GPUs in all${maxRunDuration ? `, runs at most ${maxRunDuration}` : ""}`,
      ],
      tone: "gpu",
    };
  });
  return both(left, right, "Which team has how many GPUs of which flavor");
}

function lendingWords(nominal: number, lending: number, borrowing: number | undefined): string {
  const lends =
    lending === 0 ? "lends none" : lending === nominal ? "lends all that is idle" : `lends ${lending}`;
  const borrows =
    borrowing === undefined
      ? "borrows what is idle"
      : borrowing === 0
        ? "borrows none"
        : `borrows up to ${borrowing}`;
  return `${lends}, ${borrows}`;
}
