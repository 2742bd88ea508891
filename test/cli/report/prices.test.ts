import { readFileSync } from "node:fs";
import { costsOf } from "../../../cli/report/costs";
import { type PriceList, pricesFile, refreshed, type Sku } from "../../../cli/report/prices";
import { cpuOfCore } from "../../../constructs/flyte/core/core-pods";
import { flyteCoreValues } from "../../../constructs/flyte/core/core-values";
import { mergeValues } from "../../../constructs/flyte/values";
import type { Stack } from "../../../cli/report/synthesised-stack";
import { defineEnvironment } from "../../../src/environment/define";
import { coreProps } from "../../constructs/flyte/props";
import { shippedAndFull } from "../../support/shipped-stacks";
import { prod } from "../../support/environments/prod";

const list = JSON.parse(readFileSync(pricesFile, "utf8")) as PriceList;

const sku = (description: string, region: string, ...prices: { units?: string; nanos?: number }[]): Sku => ({
  description,
  serviceRegions: [region],
  pricingInfo: [{ pricingExpression: { tieredRates: prices.map((unitPrice) => ({ unitPrice })) } }],
});

describe("the price list", () => {
  test("says of every price where it is from", () => {
    const unknown = Object.entries(list.prices).filter(([, { source }]) => !(source in list.sources));
    expect(unknown).toEqual([]);
    for (const date of [list.date, ...Object.values(list.sources).map((source) => source.date)])
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  test("has patterns that are regular expressions", () => {
    const patterns = Object.values(list.prices).flatMap(({ sku: known }) => known?.description ?? []);
    expect(patterns.length).toBeGreaterThan(0);
    for (const pattern of patterns) expect(() => new RegExp(pattern)).not.toThrow();
  });
});

describe("a refresh from the catalogue", () => {
  const small: PriceList = {
    ...list,
    prices: {
      cpu: {
        value: 9,
        per: "vCPU hour",
        source: "pages",
        sku: { service: "S", description: "^Pod mCPU", factor: 1000 },
      },
      nat: { value: 7, per: "hour", source: "pages" },
    },
  };

  test("takes the region's price, in our unit, and skips a free allowance", () => {
    const { list: fresh, missing } = refreshed(small, "europe-west4", "2026-12-01", {
      S: [
        sku("Pod mCPU Requests (us-central1)", "us-central1", { nanos: 44_500 }),
        sku("Pod mCPU Requests (europe-west4)", "europe-west4", { units: "0", nanos: 0 }, { nanos: 49_000 }),
      ],
    });
    expect(fresh.prices["cpu"]).toMatchObject({ value: 0.049, source: "billing" });
    expect(fresh.sources["billing"]).toEqual({
      what: "Cloud Billing Catalog, europe-west4",
      date: "2026-12-01",
    });
    expect([fresh.region, fresh.date]).toEqual(["europe-west4", "2026-12-01"]);
    expect(missing).toEqual(["nat"]);
  });

  test("keeps the old price, and its source, of what the catalogue does not name", () => {
    const { list: fresh, missing } = refreshed(small, "europe-west4", "2026-12-01", { S: [] });
    expect(fresh.prices).toEqual(small.prices);
    expect(missing).toEqual(["cpu", "nat"]);
  });
});

/** The synthesised stacks of the environment with everything on. */
function stacksOf(name: string): Stack[] {
  const found = shippedAndFull().at(-1);
  return Object.entries(found?.stacks ?? {})
    .filter(([stack]) => stack.startsWith(`${name}-`))
    .map(([stack, json]) => asStack(stack, json.resource as Stack["resources"]));
}

const asStack = (name: string, resources: Stack["resources"]): Stack => ({
  name,
  dependencies: [],
  state: "",
  outputs: [],
  resources,
});

/** Values that a chart gets, as a stack has them. */
const release = (chart: string, values: object): Stack =>
  asStack("prod-platform", { helm_release: { flyte: { chart, values: [JSON.stringify(values)] } } });

describe("an estimate", () => {
  const costs = costsOf(defineEnvironment(prod), stacksOf("prod"), list);
  const month = (part: string) =>
    costs.fixed.filter((cost) => cost.part === part).map((cost) => Math.round(cost.month));

  test("counts a standby as a second machine and a second disk", () => {
    expect(month("database")).toEqual([Math.round(2 * (4 * 0.0413 + 15 * 0.007) * 730), 34, 8]);
  });

  test("counts what the pods of Flyte and Kueue ask for", () => {
    expect(month("Flyte")).toEqual([Math.round((2 * 0.0445 + 4 * 0.0049225) * 730)]);
    expect(month("Kueue")).toEqual([Math.round(2 * (0.5 * 0.0445 + 0.0049225) * 730)]);
  });

  test("counts every part of topology core as often as it runs, with one's own sizes, to the cent", () => {
    const flyteOf = (extraValues: object) => {
      const values = mergeValues(flyteCoreValues(coreProps), extraValues);
      const [flyte] = costsOf(defineEnvironment(prod), [release("flyte-core", values)], list).fixed.filter(
        ({ part }) => part === "Flyte",
      );
      return flyte?.month.toFixed(2);
    };
    const paid = (cpu: number, memoryGib: number) =>
      ((cpu * 0.0445 + memoryGib * 0.0049225) * 730).toFixed(2);
    // Twice admin, propeller, catalogue and console; once the scheduler.
    expect(flyteOf({})).toBe(paid(2 * (0.5 + 1 + 0.5 + 0.25) + 0.25, 2 * (1 + 2 + 1 + 0.5) + 0.5));
    const larger = {
      flytepropeller: { replicaCount: 3, resources: { requests: { cpu: "2", memory: "4Gi" } } },
    };
    expect(flyteOf(larger)).toBe(paid(2 * (0.5 + 0.5 + 0.25) + 0.25 + 6, 2 * (1 + 1 + 0.5) + 0.5 + 12));
    expect(cpuOfCore(false)).toBe(4.75);
  });

  test("counts NAT where there is one, by the nodes behind it", () => {
    expect(month("network")).toEqual([Math.round((3 * 0.0014 + 0.005) * 730)]);
    expect(costsOf(defineEnvironment(prod), [], list).fixed.map(({ part }) => part)).not.toContain("network");
  });

  test("counts a reservation always", () => {
    const flavors = { held: { gpu: "a100-80gb", provisioning: "reservation", reservation: "r" } } as const;
    const teams = { research: { projects: ["vision"], cpu: 8, memoryGib: 32, gpus: { held: 4 } } };
    const { name, project, region, state } = prod;
    const environment = defineEnvironment({ name, project, region, state, queues: { flavors, teams } });
    const reserved = costsOf(environment, [], list).fixed.find(({ part }) => part === "reservation");
    expect(reserved).toEqual({
      part: "reservation",
      what: "flavor held, 4 GPUs at the on-demand price, used or not",
      month: 4 * (3.969 + 1.09962) * 730,
    });
  });

  test("knows the machine of every flavor, and its own price", () => {
    expect(costs.flavors.map(({ flavor, machine }) => [flavor, machine])).toEqual([
      ["l4", "g2-standard-32"],
      ["l4-spot", "g2-standard-32"],
      ["a100", "a2-ultragpu-1g"],
      ["h100-flex", "a3-highgpu-1g"],
      ["h100-dws", "a3-highgpu-8g"],
    ]);
    expect(costs.flavors[0]?.gpuHour).toBeCloseTo(0.56 + 1.17414, 5);
  });

  test("has a price for every flavor, an upper bound where nodes come by DWS", () => {
    expect(costs.flavors.map(({ flavor, bound, gpuHour }) => [flavor, bound, (gpuHour ?? 0) > 0])).toEqual([
      // Of one L4 the machine may be smaller.
      ["l4", "at most", true],
      ["l4-spot", "at most", true],
      ["a100", "about", true],
      ["h100-flex", "at most", true],
      ["h100-dws", "at most", true],
    ]);
  });
});
