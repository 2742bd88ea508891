import type { EnvironmentConfig } from "../../../src/environment/schema";
import { prod } from "./prod";

const { research, product } = prod.queues.teams;

/** With what no shipped environment need have beside keys of its own. */
export const full: EnvironmentConfig = {
  ...prod,
  storage: { ...prod.storage, rawDataDays: 180 },
  volumes: {
    datasets: { bucket: "acme-ml-datasets", readOnly: true },
    scratch: { filestore: { tier: "REGIONAL", sizeGib: 1024 } },
  },
  queues: {
    ...prod.queues,
    teams: {
      ...prod.queues.teams,
      research: { ...research!, volumes: ["datasets", "scratch"] },
      product: {
        ...product!,
        access: {
          buckets: { "acme-ml-results": "write" },
          datasets: { "acme-ml-prod.sales": "read" },
          secrets: ["wandb-key"],
        },
      },
    },
  },
};
