import type { Filestore, FilestoreTier } from "./types";

interface Band {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

const TIB = 1024;
const basic = (least: number): readonly Band[] => [{ least, most: 65_433, step: 1 }];
const bands: readonly Band[] = [
  { least: TIB, most: 9.75 * TIB, step: 256 },
  { least: 10 * TIB, most: 100 * TIB, step: 2.5 * TIB },
];

/** Sizes of each tier, GiB. @see cloud.google.com/filestore/docs/service-tiers (2026-11) */
const sizes: Readonly<Record<FilestoreTier, readonly Band[]>> = {
  BASIC_HDD: basic(TIB),
  BASIC_SSD: basic(2.5 * TIB),
  ZONAL: bands,
  REGIONAL: bands,
};

export const filestoreTiers = Object.keys(sizes) as readonly FilestoreTier[];

/** Those that take a key of one's own. @see cloud.google.com/filestore/docs/cmek (2026-11) */
const withKeys: readonly FilestoreTier[] = ["ZONAL", "REGIONAL"];

interface FilestoreProblem {
  readonly key: keyof Filestore;
  readonly message: string;
}

/** What Google would refuse when everything before it is made. */
export function filestoreProblem(
  { tier, sizeGib, zone }: Filestore,
  { region, encrypted }: { readonly region: string; readonly encrypted: boolean },
): FilestoreProblem | undefined {
  const fits = sizes[tier].some(
    ({ least, most, step }) => sizeGib >= least && sizeGib <= most && (sizeGib - least) % step === 0,
  );
  if (!fits)
    return {
      key: "sizeGib",
      message: `must be ${sizes[tier].map(inWords).join(", or ")} with tier ${tier}, got ${sizeGib}`,
    };
  if (tier === "REGIONAL" && zone !== undefined)
    return {
      key: "zone",
      message: `must be left out with tier REGIONAL, which is in the whole region, got ${JSON.stringify(zone)}`,
    };
  if (tier !== "REGIONAL" && !zone?.startsWith(`${region}-`))
    return {
      key: "zone",
      message: `must be a zone of ${region} with tier ${tier}, such as "${region}-b", got ${zone === undefined ? "nothing" : JSON.stringify(zone)}`,
    };
  if (encrypted && !withKeys.includes(tier))
    return {
      key: "tier",
      message: `must be one of ${withKeys.map((each) => JSON.stringify(each)).join(", ")} with encryption.enabled, got ${JSON.stringify(tier)}, which takes no key of your own`,
    };
  return undefined;
}

function inWords({ least, most, step }: Band): string {
  return `${least} to ${most} GiB${step === 1 ? "" : ` in steps of ${step}`}`;
}
