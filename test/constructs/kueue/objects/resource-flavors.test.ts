import { resourceFlavors } from "../../../../constructs/kueue/objects/resource-flavors";
import { cpuOnly, everyMode, find, names } from "../queues";

const flavors = resourceFlavors(everyMode);
const spec = (name: string) => find(flavors, "ResourceFlavor", name)["spec"];
const gpu = { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" };

describe("flavors of CPU and memory", () => {
  test("name no node", () => {
    expect(spec("general")).toEqual({});
    expect(spec("gpu-hosts")).toEqual({});
  });

  test("gpu-hosts exists only beside a flavor with a queue of its own", () => {
    const { "h100-dws": _, "l4-ladder": __, ...shared } = everyMode.flavors;
    expect(names(resourceFlavors({ flavors: shared }), "ResourceFlavor")).not.toContain("gpu-hosts");
    expect(names(resourceFlavors(cpuOnly), "ResourceFlavor")).toEqual(["general"]);
  });
});

describe("a GPU flavor", () => {
  test("on-demand: any pod of that GPU that does not ask for another provisioning", () => {
    expect(spec("l4")).toEqual({
      nodeLabels: {
        "cloud.google.com/gke-accelerator": "nvidia-l4",
        "cloud.google.com/gke-provisioning": "standard",
      },
      tolerations: [gpu],
    });
  });

  test("spot: only pods that tolerate Spot", () => {
    expect(spec("l4-spot")).toEqual({
      nodeLabels: {
        "cloud.google.com/gke-accelerator": "nvidia-l4",
        "cloud.google.com/gke-provisioning": "spot",
      },
      nodeTaints: [{ key: "cloud.google.com/gke-spot", value: "true", effect: "NoSchedule" }],
      tolerations: [gpu],
    });
  });

  test("flex-start: only pods that tolerate it", () => {
    expect(spec("h100-flex")).toEqual({
      nodeLabels: {
        "cloud.google.com/gke-accelerator": "nvidia-h100-80gb",
        "cloud.google.com/gke-provisioning": "flex-start",
      },
      nodeTaints: [{ key: "cloud.google.com/gke-flex-start", value: "true", effect: "NoSchedule" }],
      tolerations: [gpu],
    });
  });

  test("queued: gives its pods the toleration of DWS nodes", () => {
    expect(spec("h100-dws")).toEqual({
      nodeLabels: {
        "cloud.google.com/gke-accelerator": "nvidia-h100-80gb",
        "cloud.google.com/gke-provisioning": "flex-start",
      },
      tolerations: [
        gpu,
        { key: "cloud.google.com/gke-queued", operator: "Equal", value: "true", effect: "NoSchedule" },
      ],
    });
  });

  test("reservation: only pods of its template", () => {
    expect(spec("a100-own")).toEqual({
      nodeLabels: {
        "cloud.google.com/gke-accelerator": "nvidia-a100-80gb",
        "cloud.google.com/gke-provisioning": "standard",
        "cloud.google.com/reservation-name": "a100-2026",
        "cloud.google.com/reservation-affinity": "specific",
      },
      nodeTaints: [{ key: "flavor-of-pod-template", value: "a100-own", effect: "NoSchedule" }],
      tolerations: [gpu],
    });
  });

  test("ladder: the ComputeClass of its name", () => {
    expect(spec("l4-ladder")).toEqual({
      nodeLabels: { "cloud.google.com/compute-class": "l4-ladder" },
      tolerations: [gpu],
    });
  });

  test("tolerates none of its own taints: that would let every pod in", () => {
    for (const { spec: one } of flavors as unknown as { spec: Record<string, { key: string }[]> }[])
      for (const { key } of one["nodeTaints"] ?? [])
        expect((one["tolerations"] ?? []).map((toleration) => toleration.key)).not.toContain(key);
  });

  test("never carries GKE's run limit: it is refused on queued nodes", () => {
    for (const flavor of flavors) expect(JSON.stringify(flavor)).not.toContain("max-run-duration");
  });
});
