import { queueObjects } from "../../../constructs/kueue/objects/queue-objects";
import { tenantObjects } from "../../../constructs/kueue/objects/tenant-objects";
import { domains, everyMode, find, type Loose } from "./queues";

// Which flavor a pod lands on, by Kueue's own way of choosing (observed: a pod's selector and required affinity count only
// where a flavor names the key; a flavor's taints must be tolerated by the pod or by the flavor itself).

const queue = queueObjects({ queues: everyMode, domains });
const tenant = tenantObjects({
  queues: everyMode,
  domains,
  team: "research",
  project: "vision",
  domain: "staging",
});

interface Pod {
  readonly selector?: Record<string, string>;
  readonly tolerations?: readonly Loose[];
}

const tolerates = (tolerations: readonly Loose[], taint: Loose) =>
  tolerations.some(
    ({ key, operator, value }) => key === taint["key"] && (operator === "Exists" || value === taint["value"]),
  );

function landing(pod: Pod, localQueue = "tasks"): string | undefined {
  const { clusterQueue } = find(tenant, "LocalQueue", localQueue)["spec"];
  const groups: Loose[] = find(queue, "ClusterQueue", clusterQueue)["spec"].resourceGroups;
  const flavors: Loose[] = groups.find(({ coveredResources }) =>
    coveredResources.includes("nvidia.com/gpu"),
  )!["flavors"];
  return flavors
    .map(({ name }) => name as string)
    .find((name) => {
      const {
        nodeLabels = {},
        nodeTaints = [],
        tolerations = [],
      } = find(queue, "ResourceFlavor", name)["spec"];
      const selector = pod.selector ?? {};
      return (
        Object.keys(nodeLabels).every((key) => !(key in selector) || selector[key] === nodeLabels[key]) &&
        nodeTaints.every((taint: Loose) => tolerates([...(pod.tolerations ?? []), ...tolerations], taint))
      );
    });
}

/** What flytekit's accelerator= and interruptible= add to a pod. */
const accelerator = (name: string): Pod => ({ selector: { "cloud.google.com/gke-accelerator": name } });
const interruptible = (pod: Pod): Pod => ({
  selector: { ...pod.selector, "cloud.google.com/gke-provisioning": "spot" },
  tolerations: [
    ...(pod.tolerations ?? []),
    { key: "cloud.google.com/gke-spot", operator: "Equal", value: "true", effect: "NoSchedule" },
  ],
});
const template = (name: string): Pod => {
  const { nodeSelector, tolerations } = find(tenant, "PodTemplate", name)["template"].spec;
  return { selector: nodeSelector, tolerations };
};

describe("a pod lands on the flavor it means, and only there", () => {
  test.each([
    ["accelerator=L4", accelerator("nvidia-l4"), "l4"],
    ["accelerator=L4, interruptible", interruptible(accelerator("nvidia-l4")), "l4-spot"],
    ["accelerator of H100", accelerator("nvidia-h100-80gb"), "h100"],
    ["accelerator of H100, interruptible", interruptible(accelerator("nvidia-h100-80gb")), undefined],
    ["an accelerator that no flavor has", accelerator("nvidia-b200"), undefined],
    ["accelerator of a reserved GPU", accelerator("nvidia-a100-80gb"), undefined],
    ["interruptible alone", interruptible({}), "l4-spot"],
  ])("%s", (_, pod, flavor) => {
    expect(landing(pod)).toBe(flavor);
  });

  test.each(["l4", "l4-spot", "h100", "h100-flex", "a100-own"])("template %s", (name) => {
    expect(landing(template(name))).toBe(name);
  });

  test.each(["h100-dws", "l4-ladder"])("template %s, in the queue of its name", (name) => {
    expect(landing(template(name), name)).toBe(name);
  });

  test("a template's pod made interruptible does not land elsewhere", () => {
    expect(landing(interruptible(template("l4")))).toBe("l4-spot"); // the later selector wins in the pod
    expect(landing(interruptible(template("h100-flex")))).toBeUndefined();
    expect(landing(interruptible(template("a100-own")))).toBeUndefined();
    expect(landing(interruptible(template("h100-dws")), "h100-dws")).toBeUndefined();
  });
});

describe("when the quota of the flavor that it means is used up, a pod waits", () => {
  /** Every flavor of the team's queue that would take the pod, not only the first. */
  const takers = (pod: Pod) =>
    ["l4", "l4-spot", "h100", "h100-flex", "a100-own"].filter((name) => {
      const { nodeLabels, nodeTaints = [], tolerations } = find(queue, "ResourceFlavor", name)["spec"];
      return (
        Object.keys(nodeLabels).every(
          (key) => !(key in (pod.selector ?? {})) || pod.selector![key] === nodeLabels[key],
        ) &&
        nodeTaints.every((taint: Loose) => tolerates([...(pod.tolerations ?? []), ...tolerations], taint))
      );
    });

  test.each([
    ["accelerator=L4", accelerator("nvidia-l4"), ["l4"]],
    ["accelerator=L4, interruptible", interruptible(accelerator("nvidia-l4")), ["l4-spot"]],
    ["accelerator of H100", accelerator("nvidia-h100-80gb"), ["h100"]],
    ["template h100-flex", template("h100-flex"), ["h100-flex"]],
    ["template a100-own", template("a100-own"), ["a100-own"]],
  ])("%s", (_, pod, flavors) => {
    expect(takers(pod)).toEqual(flavors);
  });
});
