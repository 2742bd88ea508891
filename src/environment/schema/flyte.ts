import { access } from "./access";
import {
  anything,
  decimal,
  defaulted,
  flag,
  group,
  listOf,
  mapOf,
  oneOf,
  optional,
  text,
  wholeNumber,
} from "./kinds";
import { duration, label } from "./names";

export const kueue = group({
  replicas: defaulted(wholeNumber(1, 3), 2, {
    meaning: "Copies of Kueue's manager. While none serves, no task can start.",
    change: "In place.",
  }),
  waitForPodsReady: defaulted(duration(), "168h", {
    meaning:
      "How long an admitted task may wait for its node before Kueue evicts it, which kills the task's Pod. Spot and flex-start capacity can take days.",
    change: "In place.",
    example: '"24h"',
  }),
  retainDeactivated: defaulted(duration(), "3h", {
    meaning:
      "How long a rejected task stays visible before it is removed and Flyte learns of the failure. Flyte then asks six times more: shorter means that a shortage at Google fails tasks sooner.",
    change: "In place.",
    example: '"10m"',
  }),
});

export const flyte = group({
  generation: defaulted(wholeNumber(1, 2), 1, {
    meaning: "Flyte's generation. Only 1 is built; docs/decisions/0012-flyte-1.md says why.",
    change: "Refused.",
  }),
  topology: defaulted(oneOf("binary", "core"), "binary", {
    meaning:
      "`binary`: all of Flyte in one pod, away for some minutes when it is upgraded. `core`: each part in pods of its own, two of each where it can be; about six times the CPU.",
    change: "In place, with some minutes without Flyte; docs/upgrading.md says what to do first.",
  }),
  domains: defaulted(
    listOf("Flyte domains (lower-case letters, digits and hyphens)", label()),
    ["development", "staging", "production"],
    {
      meaning: "Flyte's domains. Every project of a team has one namespace for each.",
      change: "In place; the namespaces of a removed domain stay.",
    },
  ),
  access: defaulted(
    access,
    { mode: "port-forward" },
    {
      meaning: "How people reach Flyte's console and API.",
      change: "In place.",
      example:
        '{ mode: "public", host: "flyte.acme.example", oidc: { baseUrl: "https://accounts.google.com", clientId: "…" } }',
    },
  ),
  corsOrigins: optional(
    listOf(
      'origins such as "https://notebooks.acme.example"',
      text(
        "a scheme, a host and perhaps a port, without a slash at its end",
        /^https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/,
      ),
    ),
    {
      meaning:
        "Web sites whose scripts may call Flyte's API in their visitors' browsers (CORS), beside its own console. Without sign-in each of them may do all that its visitors may.",
      default: "none",
      change: "In place, with a restart of the backend.",
      example: '["https://notebooks.acme.example"]',
    },
  ),
  secretsWebhook: defaulted(flag(), false, {
    meaning:
      "Flyte's own webhook for `secret_requests`: it puts secrets into the pods of tasks that ask for them. Tasks get secrets without it, as volumes: docs/secrets.md. On, it runs beside what Flyte itself keeps secret, Flyte may change every new pod of tasks and write webhooks of the cluster, and the API server reaches it on port 9443. It lends no right to read a task's Secrets: with them it writes references.",
    change:
      "In place, with a restart of the backend. Off again, its MutatingWebhookConfiguration stays: docs/upgrading.md.",
  }),
  cpu: defaulted(decimal(0.5, 30, "vCPU"), 1, {
    meaning: "CPU of the backend's Pod. Topology core has sizes of its own, for `extraValues` to change.",
    change: "In place, with a restart of the backend.",
  }),
  memoryGib: defaulted(decimal(0.5, 110, "GiB"), 2, {
    meaning: "Memory of the backend's Pod, 1 to 6.5 GiB per vCPU (Autopilot raises what lies outside).",
    change: "In place, with a restart of the backend.",
  }),
  extraValues: defaulted(
    mapOf(
      "Helm values",
      text("letters, digits, hyphens and underscores, starting with a letter", /^[A-Za-z][\w-]*$/),
      anything(),
    ),
    {},
    {
      meaning:
        "Values for the chart of the topology (flyte-binary, flyte-core), merged over the built ones, last. The way to what has no key here. Never a secret: values end in Terraform's state.",
      change: "In place.",
      example: "{ configuration: { logging: { level: 5 } } }",
    },
  ),
});
