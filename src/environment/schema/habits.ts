import { gpus } from "../../../constructs/kueue/gpus";

// What people write by habit: GKE's, Compute Engine's and other clouds' words for what has another name here.

/** `a3-highgpu` of `a3-highgpu-8g`: machine types of one family have one GPU. */
const familyOf = (machineType: string) => /^([a-z]+\d+[a-z]?-[a-z]+)-\d+g?$/.exec(machineType)?.[1];

/** What to write for a GPU that is named as its node label, its machine type, or not offered at all. */
export function gpuAdvice(value: string): string | undefined {
  const given = value.toLowerCase();
  if (/^(tpu|v[2-7][ep]?(-|$)|ct\d)/.test(given))
    return "TPUs are not offered: Flyte and Kueue are set up for GPUs here";
  const all = Object.entries(gpus);
  const labelled = all.find(([, { accelerator }]) => accelerator === given);
  if (labelled) return `that is its node label: write ${JSON.stringify(labelled[0])}`;
  const family = familyOf(given);
  const machine = all.find(([, { nodes }]) => nodes.some((node) => familyOf(node.machineType) === family));
  if (family === undefined || machine === undefined) return absentAdvice(given);
  const [key, { nodes }] = machine;
  const node = nodes.find(({ machineType }) => machineType === given);
  const count = node ? `, gpusPerNode: ${node.gpus}` : "";
  return `that is a machine type: write gpu: ${JSON.stringify(key)}${count}, and GKE chooses the machine`;
}

function absentAdvice(given: string): string | undefined {
  return /^(nvidia-)?(tesla-)?(v100|p100|p4|k80|gb200|gb300|mi\d+x?|a10g?|t4g)\b/.test(given)
    ? "GKE Autopilot does not offer it"
    : undefined;
}

const provisioningWords: Readonly<Record<string, string>> = {
  preemptible: "spot",
  standard: "on-demand",
  dws: "queued",
  "queued-provisioning": "queued",
  queue: "queued",
  reserved: "reservation",
  fallback: "ladder",
};

export function provisioningAdvice(value: string): string | undefined {
  const meant = provisioningWords[value.toLowerCase()];
  return meant && `did you mean ${JSON.stringify(meant)}?`;
}
