import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PriceList, pricesFile, refreshed, type Sku } from "../../report/prices";
import { readPrices, writeReport } from "../../report/write";
import type { Command } from "../command";
import type { Context } from "../context";
import { Exit } from "../exit";

/** Draws what would be deployed; asks Google only when prices are to be refreshed. */
export const report: Command = {
  description: {
    name: "report",
    summary: "synthesise, and draw every environment: picture, access, queues, quotas, costs",
    environment: "none",
    options: [
      { flags: "--refresh-prices", summary: "read list prices from the Cloud Billing Catalog first" },
      { flags: "--region <region>", summary: "region of the prices", default: "us-central1" },
    ],
    exits: { [Exit.ok]: "the page is written", [Exit.error]: "no synthesis, or no answer from Google" },
  },
  run: async (context) => {
    if (context.options.flag("refreshPrices")) await refreshPrices(context);
    await context.synthesise();
    const { file, bytes } = writeReport(context.environments(), context.outdir, context.root);
    context.output.line(`${file} (${Math.round(bytes / 1024)} KiB)`);
    context.output.result({ file, bytes });
    return Exit.ok;
  },
};

async function refreshPrices({ root, options, output, google, now }: Context): Promise<void> {
  const list = readPrices(root);
  const region = options.text("region") ?? list.region;
  const skus: Record<string, readonly Sku[]> = {};
  for (const service of servicesOf(list)) {
    output.note(`reading the prices of service ${service}`);
    skus[service] = await skusOf(google, service);
  }
  const date = new Date(now()).toISOString().slice(0, 10);
  const { list: fresh, missing } = refreshed(list, region, date, skus);
  writeFileSync(join(root, pricesFile), `${JSON.stringify(fresh, null, 2)}\n`);
  const known = Object.keys(fresh.prices).length - missing.length;
  output.note(
    `${known} prices from the catalogue; ${missing.length} kept as they were: ${missing.join(", ")}`,
  );
}

function servicesOf({ prices }: PriceList): string[] {
  return [...new Set(Object.values(prices).flatMap(({ sku }) => (sku ? [sku.service] : [])))];
}

async function skusOf(google: Context["google"], service: string): Promise<Sku[]> {
  const skus: Sku[] = [];
  for (let pageToken = ""; ;) {
    const reply = await google.request<{ skus?: Sku[]; nextPageToken?: string }>({
      product: "billing",
      path: `services/${service}/skus`,
      query: { pageSize: "5000", ...(pageToken && { pageToken }) },
    });
    skus.push(...(reply.skus ?? []));
    pageToken = reply.nextPageToken ?? "";
    if (pageToken === "") return skus;
  }
}
