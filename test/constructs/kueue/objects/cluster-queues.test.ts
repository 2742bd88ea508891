import { clusterQueues } from "../../../../constructs/kueue/objects/cluster-queues";
import { cohorts } from "../../../../constructs/kueue/objects/cohorts";
import type { Team } from "../../../../constructs/kueue/types";
import { cpuOnly, domains, everyMode, find, type Loose, names, withTeam } from "../queues";

const queues = clusterQueues(everyMode, domains);
const spec = (name: string, of = queues) => find(of, "ClusterQueue", name)["spec"];
const oneTeam = (team: Partial<Team>) => spec("team", clusterQueues(withTeam(team), domains));

describe("a team's queues", () => {
  test("are one for the team, and one for each flavor with a queue of its own", () => {
    expect(names(queues, "ClusterQueue")).toEqual([
      "product",
      "product-h100-dws",
      "research",
      "research-h100-dws",
      "research-l4-ladder",
    ]);
  });

  test("sit in the team's cohort and serve its namespaces only", () => {
    for (const name of ["product", "product-h100-dws"]) {
      expect(spec(name).cohortName).toBe("product");
      expect(spec(name).namespaceSelector).toEqual({
        matchExpressions: [
          {
            key: "kubernetes.io/metadata.name",
            operator: "In",
            values: ["search-development", "search-production", "search-staging"],
          },
        ],
      });
    }
  });

  test("count CPU and memory apart from GPUs, in the order of the team's preference", () => {
    expect(spec("research").resourceGroups).toEqual([
      {
        coveredResources: ["cpu", "memory", "ephemeral-storage"],
        flavors: [
          {
            name: "general",
            resources: [
              { name: "cpu", nominalQuota: "400" },
              { name: "memory", nominalQuota: "1600Gi" },
              { name: "ephemeral-storage", nominalQuota: "1Pi" },
            ],
          },
        ],
      },
      {
        coveredResources: ["nvidia.com/gpu"],
        flavors: [
          { name: "l4", resources: [{ name: "nvidia.com/gpu", nominalQuota: "8" }] },
          { name: "l4-spot", resources: [{ name: "nvidia.com/gpu", nominalQuota: "16" }] },
          { name: "h100", resources: [{ name: "nvidia.com/gpu", nominalQuota: "8" }] },
          { name: "h100-flex", resources: [{ name: "nvidia.com/gpu", nominalQuota: "8" }] },
          { name: "a100-own", resources: [{ name: "nvidia.com/gpu", nominalQuota: "4" }] },
        ],
      },
    ]);
  });

  test("of CPU alone have no group of GPUs", () => {
    const all = clusterQueues(cpuOnly, domains);
    expect(names(all, "ClusterQueue")).toEqual(["data"]);
    expect(spec("data", all).resourceGroups.map((group: Loose) => group["coveredResources"])).toEqual([
      ["cpu", "memory", "ephemeral-storage"],
    ]);
  });
});

describe("a queue of one flavor", () => {
  test("has the CPU and memory that its GPUs can take along, out of reach for CPU work", () => {
    expect(spec("research-h100-dws").resourceGroups).toEqual([
      {
        coveredResources: ["cpu", "memory", "ephemeral-storage"],
        flavors: [
          {
            name: "gpu-hosts",
            resources: [
              { name: "cpu", nominalQuota: "416" }, // 16 × 26
              { name: "memory", nominalQuota: "3744Gi" }, // 16 × 234
              { name: "ephemeral-storage", nominalQuota: "1Pi" },
            ],
          },
        ],
      },
      {
        coveredResources: ["nvidia.com/gpu"],
        flavors: [
          {
            name: "h100-dws",
            resources: [
              { name: "nvidia.com/gpu", nominalQuota: "16", borrowingLimit: "16", lendingLimit: "8" },
            ],
          },
        ],
      },
    ]);
  });

  test("is checked when it is queued, by v1beta2's field", () => {
    expect(spec("research-h100-dws").admissionChecksStrategy).toEqual({
      admissionChecks: [{ name: "h100-dws-24h", onFlavors: ["h100-dws"] }],
    });
    expect(spec("research-l4-ladder")).not.toHaveProperty("admissionChecksStrategy");
    for (const queue of queues) expect(queue["spec"]).not.toHaveProperty("admissionChecks");
  });

  test("leaves the team's own queue unchecked: an inactive check stops a whole ClusterQueue", () => {
    expect(spec("research")).not.toHaveProperty("admissionChecksStrategy");
  });
});

describe("every queue", () => {
  test("lists the same resources in the same order as its group, each resource and flavor once", () => {
    for (const queue of queues as unknown as { spec: { resourceGroups: Loose[] } }[]) {
      const groups = queue.spec.resourceGroups;
      for (const { coveredResources, flavors } of groups)
        for (const { resources } of flavors)
          expect(resources.map(({ name }: Loose) => name)).toEqual(coveredResources);
      const resources = groups.flatMap((group) => group["coveredResources"]);
      const flavors = groups.flatMap((group) => group["flavors"].map(({ name }: Loose) => name));
      expect(new Set(resources).size).toBe(resources.length);
      expect(new Set(flavors).size).toBe(flavors.length);
    }
  });

  test("knows ephemeral storage, which Autopilot adds to every pod: else none of them is admitted", () => {
    for (const { spec: one } of queues as unknown as Loose[])
      expect(one.resourceGroups[0].coveredResources).toContain("ephemeral-storage");
  });

  test("has no field of its own that Kueue makes immutable", () => {
    for (const { spec: one } of queues as unknown as Loose[])
      expect(one).not.toHaveProperty("concurrentAdmissionPolicy");
  });

  test("checks only flavors of its own", () => {
    for (const { spec: one } of queues as unknown as Loose[])
      for (const { onFlavors } of one.admissionChecksStrategy?.admissionChecks ?? [])
        expect(one.resourceGroups[1].flavors.map(({ name }: Loose) => name)).toEqual(
          expect.arrayContaining(onFlavors),
        );
  });

  test("leaves borrowing by preemption to fair sharing", () => {
    for (const queue of queues) expect(JSON.stringify(queue)).not.toContain("borrowWithinCohort");
  });
});

describe("preemption", () => {
  test.each([
    [undefined, { withinClusterQueue: "Never", reclaimWithinCohort: "Any" }],
    ["never", { withinClusterQueue: "Never", reclaimWithinCohort: "Never" }],
    ["reclaim", { withinClusterQueue: "Never", reclaimWithinCohort: "Any" }],
    ["lower-priority", { withinClusterQueue: "LowerPriority", reclaimWithinCohort: "Any" }],
  ] as const)("%s", (preemption, expected) => {
    expect(oneTeam({ preemption }).preemption).toEqual(expected);
  });
});

describe("order and stop", () => {
  test("by priority when nothing is said, by the projects' usage on request", () => {
    expect(oneTeam({})).not.toHaveProperty("admissionScope");
    expect(oneTeam({ order: "usage" }).admissionScope).toEqual({
      admissionMode: "UsageBasedAdmissionFairSharing",
    });
  });

  test("stop all queues of the team", () => {
    expect(oneTeam({}).stopPolicy).toBe("None");
    const held = clusterQueues(
      { ...everyMode, teams: { product: { ...everyMode.teams["product"]!, stopPolicy: "HoldAndDrain" } } },
      domains,
    );
    expect(held.map((queue) => (queue as Loose)["spec"].stopPolicy)).toEqual([
      "HoldAndDrain",
      "HoldAndDrain",
    ]);
  });
});

describe("cohorts", () => {
  test("are one a team, with its weight, below one for all", () => {
    expect(cohorts(everyMode).map(({ metadata, spec: of }) => [metadata.name, of])).toEqual([
      ["environment", {}],
      ["product", { parentName: "environment", fairSharing: { weight: "1" } }],
      ["research", { parentName: "environment", fairSharing: { weight: "2" } }],
    ]);
  });
});
