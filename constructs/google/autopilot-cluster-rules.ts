import { Token } from "cdktf";
import type { Rule } from "../rules";
import type { AutopilotClusterProps } from "./autopilot-cluster";
import { cidrProblem } from "./cidr";

type ClusterRule = Rule<AutopilotClusterProps>;

const name: ClusterRule = ({ name }) =>
  /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name)
    ? undefined
    : `name must be 1 to 40 lowercase letters, digits and hyphens, start with a letter and not end with a hyphen, ` +
      `got ${JSON.stringify(name)}`;

const location: ClusterRule = ({ location }) =>
  /^[a-z]+-[a-z]+[0-9]+$/.test(location)
    ? undefined
    : `location must be a region such as "europe-west4", got ${JSON.stringify(location)}; Autopilot clusters are regional`;

const nodeServiceAccount: ClusterRule = ({ nodeServiceAccount }) =>
  Token.isUnresolved(nodeServiceAccount) ||
  /^[^@\s]+@[^@\s]+\.iam\.gserviceaccount\.com$/.test(nodeServiceAccount)
    ? undefined
    : `nodeServiceAccount must be the email of a service account of your own, got ${JSON.stringify(nodeServiceAccount)}`;

const authorizedNetworks: ClusterRule = ({ authorizedNetworks = {} }) =>
  Object.entries(authorizedNetworks)
    // Wider than a /8 nobody's office is; 0.0.0.0/0 is what the DNS endpoint is for.
    .map(([key, cidr]) => cidrProblem(`authorizedNetworks.${key}`, cidr, 8, 32))
    .find((problem) => problem !== undefined);

const securityGroup: ClusterRule = ({ securityGroup }) =>
  securityGroup === undefined || /^gke-security-groups@[^@\s]+$/.test(securityGroup)
    ? undefined
    : `securityGroup must be "gke-security-groups@<domain>", got ${JSON.stringify(securityGroup)}`;

const kmsKeyName: ClusterRule = ({ kmsKeyName, location }) =>
  kmsKeyName === undefined ||
  Token.isUnresolved(kmsKeyName) ||
  kmsKeyName.includes(`/locations/${location}/keyRings/`)
    ? undefined
    : `kmsKeyName must lie in the cluster's region "${location}", got ${JSON.stringify(kmsKeyName)}`;

const maintenanceTimes: ClusterRule = ({ maintenance }) => {
  const spans = { maintenance, ...prefixed("maintenance.exclusions", maintenance.exclusions ?? {}) };
  for (const [path, { startTime, endTime }] of Object.entries(spans)) {
    const wrong = Object.entries({ startTime, endTime }).find(([, time]) => !isUtc(time));
    if (wrong)
      return `${path}.${wrong[0]} must be a time in UTC such as "2026-01-03T01:00:00Z", got ${JSON.stringify(wrong[1])}`;
    if (Date.parse(endTime) <= Date.parse(startTime))
      return `${path}.endTime must be after startTime (${startTime}), got ${JSON.stringify(endTime)}`;
  }
  return undefined;
};

/** @see cloud.google.com/kubernetes-engine/docs/how-to/maintenance-windows-and-exclusions: shorter windows count for nothing */
const maintenanceWindow: ClusterRule = ({ maintenance: { startTime, endTime } }) => {
  const hours = (Date.parse(endTime) - Date.parse(startTime)) / 3_600_000;
  return hours > 0 && hours < 4
    ? `maintenance.endTime must be at least 4 hours after startTime, got ${hours} hours`
    : undefined;
};

const recurrence: ClusterRule = ({ maintenance: { recurrence } }) =>
  /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$/.test(recurrence)
    ? undefined
    : `maintenance.recurrence must be a rule such as "FREQ=WEEKLY;BYDAY=SA,SU", got ${JSON.stringify(recurrence)}`;

const exclusionCount: ClusterRule = ({ maintenance: { exclusions = {} } }) => {
  const count = Object.keys(exclusions).length;
  return count > 20 ? `maintenance.exclusions must be at most 20, got ${count}` : undefined;
};

/** What the provider or Google would refuse minutes into an apply, or accept and never stop wanting to change. */
export const autopilotClusterRules: readonly ClusterRule[] = [
  name,
  location,
  nodeServiceAccount,
  authorizedNetworks,
  securityGroup,
  kmsKeyName,
  maintenanceTimes,
  maintenanceWindow,
  recurrence,
  exclusionCount,
];

function isUtc(time: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time) && !Number.isNaN(Date.parse(time));
}

function prefixed<Value>(prefix: string, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value]));
}
