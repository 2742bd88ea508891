import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { googleClient } from "../../../cli/platform/google/client";
import { limits } from "../../../cli/platform/limits";
import { checkPrerequisites } from "../../../cli/platform/preflight/prerequisites";
import type { EnvironmentConfig } from "../../../src/environment/schema";
import { prod } from "../../support/environments/prod";
import { stack } from "./deploy-values";
import { testContext } from "./test-context";

const folder = mkdtempSync(join(tmpdir(), "prerequisites-"));
const answers = new Map<string, number>();
const bodies = new Map<string, object>();
const asked: string[] = [];
/** Number of the project in which the API is off. */
let offIn = "";
const google = createServer(({ url = "" }, response) => {
  if (url.startsWith("/manager/")) return void response.end(JSON.stringify({ name: "projects/4711" }));
  asked.push(url);
  const path = url.replace(/\?.*/, "");
  const message = `Cloud DNS API has not been used in project ${offIn} before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/dns.googleapis.com/overview`;
  response.writeHead(answers.get(path) ?? 200);
  response.end(JSON.stringify(offIn ? { error: { message } } : (bodies.get(path) ?? {})));
});
beforeAll(() => new Promise<void>((done) => google.listen(0, "127.0.0.1", done)));
afterAll(() => {
  google.closeAllConnections();
  google.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  answers.clear();
  bodies.clear();
  asked.length = 0;
  offIn = "";
});

const channel = "projects/p/notificationChannels/7";
writeFileSync(
  join(folder, "cdk.tf.json"),
  JSON.stringify({
    resource: {
      google_dns_record_set: {
        a: { project: "dns", managed_zone: "corp" },
        b: { project: "dns", managed_zone: "corp" },
        own: { project: "p", managed_zone: "${google_dns_managed_zone.z.name}" },
      },
      google_monitoring_alert_policy: { x: { notification_channels: [channel] }, y: {} },
    },
    ephemeral: {
      google_secret_manager_secret_version: {
        oidc: { project: "p", secret: "flyte-oidc", version: 2 },
        own: { secret: "${google_secret_manager_secret.s.id}" },
      },
    },
  }),
);

const zone = "/projects/dns/managedZones/corp";
const secret = "/projects/p/secrets/flyte-oidc";

/** Nothing of an environment that a person makes. */
const plain: EnvironmentConfig = {
  ...{
    name: "dev",
    project: "acme-dev",
    region: "us-central1",
    state: { bucket: "acme-state" },
    deletionProtection: false,
  },
  queues: { flavors: {}, teams: { research: { projects: ["vision"], cpu: 8, memoryGib: 32, gpus: {} } } },
};

async function problems(
  config: EnvironmentConfig = plain,
  stacks = [{ ...stack, folder }],
  command = "deploy",
) {
  const endpoint = `http://127.0.0.1:${(google.address() as AddressInfo).port}/`;
  const names = ["DNS", "MONITORING", "SECRET_MANAGER", "COMPUTE", "SERVICE_USAGE_BETA", "STORAGE"];
  const env = {
    ...Object.fromEntries(names.map((name) => [`GOOGLE_${name}_CUSTOM_ENDPOINT`, endpoint])),
    GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT: `${endpoint}manager/`,
  };
  const client = googleClient({
    ...{ env, limits: { ...limits, request: 5_000 }, now: Date.now },
    ...{ sleep: () => Promise.resolve(), token: () => Promise.resolve("t") },
  });
  const context = testContext({ google: client, configs: [config], name: config.name, command });
  const findings = await checkPrerequisites(context, stacks);
  return findings.filter(({ ok }) => !ok).map(({ subject, text, fix }) => `${subject} ${text}; ${fix}`);
}

test("what is there is asked for once each, and stands in nobody's way", async () => {
  expect(await problems()).toEqual([]);
  expect([...asked].sort()).toEqual([zone, `${secret}/versions/2`, `/v3/${channel}`].sort());
});

test("all that is missing is said at once, each with what makes it", async () => {
  for (const path of [zone, `${secret}/versions/2`, `/v3/${channel}`]) answers.set(path, 404);
  const said = await problems();
  expect(said).toEqual([
    'DNS zone "corp" of dns is not there; gcloud dns managed-zones create corp --project dns --dns-name DOMAIN --description Flyte',
    `notification channel "${channel}" is not there; gcloud beta monitoring channels list --project p tells those that are there; monitoring.notificationChannels names one of them`,
    'version 2 of secret "flyte-oidc" is not there; gcloud secrets versions add flyte-oidc --project p --data-file FILE',
  ]);
});

test("before the first deploy there is no secret to add a version to", async () => {
  for (const path of [`${secret}/versions/2`, secret]) answers.set(path, 404);
  expect(await problems()).toEqual([]);
});

test("what Google won't tell is left to Terraform", async () => {
  for (const path of [zone, `${secret}/versions/2`, `/v3/${channel}`]) answers.set(path, 403);
  expect(await problems()).toEqual([]);
});

test("where its API is off it can't be there: that is switched on first", async () => {
  answers.set(zone, 403);
  offIn = "4711";
  expect(await problems()).toEqual([
    'DNS zone "corp" of dns is not there; gcloud services enable dns.googleapis.com --project dns && gcloud dns managed-zones create corp --project dns --dns-name DOMAIN --description Flyte',
  ]);
});

test("an API that is off in the project of the caller's quota says nothing", async () => {
  answers.set(zone, 403);
  offIn = "815";
  expect(await problems()).toEqual([]);
});

describe("reservations that flavors name", () => {
  const reserved = (reservation: string): EnvironmentConfig => ({
    ...plain,
    queues: {
      ...plain.queues,
      flavors: { h100: { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "reservation", reservation } },
    },
  });
  const at = "/projects/acme-dev/aggregated/reservations";
  const there = (name: string, zone: string) => ({
    items: { [`zones/${zone}`]: { reservations: [{ name, zone: `https://g/projects/p/zones/${zone}` }] } },
  });

  test("are looked for in the environment's region, and pass", async () => {
    bodies.set(at, there("ours", "us-central1-a"));
    expect(await problems(reserved("ours"), [])).toEqual([]);
  });

  test("fail with the command that makes them: elsewhere is not here", async () => {
    bodies.set(at, there("ours", "us-central10-a"));
    expect(await problems(reserved("ours"), [])).toEqual([
      'reservation "ours" of flavor h100 is in no zone of us-central1 in acme-dev; gcloud compute reservations create ours --project acme-dev --zone us-central1-ZONE --machine-type MACHINE --vm-count COUNT --require-specific-reservation; or correct queues.flavors.h100.reservation',
    ]);
  });

  test("nobody names are not asked for, and what Google won't tell stands in nobody's way", async () => {
    expect(await problems(plain, [])).toEqual([]);
    expect(asked).toEqual([]);
    answers.set(at, 403);
    expect(await problems(reserved("ours"), [])).toEqual([]);
  });
});

describe("a network that somebody else manages", () => {
  const shared: EnvironmentConfig = {
    ...plain,
    network: {
      nodesCidr: "10.20.0.0/20",
      proxiesCidr: "10.21.0.0/23",
      existing: {
        project: "acme-host",
        network: "vpc",
        subnet: "nodes",
        podsRange: "pods",
        servicesRange: "services",
      },
    },
  };
  const network = "/projects/acme-host/global/networks/vpc";
  const subnets = "/projects/acme-host/regions/us-central1/subnetworks";
  const whole = () => {
    const peerings = [{ name: "servicenetworking-googleapis-com", state: "ACTIVE" }];
    bodies.set(network, { peerings });
    bodies.set(`${subnets}/nodes`, {
      ...{ network: `https://g/${network}`, ipCidrRange: "10.20.0.0/20", privateIpGoogleAccess: true },
      secondaryIpRanges: [{ rangeName: "pods" }, { rangeName: "services" }],
    });
    const proxies = { purpose: "REGIONAL_MANAGED_PROXY", network: `https://g/${network}` };
    bodies.set(subnets, { items: [{ ...proxies, ipCidrRange: "10.21.0.0/23" }] });
  };

  test("passes when all is there", async () => {
    whole();
    expect(await problems(shared, [])).toEqual([]);
    expect([...asked].sort()).toEqual([network, subnets, `${subnets}/nodes`].sort());
  });

  test("fails with all that it lacks at once, each with the command", async () => {
    whole();
    bodies.set(network, {});
    bodies.set(subnets, {});
    bodies.set(`${subnets}/nodes`, {
      ...{ network: `https://g/${network}`, ipCidrRange: "10.30.0.0/20" },
      secondaryIpRanges: [{ rangeName: "pods" }],
    });
    expect(await problems(shared, [])).toEqual([
      "private services access of vpc is not there: Cloud SQL gets no address; gcloud compute addresses create vpc-services --project acme-host --global --purpose VPC_PEERING --prefix-length 20 --network vpc && gcloud services vpc-peerings connect --project acme-host --network vpc --ranges vpc-services",
      'subnet "nodes" of acme-host has no secondary range services; gcloud compute networks subnets update nodes --project acme-host --region us-central1 --add-secondary-ranges services=CIDR',
      'subnet "nodes" of acme-host has the range 10.30.0.0/20, network.nodesCidr says 10.20.0.0/20; network.nodesCidr: "10.30.0.0/20"',
      'subnet "nodes" of acme-host has no Private Google Access: nodes reach no registry; gcloud compute networks subnets update nodes --project acme-host --region us-central1 --enable-private-ip-google-access',
      "proxy-only subnet of vpc is not in us-central1; gcloud compute networks subnets create vpc-proxies --project acme-host --region us-central1 --network vpc --range 10.21.0.0/23 --purpose REGIONAL_MANAGED_PROXY --role ACTIVE",
    ]);
  });

  test("fails when network or subnet are not there at all, or the subnet is another network's", async () => {
    whole();
    answers.set(network, 404);
    answers.set(`${subnets}/nodes`, 404);
    expect(await problems(shared, [])).toEqual([
      'network "vpc" of acme-host is not there; gcloud compute networks create vpc --project acme-host --subnet-mode custom; or correct network.existing',
      'subnet "nodes" of acme-host is not in us-central1; gcloud compute networks subnets create nodes --project acme-host --region us-central1 --network vpc --range 10.20.0.0/20 --secondary-range pods=PODS_CIDR,services=SERVICES_CIDR --enable-private-ip-google-access; or correct network.existing.subnet',
    ]);
    answers.clear();
    bodies.set(`${subnets}/nodes`, {
      ...{ network: "https://g/projects/acme-host/global/networks/other", ipCidrRange: "10.20.0.0/20" },
      ...{
        privateIpGoogleAccess: true,
        secondaryIpRanges: [{ rangeName: "pods" }, { rangeName: "services" }],
      },
    });
    expect(await problems(shared, [])).toEqual([
      'subnet "nodes" of acme-host is in network other, not in vpc; correct network.existing',
    ]);
  });
});

describe("Google's service agents, which use the keys", () => {
  const encrypted = { ...prod, queues: plain.queues, encryption: { enabled: true } };
  const agent = "/projects/acme-ml-prod/services/gkebackup.googleapis.com:generateServiceIdentity";
  const agents = () => asked.filter((path) => path.endsWith(":generateServiceIdentity"));

  test("are made once more by a deploy, never by a plan, and not without keys", async () => {
    expect(await problems(encrypted, [])).toEqual([]);
    expect(agents()).toContain(agent);
    asked.length = 0;
    await problems(encrypted, [], "plan");
    await problems(plain, []);
    expect(agents()).toEqual([]);
  });

  test("fail with Google's words and both ways to make them; who may not make them leaves them to bootstrap", async () => {
    answers.set(agent, 400);
    expect(await problems(encrypted, [])).toEqual([
      "service agents for the keys can't be made: HTTP 400; npm run platform -- bootstrap prod; or for each service: gcloud beta services identity create --project acme-ml-prod --service SERVICE.googleapis.com",
    ]);
    answers.set(agent, 403);
    expect(await problems(encrypted, [])).toEqual([]);
  });
});

test("buckets and secrets of teams are there, and can let a namespace in", async () => {
  const buckets = { absent: "acme-absent", listed: "acme-listed", fine: "acme-fine", untold: "acme-untold" };
  const team = { projects: ["vision"], cpu: 8, memoryGib: 32, volumes: Object.keys(buckets) };
  const access = { buckets: { "acme-absent-too": "read" }, secrets: ["wandb-key"] } as const;
  const product = { projects: ["search"], cpu: 8, memoryGib: 32, access };
  const config: EnvironmentConfig = {
    ...plain,
    volumes: Object.fromEntries(
      Object.entries(buckets).map(([name, bucket]) => [name, { bucket, readOnly: true }]),
    ),
    queues: { teams: { research: team, product } },
  };
  answers.set("/b/acme-absent", 404);
  answers.set("/b/acme-absent-too", 404);
  answers.set("/projects/acme-dev/secrets/wandb-key", 404);
  answers.set("/b/acme-untold", 403);
  bodies.set("/b/acme-fine", {
    location: "US-CENTRAL1",
    iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
  });
  expect(await problems(config, [])).toEqual([
    'bucket "acme-absent" of volume absent is not there; gcloud storage buckets create gs://acme-absent --project acme-dev --location us-central1 --uniform-bucket-level-access --public-access-prevention; or correct volumes.absent.bucket',
    'bucket "acme-listed" of volume listed has no uniform access, without which no task can be let in; gcloud storage buckets update gs://acme-listed --uniform-bucket-level-access',
    'bucket "acme-absent-too" of team product is not there; gcloud storage buckets create gs://acme-absent-too --project acme-dev --location us-central1 --uniform-bucket-level-access --public-access-prevention; or correct queues.teams.product.access.buckets',
    'secret "wandb-key" of team product is not there; gcloud secrets create wandb-key --project acme-dev --data-file FILE; or correct queues.teams.product.access.secrets',
  ]);
});
