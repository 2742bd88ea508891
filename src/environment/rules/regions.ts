import { nearest, type Problem } from "../problems";
import { gpusByRegion } from "../regions";
import type { Environment } from "../schema";
import { problemIf, type Rule, rule } from "./rule";

const regions = Object.keys(gpusByRegion);

function unknownRegion({ region }: Pick<Environment, "region">): Problem | undefined {
  const meant = nearest(region, regions);
  return problemIf(
    !regions.includes(region),
    "region",
    `is ${JSON.stringify(region)}, which is none of the regions known here${meant ? `; did you mean ${JSON.stringify(meant)}?` : ""} (a newer one is fine)`,
  );
}

/** Its tasks would wait for ever: neither Kueue nor Google says that the GPU will never come. */
function absentGpus({ region, queues }: Pick<Environment, "region" | "queues">) {
  const present = gpusByRegion[region];
  return Object.entries(queues.flavors).map(([name, { gpu }]) => {
    const having = regions.filter((one) => gpusByRegion[one]?.includes(gpu));
    const nearby = having.filter((one) => one.split("-")[0] === region.split("-")[0]);
    return problemIf(
      present !== undefined && having.length > 0 && !present.includes(gpu),
      `queues.flavors.${name}.gpu`,
      `is ${JSON.stringify(gpu)}, which Google has not listed in ${region}; its tasks would wait for ever; it is in ${(nearby.length > 0 ? nearby : having).join(", ")}`,
    );
  });
}

/** Warnings only: Google's list grows faster than ours. */
export const regionRisks: readonly Rule[] = [
  rule(["region"], unknownRegion),
  rule(["region", "queues"], absentGpus),
];
