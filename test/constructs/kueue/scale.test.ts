import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { queueProblems } from "../../../constructs/kueue/rules/queue-rules";
import { queueObjects } from "../../../constructs/kueue/objects/queue-objects";
import { QueueSystem } from "../../../constructs/kueue/queue-system";
import type { Flavor, Queues } from "../../../constructs/kueue/types";
import { synthStack } from "../../support/synth";
import { domains, type Loose } from "./queues";

const tenFlavors: Readonly<Record<string, Flavor>> = {
  t4: { gpu: "t4", provisioning: "on-demand" },
  "t4-spot": { gpu: "t4", provisioning: "spot" },
  l4: { gpu: "l4", provisioning: "on-demand" },
  "l4-spot": { gpu: "l4", provisioning: "spot" },
  "l4-flex": { gpu: "l4", provisioning: "flex-start" },
  "a100-dws": { gpu: "a100-80gb", provisioning: "queued" },
  h100: { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "on-demand" },
  "h100-flex": { gpu: "h100-80gb", provisioning: "flex-start" },
  "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued" },
  "l4-ladder": { gpu: "l4", provisioning: "ladder", ladder: ["on-demand", "spot"] },
};

function environment(teams: number, flavors: number): Queues {
  const some = Object.fromEntries(Object.entries(tenFlavors).slice(0, flavors));
  return {
    flavors: some,
    teams: Object.fromEntries(
      Array.from({ length: teams }, (_, index) => [
        `team${index}`,
        {
          projects: [`project${index}`],
          cpu: 100,
          memoryGib: 400,
          gpus: Object.fromEntries(Object.keys(some).map((flavor) => [flavor, 8])),
        },
      ]),
    ),
    priorities: { production: 1000 },
  };
}

describe("50 teams with 10 flavors", () => {
  const queues = environment(50, 10);
  const objects = queueObjects({ queues, domains }) as readonly Loose[];
  const of = (kind: string) => objects.filter((manifest) => manifest["kind"] === kind);

  test("break no rule", () => {
    expect(queueProblems(queues, domains)).toEqual([]);
  });

  test("stay inside Kueue's limits", () => {
    for (const { spec } of of("ClusterQueue")) {
      expect(spec.resourceGroups.length).toBeLessThanOrEqual(16);
      for (const { coveredResources, flavors } of spec.resourceGroups) {
        expect(flavors.length).toBeLessThanOrEqual(64);
        expect(flavors.length * coveredResources.length).toBeLessThanOrEqual(512);
      }
      expect(spec.admissionChecksStrategy?.admissionChecks.length ?? 0).toBeLessThanOrEqual(64);
    }
    for (const { spec } of of("ResourceFlavor"))
      for (const part of [spec.nodeLabels ?? {}, spec.nodeTaints ?? [], spec.tolerations ?? []])
        expect(Object.keys(part).length).toBeLessThanOrEqual(8);
  });

  test("have as many objects as teams and flavors call for", () => {
    expect(of("ClusterQueue")).toHaveLength(50 * (1 + 3));
    expect(of("Cohort")).toHaveLength(50 + 1);
    expect(of("ResourceFlavor")).toHaveLength(10 + 2);
    expect(of("AdmissionCheck")).toHaveLength(2);
  });

  test("are fifty times the objects of one team: none looks at the others", () => {
    const count = (teams: number) => queueObjects({ queues: environment(teams, 10), domains }).length;
    expect(count(50) - count(49)).toBe(count(2) - count(1));
    expect(count(2) - count(1)).toBe(1 + 1 + 3); // cohort, the team's queue, one for each flavor with its own
  });

  test("fit into one release", () => {
    expect(() =>
      synthStack((stack) => {
        new HelmProvider(stack, "helm");
        new QueueSystem(stack, "queues", { queues, domains, namespace: "kueue-system", chart: "./chart" });
      }),
    ).not.toThrow();
  });
});
