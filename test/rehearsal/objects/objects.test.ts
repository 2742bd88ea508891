import { breaks } from "../../../rehearsal/objects/breaks";
import type { Manifest } from "../../../rehearsal/api/objects";
import { modelOf } from "../../../rehearsal/objects/environment-model";
import { scaled } from "../../../rehearsal/objects/scale";
import type { ClusterQueue } from "../../../rehearsal/objects/queues";
import type { Synthesised } from "../../../rehearsal/objects/synthesised";
import { scenarios } from "../../../rehearsal/scenarios";
import { admissionPolicies } from "../../../constructs/policies/admission-policies";
import { walls } from "../../../constructs/policies/walls/walls";
import { policiesOf } from "../../constructs/policies/support";
import { exampleModel, exampleSynthesised } from "../support/example";

const find = ({ queues }: Synthesised, name: string) =>
  queues.manifests.find(({ metadata }) => metadata.name === name);
const queue = ({ queues }: Synthesised, name: string) =>
  queues.manifests.find(
    ({ kind, metadata }) => kind === "ClusterQueue" && metadata.name === name,
  ) as unknown as ClusterQueue;
const broken = (name: string) => {
  const found = breaks.find((each) => each.name === name);
  return found!.apply(exampleSynthesised());
};

const withPolicies = (manifests: readonly object[]): Synthesised => ({
  ...exampleSynthesised(),
  policies: [{ name: "walls", namespace: "flyte", chart: "chart", manifests: manifests as Manifest[] }],
});

describe("the model of an environment", () => {
  const model = exampleModel();

  test("has the teams with their weights, namespaces and quotas", () => {
    expect(model.teams).toEqual([
      {
        name: "product",
        weight: 1,
        namespaces: ["search-development"],
        gpus: {
          l4: { nominal: 8, borrowing: 8, lending: 8 },
          "h100-dws": { nominal: 16, borrowing: 8, lending: 16 },
        },
        cpu: 100,
      },
      expect.objectContaining({ name: "research", weight: 2, namespaces: ["vision-development"] }),
    ]);
  });

  test("knows a queued flavor by its admission check", () =>
    expect(model.flavors.map(({ name, provisioning }) => [name, provisioning])).toEqual([
      ["l4", "on-demand"],
      ["h100-dws", "queued"],
    ]));
});

describe("scaled objects", () => {
  const fast = scaled(exampleSynthesised(), 3600);

  test("have Kueue's own waits in the rehearsal's time", () =>
    expect(fast.kueue).toEqual({
      waitForPodsReady: { timeout: "168000ms", recoveryTimeout: "500ms" },
      objectRetentionPolicies: { workloads: { afterFinished: "24000ms", afterDeactivatedByKueue: "1000ms" } },
    }));

  test("back off for a second at least", () =>
    expect(find(fast, "h100-dws-24h")?.["spec"]).toMatchObject({
      retryStrategy: { backoffLimitCount: 3, backoffBaseSeconds: 1, backoffMaxSeconds: 1 },
    }));

  test("leave the original alone", () => {
    const original = exampleSynthesised();
    scaled(original, 3600);
    expect(original).toEqual(exampleSynthesised());
  });
});

describe("breaks", () => {
  test("are seen by a scenario that there is", () => {
    const names = scenarios.map(({ name }) => name);
    expect(breaks.map(({ scenario }) => names.includes(scenario))).toEqual(breaks.map(() => true));
  });

  test("admission-checks names the checks the old way", () => {
    const { spec } = queue(broken("admission-checks"), "product-h100-dws");
    expect(spec).toHaveProperty("admissionChecks", ["h100-dws-24h"]);
    expect(spec).not.toHaveProperty("admissionChecksStrategy");
  });

  test("ephemeral-storage is in no queue any more", () =>
    expect(JSON.stringify(broken("ephemeral-storage"))).not.toContain("ephemeral-storage"));

  test("one-group has the GPUs beside the CPUs", () => {
    const { resourceGroups } = queue(broken("one-group"), "product").spec;
    expect(resourceGroups).toHaveLength(1);
    expect(resourceGroups[0]?.coveredResources).toEqual([
      "cpu",
      "memory",
      "ephemeral-storage",
      "nvidia.com/gpu",
    ]);
    expect(resourceGroups[0]?.flavors.map(({ name }) => name)).toEqual(["l4"]);
  });

  test("short-wait is Kueue's default", () =>
    expect(broken("short-wait").kueue["waitForPodsReady"]).toEqual({
      timeout: "30m",
      recoveryTimeout: "30m",
    }));

  test("one for each wall, which takes down the policy and its binding", () => {
    const names = breaks.filter(({ scenario }) => scenario === "attacks").map(({ name }) => name);
    const tenants = { "a-development": { queues: [], priorities: [], repositories: ["pkg.dev/acme/a/"] } };
    const props = { tenants, namespace: "flyte", gpus: true, gpuClasses: [], runLimits: [] };
    const all = policiesOf([...walls(props), ...admissionPolicies({ mode: "enforce", registries: [] })]);
    // Pod Security is asked before the wall of the host.
    const elsewhere = "wall-host";
    expect(names.sort()).toEqual(
      all
        .map(({ metadata }) => metadata.name as string)
        .filter((name) => name !== elsewhere)
        .sort(),
    );
    const left = breaks.find(({ name }) => name === "wall-gate")!.apply(withPolicies(walls(props)));
    expect(left.policies[0]!.manifests).toEqual(
      walls(props).filter(({ metadata }) => metadata.name !== "wall-gate"),
    );
  });

  test("audit-only refuses nothing any more", () => {
    expect(exampleModel().refuses).toBe(true);
    expect(modelOf(broken("audit-only")).refuses).toBe(false);
  });

  test("retention keeps what was deactivated", () =>
    expect(broken("retention").kueue["objectRetentionPolicies"]).toEqual({
      workloads: { afterFinished: "24h" },
    }));
});
