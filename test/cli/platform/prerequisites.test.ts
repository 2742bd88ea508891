import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { googleClient } from "../../../cli/platform/google/client";
import { limits } from "../../../cli/platform/limits";
import { checkPrerequisites } from "../../../cli/platform/preflight/prerequisites";
import { stack } from "./deploy-values";
import { testContext } from "./test-context";

const folder = mkdtempSync(join(tmpdir(), "prerequisites-"));
const answers = new Map<string, number>();
const asked: string[] = [];
/** Number of the project in which the API is off. */
let offIn = "";
const google = createServer(({ url = "" }, response) => {
  if (url.startsWith("/manager/")) return void response.end(JSON.stringify({ name: "projects/4711" }));
  asked.push(url);
  const message = `Cloud DNS API has not been used in project ${offIn} before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/dns.googleapis.com/overview`;
  response.writeHead(answers.get(url) ?? 200);
  response.end(JSON.stringify(offIn ? { error: { message } } : {}));
});
beforeAll(() => new Promise<void>((done) => google.listen(0, "127.0.0.1", done)));
afterAll(() => {
  google.closeAllConnections();
  google.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  answers.clear();
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

async function problems() {
  const endpoint = `http://127.0.0.1:${(google.address() as AddressInfo).port}/`;
  const names = ["GOOGLE_DNS", "GOOGLE_MONITORING", "GOOGLE_SECRET_MANAGER"];
  const env = {
    ...Object.fromEntries(names.map((name) => [`${name}_CUSTOM_ENDPOINT`, endpoint])),
    GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT: `${endpoint}manager/`,
  };
  const client = googleClient({
    ...{ env, limits: { ...limits, request: 500 }, now: Date.now },
    ...{ sleep: () => Promise.resolve(), token: () => Promise.resolve("t") },
  });
  const findings = await checkPrerequisites(testContext({ google: client }), [{ ...stack, folder }]);
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
