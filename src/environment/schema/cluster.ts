import { defaulted, flag, group, mapOf, oneOf, optional, required, text } from "./kinds";
import { cidr, utcTime } from "./names";

const controlPlane = group({
  dnsEndpoint: defaulted(flag(), true, {
    meaning:
      "Reach the control plane by its DNS name from anywhere; IAM decides who may. No network range to keep up to date.",
    change: "In place.",
  }),
  authorizedNetworks: defaulted(
    mapOf(
      "ranges by display name",
      text("up to 63 letters, digits, blanks, dots, hyphens and underscores", /^[A-Za-z0-9][\w .-]{0,62}$/),
      cidr("203.0.113.0/24"),
    ),
    {},
    {
      meaning:
        "Ranges that may reach the control plane's public IP endpoint, by display name. Empty: there is no public IP endpoint.",
      change: "In place.",
      example: '{ office: "203.0.113.0/24" }',
    },
  ),
});

const exclusion = group({
  startTime: required(utcTime(), {
    meaning: "When it begins.",
    change: "In place.",
    example: '"2026-12-18T00:00:00Z"',
  }),
  endTime: required(utcTime(), {
    meaning: "When it ends. `NO_UPGRADES` lasts 90 days at most.",
    change: "In place.",
    example: '"2027-01-04T00:00:00Z"',
  }),
  scope: required(oneOf("NO_UPGRADES", "NO_MINOR_UPGRADES", "NO_MINOR_OR_NODE_UPGRADES"), {
    meaning: "What GKE must not do in that time.",
    change: "In place.",
  }),
});

const maintenance = group({
  startTime: defaulted(utcTime(), "2026-01-03T01:00:00Z", {
    meaning:
      "Start of the first maintenance window; with `recurrence` it gives the hour (UTC) of all of them.",
    change: "In place.",
  }),
  endTime: defaulted(utcTime(), "2026-01-03T09:00:00Z", {
    meaning: "End of the first window, 4 to 24 hours after its start.",
    change: "In place.",
  }),
  recurrence: defaulted(
    text(
      'a recurrence rule such as "FREQ=WEEKLY;BYDAY=SA,SU"',
      /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$/,
    ),
    "FREQ=WEEKLY;BYDAY=SA,SU",
    {
      meaning: "How the window repeats (RFC 5545). GKE wants 48 hours of windows in every 32 days.",
      change: "In place.",
      source: "cloud.google.com/kubernetes-engine/docs/how-to/maintenance-windows-and-exclusions",
    },
  ),
  exclusions: defaulted(
    mapOf(
      "exclusions by name",
      text("up to 63 letters, digits, hyphens and underscores", /^[A-Za-z][\w-]{0,62}$/),
      exclusion,
    ),
    {},
    {
      meaning: "Times without upgrades, by name: a conference deadline, the end of the year.",
      change: "In place.",
      example:
        '{ "year-end": { startTime: "2026-12-18T00:00:00Z", endTime: "2027-01-04T00:00:00Z", scope: "NO_UPGRADES" } }',
    },
  ),
});

export const cluster = group({
  releaseChannel: defaulted(oneOf("RAPID", "REGULAR", "STABLE", "EXTENDED"), "REGULAR", {
    meaning: "How early GKE versions arrive. Autopilot upgrades by itself; the channel decides when.",
    change: "In place.",
  }),
  controlPlane: defaulted(
    controlPlane,
    {},
    {
      meaning: "Who can reach the Kubernetes API, and how.",
      change: "In place.",
    },
  ),
  maintenance: defaulted(
    maintenance,
    {},
    {
      meaning: "When GKE may upgrade the control plane and the nodes.",
      change: "In place.",
    },
  ),
  binaryAuthorization: defaulted(flag(), false, {
    meaning:
      "Run only images that the project's Binary Authorization policy admits. The policy itself is yours.",
    change: "In place.",
  }),
  securityGroup: optional(
    text(
      'a group called gke-security-groups, such as "gke-security-groups@acme.example"',
      /^gke-security-groups@[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    ),
    {
      meaning: "Google Workspace group whose member groups may be named in Kubernetes RBAC.",
      default: "none",
      change:
        'In place. Taken away, it stays set: `gcloud container clusters update NAME --location REGION --security-group=""` takes it off.',
    },
  ),
});
