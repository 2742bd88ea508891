import { gpuOf, gpus, mostPerGpu } from "../../../constructs/kueue/gpus";

/** docs.cloud.google.com/kubernetes-engine/docs/how-to/autopilot-gpus, "Supported GPU quantities". */
const offered = {
  "nvidia-b200": [8],
  "nvidia-h200-141gb": [8],
  "nvidia-h100-mega-80gb": [8],
  "nvidia-h100-80gb": [1, 2, 4, 8],
  "nvidia-a100-80gb": [1, 2, 4, 8],
  "nvidia-tesla-a100": [1, 2, 4, 8, 16],
  "nvidia-rtx-pro-6000": [1, 2, 4, 8],
  "nvidia-l4": [1, 2, 4, 8],
  "nvidia-tesla-t4": [1, 2, 4],
};

describe("the GPU catalogue", () => {
  test("has the GPUs of Autopilot, in the counts of Autopilot", () => {
    const counts = Object.values(gpus).map(({ accelerator, nodes }) => [
      accelerator,
      nodes.map((node) => node.gpus),
    ]);
    expect(Object.fromEntries(counts)).toEqual(offered);
  });

  test("has keys that can stand in an environment and an error", () => {
    for (const key of Object.keys(gpus)) expect(key).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  test.each(Object.entries(gpus))("%s settles each mode once", (_, { nodes }) => {
    for (const { modes, unconfirmedModes = [] } of nodes)
      expect(new Set([...modes, ...unconfirmedModes]).size).toBe(modes.length + unconfirmedModes.length);
  });

  test.each(Object.entries(gpus))("%s gives a pod less than its machine", (_, { nodes }) => {
    for (const { largestPod, cpu, memoryGib } of nodes) {
      expect(largestPod?.cpu ?? 0).toBeLessThan(cpu);
      expect(largestPod?.memoryGib ?? 0).toBeLessThan(memoryGib);
    }
  });

  test.each(Object.entries(gpus))(
    "%s is named in flytekit by its own constant only where that is right",
    (_, gpu) => {
      const constants: Record<string, string> = {
        T4: "nvidia-tesla-t4",
        L4: "nvidia-l4",
        A100: "nvidia-tesla-a100",
        A100_80GB: "nvidia-a100-80gb",
      };
      expect(constants[gpu.flytekit] ?? gpu.flytekit).toBe(
        gpu.flytekit in constants ? gpu.accelerator : `GPUAccelerator("${gpu.accelerator}")`,
      );
    },
  );

  test("finds a GPU by its key alone", () => {
    expect(gpuOf("l4")).toBe(gpus["l4"]);
    expect(gpuOf("toString")).toBeUndefined();
  });

  test.each([
    ["l4", { cpu: 32, memoryGib: 128 }],
    ["h100-80gb", { cpu: 26, memoryGib: 234 }],
    ["a100-40gb", { cpu: 12, memoryGib: 85 }],
    ["b200", { cpu: 28, memoryGib: 496 }],
  ])("knows what a single %s can take along", (key, most) => {
    expect(mostPerGpu(gpus[key]!)).toEqual(most);
  });
});
