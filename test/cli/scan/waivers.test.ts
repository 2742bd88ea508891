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
  in: "environment",
  where: { "storage.accessLogBucket": null },
  resource: "google_storage_bucket.*",
  reason: "the environment names no bucket for usage logs",
  ...over,
});
/** Of any names: a fork has its own. */
const quiet = { name: "eu", storage: {} };
const logged = { name: "live", storage: { accessLogBucket: "logs" } };

describe("waivers", () => {
  test("cover a check where the environment is set so, on the resources that they name", () => {
    const findings = [
      finding("CKV_GCP_62", "eu"),
      finding("CKV_GCP_62", "live"),
      finding("CKV_GCP_78", "eu"),
      finding("CKV_GCP_62", "eu", "google_storage_bucketX.other"),
      finding("CKV_GCP_62", "eu-bootstrap"),
    ];
    const { open, waived, stale, wrong } = judge(findings, [waiver()], [quiet, logged]);
    expect(open).toEqual(findings.slice(1));
    expect({ waived, stale, wrong }).toEqual({ waived: 1, stale: [], wrong: [] });
  });

  test("cover what bootstrap makes where they say so, and any value with a star", () => {
    const logs = waiver({ in: "bootstrap", where: { "storage.accessLogBucket": "*" } });
    const findings = [finding("CKV_GCP_62", "live-bootstrap"), finding("CKV_GCP_62", "live")];
    const { open, stale } = judge(findings, [logs], [quiet, logged]);
    expect({ open, stale }).toEqual({ open: findings.slice(1), stale: [] });
  });

  test("without a condition, cover every environment", () => {
    const { where: _where, ...everywhere } = waiver();
    const findings = [finding("CKV_GCP_62", "eu"), finding("CKV_GCP_62", "live")];
    expect(judge(findings, [everywhere], [quiet, logged]).open).toEqual([]);
  });

  test("fails where a waiver waives nothing in an environment that it is about", () => {
    const both = waiver({ where: {} });
    expect(judge([finding("CKV_GCP_62", "eu")], [both], [quiet, logged]).stale).toEqual([
      { waiver: both, environment: "live" },
    ]);
  });

  test("fails without a reason, or about neither", () => {
    const wrong = waiver({ reason: "later", in: "prod" as Waiver["in"] });
    expect(judge([], [wrong], []).wrong).toEqual([
      'CKV_GCP_62: reason must say why, got "later"',
      'CKV_GCP_62: in must be one of "environment", "bootstrap", got "prod"',
    ]);
  });
});

test("an environment with everything on waives what Autopilot or Postgres cannot meet, and no other check of Google Cloud", () => {
  const waivers = JSON.parse(readFileSync("scan/waivers.json", "utf8")) as Waiver[];
  const checks = waivers
    .filter(({ check, in: kind, where }) => check.includes("_GCP_") && kind === "environment" && !where)
    .map(({ check }) => check);
  expect(checks.sort()).toEqual(["CKV_GCP_12", "CKV_GCP_6", "CKV_GCP_61", "CKV_GCP_69"]);
});
