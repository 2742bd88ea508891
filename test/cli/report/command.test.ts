import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { report } from "../../../cli/platform/commands/report";
import { googleClient } from "../../../cli/platform/google/client";
import { limits } from "../../../cli/platform/limits";
import { type PriceList, pricesFile } from "../../../cli/report/prices";
import { dev } from "../../support/environments/dev";
import { FakeGoogle, type Reply } from "../platform/doctor/fake-google";
import { testContext } from "../platform/test-context";

let root: string;
let fake: FakeGoogle;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "report-"));
  mkdirSync(join(root, "cli", "report"), { recursive: true });
  cpSync(pricesFile, join(root, pricesFile));
  mkdirSync(join(root, "out"));
  writeFileSync(join(root, "out", "manifest.json"), JSON.stringify({ stacks: {} }));
});
afterEach(async () => {
  await fake?.stop();
  rmSync(root, { recursive: true, force: true });
});

async function run(replies: Record<string, Reply>, options: Record<string, string | boolean>) {
  fake = await FakeGoogle.start(replies);
  const { env } = fake;
  const now = () => Date.parse("2026-12-01T10:00:00Z");
  const token = () => Promise.resolve("t");
  const google = googleClient({ env, limits, now, sleep: () => Promise.resolve(), token });
  const context = testContext({ configs: [dev], env, google, now, root, outdir: join(root, "out"), options });
  return { code: await report.run(context), context };
}

const prices = () => JSON.parse(readFileSync(join(root, pricesFile), "utf8")) as PriceList;
const sku = (description: string, region: string, nanos: number) => ({
  skuId: "0000-0000-0000",
  description,
  category: { usageType: "OnDemand" },
  serviceRegions: [region],
  pricingInfo: [
    { pricingExpression: { usageUnit: "h", tieredRates: [{ unitPrice: { units: "0", nanos } }] } },
  ],
});

describe("report", () => {
  test("writes one page and asks Google nothing", async () => {
    const { code, context } = await run({}, {});
    expect(code).toBe(0);
    expect(fake.asked).toEqual([]);
    expect(context.stdout.text).toMatch(/report\/index\.html \(\d+ KiB\)\n$/);
    expect(readFileSync(join(root, "out", "report", "index.html"), "utf8")).toContain("<h2>dev</h2>");
  });

  test("with --refresh-prices, reads all pages of the catalogue first, and keeps what it does not know", async () => {
    const before = prices();
    const empty: Reply = { body: { skus: [] } };
    const page = (token: string) => `GET /billing/services/6F81-5844-456A/skus?pageSize=5000${token}`;
    const { code } = await run(
      {
        "GET /billing/services/CCD8-9BF1-090E/skus": empty,
        "GET /billing/services/9662-B51E-5089/skus": empty,
        "GET /billing/services/95FF-2EF5-5EA1/skus": empty,
        [page("")]: {
          body: { skus: [sku("Nvidia L4 GPU running in Iowa", "us-central1", 1)], nextPageToken: "next" },
        },
        [page("&pageToken=next")]: {
          body: { skus: [sku("Nvidia L4 GPU running in Netherlands", "europe-west4", 620_000_000)] },
        },
      },
      { refreshPrices: true, region: "europe-west4" },
    );
    expect(code).toBe(0);
    expect(prices()).toMatchObject({ region: "europe-west4", date: "2026-12-01" });
    expect(prices().prices["gpu.l4.on-demand"]).toMatchObject({ value: 0.62, source: "billing" });
    expect(prices().prices["gke.cluster"]).toEqual(before.prices["gke.cluster"]);
  });
});
