import { readFileSync } from "node:fs";
import { judge, type ScanFinding, type Waiver } from "../../../cli/scan/waivers";

const finding = (
  check: string,
  environment: string,
  resource = "google_storage_bucket.data-bucket",
): ScanFinding => ({
  check,
  title: check,
  environment,
  resource,
  where: `${environment}-data`,
});
const waiver = (over: Partial<Waiver> = {}): Waiver => ({
  check: "CKV_GCP_62",
  environments: ["dev"],
  resource: "google_storage_bucket.*",
  reason: "dev keeps nothing worth a log",
  ...over,
});

describe("waivers", () => {
  test("cover a check in their environments, on the resources that they name", () => {
    const findings = [
      finding("CKV_GCP_62", "dev"),
      finding("CKV_GCP_62", "prod"),
      finding("CKV_GCP_78", "dev"),
      finding("CKV_GCP_62", "dev", "google_storage_bucketX.other"),
    ];
    const { open, waived, stale, wrong } = judge(findings, [waiver()]);
    expect(open).toEqual(findings.slice(1));
    expect({ waived, stale, wrong }).toEqual({ waived: 1, stale: [], wrong: [] });
  });

  test("fails where a waiver waives nothing in one of its environments", () => {
    const both = waiver({ environments: ["dev", "prod"] });
    expect(judge([finding("CKV_GCP_62", "dev")], [both]).stale).toEqual([
      { waiver: both, environment: "prod" },
    ]);
  });

  test("fails without a reason or an environment", () => {
    expect(judge([], [waiver({ reason: "later", environments: [] })]).wrong).toEqual([
      'CKV_GCP_62: reason must say why, got "later"',
      "CKV_GCP_62: environments must name at least one, got none",
    ]);
  });
});

describe("production", () => {
  const waivers = JSON.parse(readFileSync("scan/waivers.json", "utf8")) as Waiver[];

  test("waives what Autopilot or Postgres cannot meet, and no other check of Google Cloud", () => {
    const checks = waivers
      .filter(({ check, environments }) => check.includes("_GCP_") && environments.includes("prod"))
      .map(({ check }) => check);
    expect(checks.sort()).toEqual(["CKV_GCP_12", "CKV_GCP_6", "CKV_GCP_61", "CKV_GCP_69"]);
  });
});
