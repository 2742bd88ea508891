import type { EnvironmentConfig } from "../../../../src/environment/schema";
import { examine } from "./examine";
import type { Reply } from "./fake-google";

describe("an organisation that wants keys of one's own", () => {
  const POLICY = "POST /policies/projects/acme-dev:getEffectiveOrgPolicy";
  const denying = (...services: string[]) => ({
    [POLICY]: { body: { listPolicy: { deniedValues: services.map((each) => `is:${each}.googleapis.com`) } } },
  });
  const told = async (reply: Record<string, Reply>, encryption?: EnvironmentConfig["encryption"]) =>
    (await examine(reply, {}, encryption ? { encryption } : {})).diagnoses
      .filter(({ part }) => part === "organisation policy")
      .map(({ subject, level, text, fix }) => `${level} ${subject}: ${text}${fix ? `; ${fix}` : ""}`);

  test("refuses what has none, each with the setting that gives it one", async () => {
    expect(await told(denying("sqladmin", "compute", "secretmanager", "bigquery"))).toEqual([
      "problem sqladmin.googleapis.com: the organisation refuses the database without a key of your own (gcp.restrictNonCmekServices); encryption: { enabled: true } in the environment file, before the first deploy (docs/configuration.md says what it replaces later)",
      "problem compute.googleapis.com: the organisation refuses the nodes' disks without a key of your own (gcp.restrictNonCmekServices); encryption: { enabled: true, nodes: true } in the environment file, before the first deploy (docs/configuration.md says what it replaces later)",
      "problem secretmanager.googleapis.com: the organisation refuses secrets without a key of your own (gcp.restrictNonCmekServices); encryption: { enabled: true, secrets: true } in the environment file, before the first deploy (docs/configuration.md says what it replaces later)",
    ]);
  });

  test("refuses nothing of an environment that encrypts all of it, even when it wants keys for everything", async () => {
    const all = { [POLICY]: { body: { listPolicy: { allValues: "DENY" } } } };
    expect(await told(all, { enabled: true, nodes: true, secrets: true })).toEqual([
      "ok gcp.restrictNonCmekServices: refuses nothing that the environment makes",
    ]);
    expect((await told(all, { enabled: true })).map((line) => line.split(":")[0])).toEqual([
      "problem container.googleapis.com",
      "problem compute.googleapis.com",
      "problem secretmanager.googleapis.com",
    ]);
  });

  test("that tells the caller nothing is no problem", async () => {
    expect(await told({ [POLICY]: { status: 403, body: { error: { message: "no" } } } })).toEqual([
      "later gcp.restrictNonCmekServices: not told: that takes roles/orgpolicy.policyViewer; gcloud projects add-iam-policy-binding acme-dev --member user:YOU --role roles/orgpolicy.policyViewer",
    ]);
  });
});
