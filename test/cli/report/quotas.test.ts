import { neededQuotas } from "../../../cli/report/quotas";
import { defineEnvironment } from "../../../src/environment/define";
import type { EnvironmentConfig } from "../../../src/environment/schema";

const config = (queues: EnvironmentConfig["queues"]): EnvironmentConfig => ({
  name: "demo",
  project: "acme-demo",
  region: "us-central1",
  state: { bucket: "acme-state" },
  deletionProtection: false,
  queues,
});
const needed = (queues: EnvironmentConfig["queues"]) =>
  neededQuotas(defineEnvironment(config(queues))).map(({ metric, needed: count, where }) => [
    metric,
    where,
    count,
  ]);

const team = (gpus: Record<string, number>) => ({ projects: ["a"], cpu: 8, memoryGib: 32, gpus });

describe("quotas to ask Google for", () => {
  test("spot, flex-start and queued draw on the preemptible quota", () => {
    expect(
      needed({
        flavors: {
          l4: { gpu: "l4", provisioning: "on-demand" },
          spot: { gpu: "l4", provisioning: "spot" },
          flex: { gpu: "h100-80gb", provisioning: "flex-start" },
          dws: { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued" },
        },
        teams: { research: team({ l4: 2, spot: 4, flex: 1, dws: 16 }) },
      }),
    ).toEqual([
      ["NVIDIA_L4_GPUS", "us-central1", 2],
      ["PREEMPTIBLE_NVIDIA_L4_GPUS", "us-central1", 4],
      ["PREEMPTIBLE_NVIDIA_H100_GPUS", "us-central1", 17],
      ["GPUS_ALL_REGIONS", "global", 23],
      ["active_resize_requests", "us-central1", 2],
    ]);
  });

  test("a ladder draws on the quota of each of its steps", () => {
    expect(
      needed({
        flavors: { any: { gpu: "l4", provisioning: "ladder", ladder: ["on-demand", "flex-start", "spot"] } },
        teams: { research: team({ any: 4 }) },
      }),
    ).toEqual([
      ["NVIDIA_L4_GPUS", "us-central1", 4],
      ["PREEMPTIBLE_NVIDIA_L4_GPUS", "us-central1", 4],
      ["GPUS_ALL_REGIONS", "global", 4],
    ]);
  });

  test("nothing without GPUs", () => {
    expect(needed({ flavors: {}, teams: { research: { projects: ["a"], cpu: 8, memoryGib: 32 } } })).toEqual(
      [],
    );
  });
});
