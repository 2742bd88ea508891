import { Lazy, Token } from "cdktf";
import type { AutopilotClusterProps, Maintenance } from "../../../constructs/google/autopilot-cluster";
import { autopilotClusterRules } from "../../../constructs/google/autopilot-cluster-rules";

const window: Maintenance = {
  startTime: "2026-01-03T01:00:00Z",
  endTime: "2026-01-03T09:00:00Z",
  recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
};

const props: AutopilotClusterProps = {
  project: "acme-dev",
  location: "europe-west4",
  name: "flyte-dev-cluster",
  network: "projects/acme-dev/global/networks/n",
  subnetwork: "projects/acme-dev/regions/europe-west4/subnetworks/s",
  podsRange: "pods",
  servicesRange: "services",
  nodeTags: ["nodes"],
  nodeServiceAccount: "nodes@acme-dev.iam.gserviceaccount.com",
  maintenance: window,
};

const problems = (overrides: Partial<AutopilotClusterProps>) =>
  autopilotClusterRules
    .map((rule) => rule({ ...props, ...overrides }))
    .filter((problem) => problem !== undefined);

const unknown = Token.asString(Lazy.stringValue({ produce: () => "later" }));
const nameProblem = (name: string) =>
  `name must be 1 to 40 lowercase letters, digits and hyphens, start with a letter and not end with a hyphen, got "${name}"`;
const exclusion = (startTime: string, endTime: string) => ({
  maintenance: { ...window, exclusions: { freeze: { startTime, endTime, scope: "NO_UPGRADES" as const } } },
});

describe("the rules of a cluster", () => {
  test("pass the defaults", () => expect(problems({})).toEqual([]));

  test.each<[string, Partial<AutopilotClusterProps>]>([
    ["a name of 1", { name: "a" }],
    ["a name of 40", { name: "a".repeat(40) }],
    ["an account known later", { nodeServiceAccount: unknown }],
    ["a /8", { authorizedNetworks: { company: "10.0.0.0/8" } }],
    ["one address", { authorizedNetworks: { me: "203.0.113.7/32" } }],
    ["a group", { securityGroup: "gke-security-groups@acme.example" }],
    ["a key in the region", { kmsKeyName: "projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k" }],
    ["a key known later", { kmsKeyName: unknown }],
    ["a window of 4 hours", { maintenance: { ...window, endTime: "2026-01-03T05:00:00Z" } }],
    ["a daily window", { maintenance: { ...window, recurrence: "FREQ=DAILY" } }],
    ["a short exclusion", exclusion("2026-12-18T00:00:00Z", "2026-12-18T00:00:01Z")],
    ["20 exclusions", { maintenance: { ...window, exclusions: exclusions(20) } }],
  ])("pass %s", (_, overrides) => expect(problems(overrides)).toEqual([]));

  test.each<[Partial<AutopilotClusterProps>, string]>([
    [{ name: "" }, nameProblem("")],
    [{ name: "a".repeat(41) }, nameProblem("a".repeat(41))],
    [{ name: "flyte-" }, nameProblem("flyte-")],
    [
      { location: "europe-west4-a" },
      'location must be a region such as "europe-west4", got "europe-west4-a"; Autopilot clusters are regional',
    ],
    [
      { nodeServiceAccount: "default" },
      'nodeServiceAccount must be the email of a service account of your own, got "default"',
    ],
    [
      { nodeServiceAccount: "123-compute@developer.gserviceaccount.com" },
      'nodeServiceAccount must be the email of a service account of your own, got "123-compute@developer.gserviceaccount.com"',
    ],
    [
      { authorizedNetworks: { office: "203.0.113.0/24", all: "0.0.0.0/0" } },
      'authorizedNetworks.all must be between a /8 and a /32, got "0.0.0.0/0"',
    ],
    [
      { authorizedNetworks: { half: "128.0.0.0/7" } },
      'authorizedNetworks.half must be between a /8 and a /32, got "128.0.0.0/7"',
    ],
    [
      { authorizedNetworks: { office: "203.0.113.7" } },
      'authorizedNetworks.office must be an IPv4 range such as "10.0.0.0/20", got "203.0.113.7"',
    ],
    [
      { securityGroup: "platform@acme.example" },
      'securityGroup must be "gke-security-groups@<domain>", got "platform@acme.example"',
    ],
    [
      { kmsKeyName: "projects/p/locations/europe/keyRings/r/cryptoKeys/k" },
      'kmsKeyName must lie in the cluster\'s region "europe-west4", got "projects/p/locations/europe/keyRings/r/cryptoKeys/k"',
    ],
    [
      { maintenance: { ...window, startTime: "2026-01-03T02:00:00+01:00" } },
      'maintenance.startTime must be a time in UTC such as "2026-01-03T01:00:00Z", got "2026-01-03T02:00:00+01:00"',
    ],
    [
      { maintenance: { ...window, endTime: "2026-13-03T09:00:00Z" } },
      'maintenance.endTime must be a time in UTC such as "2026-01-03T01:00:00Z", got "2026-13-03T09:00:00Z"',
    ],
    [
      { maintenance: { ...window, endTime: window.startTime } },
      'maintenance.endTime must be after startTime (2026-01-03T01:00:00Z), got "2026-01-03T01:00:00Z"',
    ],
    [
      { maintenance: { ...window, endTime: "2026-01-03T04:30:00Z" } },
      "maintenance.endTime must be at least 4 hours after startTime, got 3.5 hours",
    ],
    [
      { maintenance: { ...window, recurrence: "RRULE:FREQ=DAILY" } },
      'maintenance.recurrence must be a rule such as "FREQ=WEEKLY;BYDAY=SA,SU", got "RRULE:FREQ=DAILY"',
    ],
    [
      exclusion("2026-12-18", "2027-01-04T00:00:00Z"),
      'maintenance.exclusions.freeze.startTime must be a time in UTC such as "2026-01-03T01:00:00Z", got "2026-12-18"',
    ],
    [
      exclusion("2026-12-18T00:00:00Z", "2026-12-18T00:00:00Z"),
      'maintenance.exclusions.freeze.endTime must be after startTime (2026-12-18T00:00:00Z), got "2026-12-18T00:00:00Z"',
    ],
    [
      { maintenance: { ...window, exclusions: exclusions(21) } },
      "maintenance.exclusions must be at most 20, got 21",
    ],
  ])("fails for %j", (overrides, problem) => expect(problems(overrides)).toEqual([problem]));
});

function exclusions(count: number): Maintenance["exclusions"] {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `freeze-${index}`,
      { startTime: "2026-12-18T00:00:00Z", endTime: "2027-01-04T00:00:00Z", scope: "NO_UPGRADES" as const },
    ]),
  );
}
