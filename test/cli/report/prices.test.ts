import { readFileSync } from "node:fs";
import { costsOf } from "../../../cli/report/costs";
import { type PriceList, pricesFile, refreshed, type Sku } from "../../../cli/report/prices";
import { defineEnvironment } from "../../../src/environment/define";
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
    expect(list.date).toMatch(/^20\d\d-\d\d-\d\d$/);
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
    expect(fresh.sources["billing"]).toBe("Cloud Billing Catalog, europe-west4, 2026-12-01");
    expect([fresh.region, fresh.date]).toEqual(["europe-west4", "2026-12-01"]);
    expect(missing).toEqual(["nat"]);
  });

  test("keeps the old price, and its source, of what the catalogue does not name", () => {
    const { list: fresh, missing } = refreshed(small, "europe-west4", "2026-12-01", { S: [] });
    expect(fresh.prices).toEqual(small.prices);
    expect(missing).toEqual(["cpu", "nat"]);
  });
});

describe("an estimate", () => {
  const costs = costsOf(defineEnvironment(prod), list);
  const month = (part: string) =>
    costs.fixed.filter((cost) => cost.part === part).map((cost) => Math.round(cost.month));

  test("counts a standby as a second machine and a second disk", () => {
    expect(month("database")).toEqual([Math.round(2 * (4 * 0.0413 + 15 * 0.007) * 730), 34, 8]);
  });

  test("has a price for every flavor, an upper bound where nodes come by DWS", () => {
    expect(costs.flavors.map(({ flavor, bound, gpuHour }) => [flavor, bound, (gpuHour ?? 0) > 0])).toEqual([
      ["l4", "about", true],
      ["l4-spot", "about", true],
      ["a100", "about", true],
      ["h100-flex", "at most", true],
      ["h100-dws", "at most", true],
    ]);
  });
});
