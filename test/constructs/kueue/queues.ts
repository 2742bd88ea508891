import type { Manifest } from "../../../constructs/kubernetes/manifest";
import { queueProblems, queueWarnings } from "../../../constructs/kueue/rules/queue-rules";
import type { Flavor, Queues, Team } from "../../../constructs/kueue/types";

export const domains = ["development", "staging", "production"];

/** One flavor of each provisioning mode, two teams. Without problems and without warnings. */
export const everyMode: Queues = {
  flavors: {
    l4: { gpu: "l4", provisioning: "on-demand" },
    "l4-spot": { gpu: "l4", provisioning: "spot" },
    h100: { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "on-demand" },
    "h100-flex": { gpu: "h100-80gb", provisioning: "flex-start", maxRunDuration: "12h" },
    "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued", maxRunDuration: "24h" },
    "a100-own": { gpu: "a100-80gb", provisioning: "reservation", reservation: "a100-2026" },
    "l4-ladder": {
      gpu: "l4",
      provisioning: "ladder",
      ladder: ["reservation", "on-demand", "flex-start", "spot"],
      reservation: "l4-2026",
    },
  },
  teams: {
    research: {
      projects: ["vision", "nlp"],
      cpu: 400,
      memoryGib: 1600,
      gpus: {
        l4: 8,
        "l4-spot": 16,
        h100: 8,
        "h100-flex": 8,
        "h100-dws": { nominal: 16, borrowing: 16, lending: 8 },
        "a100-own": 4,
        "l4-ladder": 4,
      },
      weight: 2,
    },
    product: { projects: ["search"], cpu: 100, memoryGib: 400, gpus: { l4: 4, "h100-dws": 8 } },
  },
  priorities: { development: 100, staging: 500, production: 1000 },
};

export const cpuOnly: Queues = {
  flavors: {},
  teams: { data: { projects: ["etl"], cpu: 100, memoryGib: 400 } },
  priorities: {},
};

/** The environment with one flavor, and one team that has quota of it. */
export function withFlavor(flavor: Flavor, quota: Team["gpus"] = { x: flavor.gpusPerNode ?? 1 }): Queues {
  return {
    flavors: { x: flavor },
    teams: { team: { projects: ["p"], cpu: 10, memoryGib: 40, gpus: quota } },
    priorities: {},
  };
}

/** The environment of one team. */
export function withTeam(team: Partial<Team>, flavors: Queues["flavors"] = {}): Queues {
  return {
    flavors,
    teams: { team: { projects: ["p"], cpu: 10, memoryGib: 40, ...team } },
    priorities: {},
  };
}

/** What the rules say, as whole sentences. */
export function problems(queues: Queues, of: readonly string[] = domains): string[] {
  return queueProblems(queues, of).map(({ path, message }) => `${path} ${message}`);
}

export function warnings(queues: Queues, of: readonly string[] = domains): string[] {
  return queueWarnings(queues, of).map(({ path, message }) => `${path} ${message}`);
}

/** Tests look deep into manifests; a typed walk would only restate Kueue's API. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = Record<string, any>;

export function find(manifests: readonly Manifest[], kind: string, name: string): Loose {
  const found = manifests.filter((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found.length !== 1) throw new Error(`expected one ${kind} ${name}, found ${found.length}`);
  return found[0] as Loose;
}

export function names(manifests: readonly Manifest[], kind: string): string[] {
  return manifests.filter((manifest) => manifest.kind === kind).map((manifest) => manifest.metadata.name);
}
