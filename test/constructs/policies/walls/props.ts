import type { WallsProps } from "../../../../constructs/policies/walls/walls";

/** Two teams, one with GPUs, neither with a repository of its own. */
export const props: WallsProps = {
  tenants: {
    "vision-production": {
      queues: ["tasks", "h100-dws"],
      priorities: ["production", "production-batch"],
      repositories: [],
    },
    "nlp-production": { queues: ["tasks"], priorities: ["production"], repositories: [] },
  },
  namespace: "flyte",
  gpus: true,
  gpuClasses: ["any-h100"],
  runLimits: [{ accelerator: "nvidia-h100-80gb", seconds: 43200 }],
};
