import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { flyteChart, type Topology } from "../../../constructs/flyte/chart";
import { shownKeys } from "../../../constructs/flyte/chart-keys";

/** A chart of its own inside: what stands below its name is not ours to know. */
const SUBCHART = "flyteconnector";

/** The charts' own default values, which lie beside a checkout of the repository, not in it. */
const valuesOf = (topology: Topology) =>
  join(
    __dirname,
    "../../../../shared/data/charts",
    `${flyteChart.names[topology]}-${flyteChart.version}-values.yaml`,
  );

function keysOf(values: Record<string, unknown>): Record<string, string> {
  const below = ([key, value]: [string, unknown]) =>
    key === SUBCHART || typeof value !== "object" || value === null ? "" : Object.keys(value).join(" ");
  return Object.fromEntries(Object.entries(values).map((entry) => [entry[0], below(entry)]));
}

describe.each<Topology>(["binary", "core"])("the keys of the chart of topology %s", (topology) => {
  const file = valuesOf(topology);
  (existsSync(file) ? test : test.skip)(
    existsSync(file) ? "are those of its default values" : `are not compared: ${file} is not there`,
    () => {
      expect(shownKeys[topology]).toEqual(
        keysOf(parse(readFileSync(file, "utf8")) as Record<string, unknown>),
      );
    },
  );
});
