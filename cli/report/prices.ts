/** A unit price, where it is from, and how the Cloud Billing Catalog knows it. */
export interface Price {
  readonly value: number;
  /** What one costs that much: "hour", "GiB month". */
  readonly per: string;
  /** A key of `PriceList.sources`. */
  readonly source: string;
  readonly sku?: {
    /** Id of the service in the catalogue. */
    readonly service: string;
    /** A regular expression for the SKU's description. */
    readonly description: string;
    /** The catalogue's price is for 1/factor of our unit. */
    readonly factor?: number;
  };
}

/** Where prices are from, and when they were read there: `YYYY-MM-DD`. */
export interface PriceSource {
  readonly what: string;
  readonly date: string;
}

/** prices.json: list prices of one region on one day. */
export interface PriceList {
  readonly currency: string;
  readonly region: string;
  /** When they were collected: `YYYY-MM-DD`. */
  readonly date: string;
  readonly sources: Readonly<Record<string, PriceSource>>;
  readonly prices: Readonly<Record<string, Price>>;
}

/** Where the list lies, seen from the repository's root, in which every command runs. */
export const pricesFile = "cli/report/prices.json";

/** A SKU of the Cloud Billing Catalog, as far as a price is read from it. */
export interface Sku {
  readonly description: string;
  readonly serviceRegions: readonly string[];
  readonly category?: { readonly usageType?: string };
  readonly pricingInfo: readonly {
    readonly pricingExpression: {
      readonly tieredRates: readonly {
        readonly unitPrice: { readonly units?: string; readonly nanos?: number };
      }[];
    };
  }[];
}

/**
 * The list with what the catalogue knows about `region`, and the keys that it does not know: those keep their old
 * value and its source.
 */
export function refreshed(
  list: PriceList,
  region: string,
  date: string,
  skusOf: Readonly<Record<string, readonly Sku[]>>,
): { readonly list: PriceList; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const prices = Object.fromEntries(
    Object.entries(list.prices).map(([key, price]): [string, Price] => {
      const value = catalogueValue(price, region, skusOf);
      if (value === undefined) {
        missing.push(key);
        return [key, price];
      }
      return [key, { ...price, value, source: "billing" }];
    }),
  );
  const sources = { ...list.sources, billing: { what: `Cloud Billing Catalog, ${region}`, date } };
  return { list: { ...list, region, date, sources, prices }, missing };
}

function catalogueValue(
  { sku }: Price,
  region: string,
  skusOf: Readonly<Record<string, readonly Sku[]>>,
): number | undefined {
  if (!sku) return undefined;
  const pattern = new RegExp(sku.description);
  const found = (skusOf[sku.service] ?? []).find(
    ({ description, serviceRegions }) => serviceRegions.includes(region) && pattern.test(description),
  );
  // A first tier of 0 is a free allowance, which an estimate leaves out.
  const rates = found?.pricingInfo[0]?.pricingExpression.tieredRates ?? [];
  const price = rates.map(({ unitPrice }) => amount(unitPrice)).find((each) => each > 0);
  return price === undefined ? undefined : round(price * (sku.factor ?? 1));
}

function amount({ units = "0", nanos = 0 }: { units?: string; nanos?: number }): number {
  return Number(units) + nanos / 1e9;
}

const round = (value: number) => Number(value.toPrecision(6));
