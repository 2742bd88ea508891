import type { EnvironmentConfig } from "../../src/environment/schema";
import { defineEnvironment } from "../../src/environment/define";
import { dev } from "../support/environments/dev";
import { moreRolesToPlan, rolesToDeploy } from "../../stacks/roles-to-deploy";

type Access = NonNullable<NonNullable<EnvironmentConfig["flyte"]>["access"]>;

const rolesWith = (access: Access) =>
  Object.keys(
    rolesToDeploy(defineEnvironment({ ...dev, network: { ...dev.network, proxiesCidr }, flyte: { access } })),
  );
const proxiesCidr = "10.200.0.0/23";
const host = "flyte.acme.example";
const oidc = { baseUrl: "https://idp.acme.example", clientId: "flyte" };

test("file servers of volumes take a role more, to deploy and to plan", () => {
  const { research } = dev.queues.teams;
  const environment = (volumes: EnvironmentConfig["volumes"]) =>
    defineEnvironment({
      ...dev,
      volumes: volumes!,
      queues: { ...dev.queues, teams: { research: { ...research!, volumes: ["data"] } } },
    });
  const served = environment({ data: { filestore: { tier: "REGIONAL", sizeGib: 1024 } } });
  const mounted = environment({ data: { bucket: "acme-data" } });
  expect(Object.keys(rolesToDeploy(served))).toContain("roles/file.editor");
  expect(moreRolesToPlan(served)).toEqual(["roles/file.viewer"]);
  expect(Object.keys(rolesToDeploy(mounted))).not.toContain("roles/file.editor");
  expect(moreRolesToPlan(mounted)).toEqual([]);
});

test("datasets take a role more where they are in the environment's own project", () => {
  const { research } = dev.queues.teams;
  const environment = (dataset: string) =>
    defineEnvironment({
      ...dev,
      queues: {
        ...dev.queues,
        teams: { research: { ...research!, access: { datasets: { [dataset]: "read" } } } },
      },
    });
  const own = environment(`${dev.project}.sales`);
  const others = environment("acme-warehouse.sales");
  expect(Object.keys(rolesToDeploy(own))).toContain("roles/bigquery.dataOwner");
  expect(moreRolesToPlan(own)).toEqual(["roles/bigquery.metadataViewer"]);
  expect(Object.keys(rolesToDeploy(others))).not.toContain("roles/bigquery.dataOwner");
  expect(moreRolesToPlan(others)).toEqual([]);
});

describe("the roles that a deploy takes", () => {
  test.each<[string, Access, { certificates: boolean; records: boolean }]>([
    ["port-forward", { mode: "port-forward" }, { certificates: false, records: false }],
    ["internal without a name", { mode: "internal" }, { certificates: false, records: false }],
    [
      "internal with a name in the project's zone",
      { mode: "internal", host, dnsZone: "corp" },
      { certificates: false, records: true },
    ],
    [
      "internal with a name in somebody else's zone",
      { mode: "internal", host, dnsZone: "projects/acme-dns/managedZones/corp" },
      { certificates: false, records: false },
    ],
    [
      "internal with sign-in, all records by hand",
      { mode: "internal", host, oidc },
      { certificates: true, records: false },
    ],
    [
      "internal with sign-in, the proof in the project's zone",
      { mode: "internal", host, oidc, certificateZone: "acme" },
      { certificates: true, records: true },
    ],
    [
      "internal with sign-in and a certificate of one's own",
      { mode: "internal", host, oidc, certificate: "corp" },
      { certificates: false, records: false },
    ],
    ["public, record by hand", { mode: "public", host, oidc }, { certificates: true, records: false }],
    [
      "public with the project's zone by its full name",
      { mode: "public", host, oidc, dnsZone: "projects/acme-ml-dev/managedZones/acme" },
      { certificates: true, records: true },
    ],
  ])("%s", (_, access, { certificates, records }) => {
    const roles = rolesWith(access);
    expect(roles.includes("roles/certificatemanager.editor")).toBe(certificates);
    expect(roles.includes("roles/dns.admin")).toBe(records);
  });
});
