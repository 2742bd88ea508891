import { gkeQueueObjects, queueObjects } from "../../../../constructs/kueue/objects/queue-objects";
import type { Queues } from "../../../../constructs/kueue/types";
import { cpuOnly, domains, everyMode, find } from "../queues";

const objects = queueObjects({ queues: everyMode, domains });

function byKey(queues: Queues, of = domains): Map<string, string> {
  return new Map(
    [...queueObjects({ queues, domains: of }), ...gkeQueueObjects({ queues })].map((manifest) => [
      `${manifest.kind}/${manifest.metadata.name}`,
      JSON.stringify(manifest),
    ]),
  );
}

/** Objects that are new, gone or different. */
function changed(before: Queues, after: Queues): string[] {
  const [old, now] = [byKey(before), byKey(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key)).sort();
}

describe("a change of the configuration changes only its own objects", () => {
  const { research, product } = everyMode.teams;

  test("another team", () => {
    expect(changed({ ...everyMode, teams: { research: research! } }, everyMode)).toEqual([
      "ClusterQueue/product",
      "ClusterQueue/product-h100-dws",
      "Cohort/product",
    ]);
  });

  test("another flavor that no team has yet", () => {
    const { "l4-spot": _, ...flavors } = everyMode.flavors;
    const teams = { product: product! };
    expect(changed({ ...everyMode, teams, flavors }, { ...everyMode, teams })).toEqual([
      "ResourceFlavor/l4-spot",
    ]);
  });

  test("another queued flavor for one team", () => {
    const flavors: Queues["flavors"] = { ...everyMode.flavors, dws: { gpu: "l4", provisioning: "queued" } };
    const teams = { ...everyMode.teams, product: { ...product!, gpus: { ...product!.gpus, dws: 1 } } };
    expect(changed(everyMode, { ...everyMode, flavors, teams })).toEqual([
      "AdmissionCheck/dws-168h",
      "ClusterQueue/product-dws",
      "ProvisioningRequestConfig/dws-168h",
      "ResourceFlavor/dws",
    ]);
  });

  test("another shared flavor for one team", () => {
    const teams = { ...everyMode.teams, product: { ...product!, gpus: { ...product!.gpus, "l4-spot": 1 } } };
    expect(changed(everyMode, { ...everyMode, teams })).toEqual(["ClusterQueue/product"]);
  });

  test("another run limit makes a new check and leaves the old one's object alone", () => {
    const flavors = { ...everyMode.flavors };
    flavors["h100-dws"] = { ...flavors["h100-dws"]!, maxRunDuration: "12h" };
    expect(changed(everyMode, { ...everyMode, flavors })).toEqual([
      "AdmissionCheck/h100-dws-12h",
      "AdmissionCheck/h100-dws-24h",
      "ClusterQueue/product-h100-dws",
      "ClusterQueue/research-h100-dws",
      "ProvisioningRequestConfig/h100-dws-12h",
      "ProvisioningRequestConfig/h100-dws-24h",
    ]);
  });

  test("another order of the entries", () => {
    const turned = <T>(map: Record<string, T>) => Object.fromEntries(Object.entries(map).reverse());
    expect(
      queueObjects({
        queues: { ...everyMode, flavors: turned(everyMode.flavors), teams: turned(everyMode.teams) },
        domains: [...domains].reverse(),
      }),
    ).toEqual(objects);
  });
});

describe("an environment without GPUs", () => {
  const all = [...queueObjects({ queues: cpuOnly, domains }), ...gkeQueueObjects({ queues: cpuOnly })];

  test("has no object about GPUs", () => {
    expect(JSON.stringify(all)).not.toMatch(
      /gpu|nvidia|accelerator|AdmissionCheck|Provisioning|ComputeClass/i,
    );
    expect([...byKey(cpuOnly).keys()].filter((key) => !key.startsWith("WorkloadPriorityClass"))).toEqual([
      "ResourceFlavor/general",
      "Cohort/environment",
      "Cohort/data",
      "ClusterQueue/data",
    ]);
  });
});

describe("priority classes", () => {
  const value = (name: string) => find(objects, "WorkloadPriorityClass", name)["value"];

  test("exist for every domain, named or not: a pod of a missing class waits without a word", () => {
    expect(
      domains.map(
        (domain) =>
          find(queueObjects({ queues: cpuOnly, domains }), "WorkloadPriorityClass", domain)["value"],
      ),
    ).toEqual([0, 0, 0]);
  });

  test("put the domain first and the tier second", () => {
    const order = [
      "development-batch",
      "development",
      "development-interactive",
      "staging-batch",
      "staging",
      "staging-interactive",
      "production-batch",
      "production",
      "production-interactive",
    ];
    expect(order.map(value)).toEqual([90, 100, 110, 490, 500, 510, 990, 1000, 1010]);
  });
});

describe("a ladder", () => {
  test("is a ComputeClass with a step for each way", () => {
    const gpu = { type: "nvidia-l4", count: 1 };
    expect(gkeQueueObjects({ queues: everyMode })).toEqual([
      {
        apiVersion: "cloud.google.com/v1",
        kind: "ComputeClass",
        metadata: { name: "l4-ladder" },
        spec: {
          priorities: [
            { gpu, reservations: { affinity: "Specific", specific: [{ name: "l4-2026" }] } },
            { gpu, spot: false },
            { gpu, flexStart: { enabled: true }, maxRunDurationSeconds: 604800 },
            { gpu, spot: true },
          ],
          nodePoolAutoCreation: { enabled: true },
          whenUnsatisfiable: "DoNotScaleUp",
        },
      },
    ]);
  });

  test("is kept apart from what Kueue serves", () => {
    const groups = new Set(objects.map(({ apiVersion }) => apiVersion));
    expect([...groups]).toEqual(["kueue.x-k8s.io/v1beta2"]);
  });
});
