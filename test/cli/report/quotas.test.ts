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
const all = (changes: Partial<EnvironmentConfig>) =>
  neededQuotas(defineEnvironment({ ...config({ teams: {} }), ...changes }));
/** Those of GPUs and what comes with them. */
const needed = (queues: EnvironmentConfig["queues"]) =>
  all({ queues })
    .filter(({ metric }) => /GPU|resize/.test(metric))
    .map(({ metric, needed: count, where }) => [metric, where, count]);

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

describe("quotas that a new project meets first", () => {
  const queues = (cpu: number) => ({
    flavors: { dws: { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued" } } as const,
    teams: { research: { projects: ["a"], cpu, memoryGib: 4 * cpu, gpus: { dws: 16 } } },
  });
  const ordinary = (changes: Partial<EnvironmentConfig>) =>
    Object.fromEntries(all(changes).map(({ metric, needed: count }) => [metric, count]));

  test("count the teams' CPU and the platform's own, a disk for each node, and NAT's address", () => {
    expect(ordinary({ queues: queues(60) })).toMatchObject({
      // 1 of Flyte, 2 × 0.5 of Kueue, 2 of GKE's own.
      CPUS: 64,
      CPUS_ALL_REGIONS: 64,
      // 8 nodes of 8 vCPUs and 2 of GPUs.
      SSD_TOTAL_GB: 1000,
      IN_USE_ADDRESSES: 1,
    });
  });

  test("grow with topology core and add-ons, and have no address where the network is somebody else's", () => {
    const existing = { network: "shared", subnet: "a", podsRange: "pods", servicesRange: "services" };
    const larger = ordinary({
      queues: queues(60),
      flyte: { topology: "core" },
      network: { existing, nodesCidr: "10.0.0.0/20" },
    });
    expect(larger).toMatchObject({ CPUS: 68 });
    expect(larger).not.toHaveProperty("IN_USE_ADDRESSES");
  });
});
