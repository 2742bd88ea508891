import {
  anything,
  choice,
  decimal,
  defaulted,
  group,
  listOf,
  mapOf,
  required,
  text,
  wholeNumber,
  exactly,
} from "./kinds";
import { goDuration, label } from "./names";

export const kueue = group({
  replicas: defaulted(wholeNumber(1, 3), 2, {
    meaning: "Copies of Kueue's manager. While none serves, no task can start.",
    change: "In place.",
  }),
  waitForPodsReady: defaulted(goDuration(), "168h", {
    meaning:
      "How long an admitted task may wait for its node before Kueue evicts it, which kills the task's Pod. Spot and flex-start capacity can take days.",
    change: "In place.",
    example: '"24h"',
  }),
  retainDeactivated: defaulted(goDuration(), "1h", {
    meaning: "How long a rejected task stays visible before it is removed and Flyte learns of the failure.",
    change: "In place.",
    example: '"10m"',
  }),
});

const access = choice("mode", [
  group({
    mode: required(exactly("port-forward"), {
      meaning: "Only through `kubectl port-forward`: whoever may reach the cluster.",
      change: "In place.",
    }),
  }),
  group({
    mode: required(exactly("internal"), {
      meaning: "An internal load balancer, reachable from the VPC and what is connected to it.",
      change: "In place.",
    }),
  }),
]);

export const flyte = group({
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
      example: '{ mode: "internal" }',
    },
  ),
  cpu: defaulted(decimal(0.25, 28, "vCPU"), 1, {
    meaning: "CPU of the backend's Pod.",
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
        "Values for the flyte-binary chart, merged over the built ones, last. The way to what has no key here. Never a secret: values end in Terraform's state.",
      change: "In place.",
      example: "{ configuration: { logging: { level: 5 } } }",
    },
  ),
});
