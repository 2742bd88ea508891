import { namesFor } from "../names";
import { isSecretName, nearest, pathOf, type Problem } from "../problems";
import type { Environment } from "../schema";
import { problemIf, type Rule, rule } from "./rule";

type Flyte = Environment["flyte"];

/** What the charts v1.16.8 read; Helm ignores any other key without a word. */
const chartKeys: Readonly<Record<Flyte["topology"], readonly string[]>> = {
  binary: [
    "commonLabels",
    "commonAnnotations",
    "flyte-core-components",
    "configuration",
    "clusterResourceTemplates",
    "deployment",
    "service",
    "ingress",
    "rbac",
    "serviceAccount",
    "flyteconnector",
    "enabled_plugins",
  ],
  core: [
    "flyteadmin",
    "flytescheduler",
    "datacatalog",
    "flyteconnector",
    "flytepropeller",
    "flyteconsole",
    "deployRedoc",
    "secrets",
    "webhook",
    "common",
    "storage",
    "db",
    "configmap",
    "workflow_scheduler",
    "workflow_notifications",
    "external_events",
    "cloud_events",
    "cluster_resource_manager",
    "sparkoperator",
    "daskoperator",
    "databricks",
  ],
};

/** Names that identities and network policies rely on. */
const platformKeys = ["nameOverride", "fullnameOverride", "serviceAccount.name", "serviceAccount.create"];

function chartKeyProblem(key: string, topology: Flyte["topology"]): Problem | undefined {
  const known = chartKeys[topology];
  if (known.includes(key) || platformKeys.includes(key)) return undefined;
  const meant = nearest(key, known);
  return {
    path: pathOf(["flyte", "extraValues", key]),
    message: `is not a value of the flyte-${topology} chart; ${meant ? `did you mean ${JSON.stringify(meant)}?` : `its values are ${known.join(", ")}`}`,
  };
}

function hasKey(values: unknown, path: string): boolean {
  const [first = "", ...rest] = path.split(".");
  if (typeof values !== "object" || values === null || !(first in values)) return false;
  return rest.length === 0 || hasKey((values as Record<string, unknown>)[first], rest.join("."));
}

function secretProblems(value: unknown, path: readonly PropertyKey[]): readonly Problem[] {
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, inner]) =>
      secretProblems(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    );
  const secret = typeof value === "string" && value !== "" && isSecretName(String(path.at(-1)));
  if (!secret) return [];
  return [
    {
      path: pathOf(path),
      message:
        "must not hold a secret: values end in Terraform's state; keep it in Secret Manager and mount it, or name a Kubernetes Secret",
    },
  ];
}

function repeated(items: readonly string[]): readonly string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}

export const flyteRules: readonly Rule[] = [
  rule(["flyte"], ({ flyte: { domains } }) =>
    repeated(domains).map((domain) => ({
      path: "flyte.domains",
      message: `must name each domain once, got ${JSON.stringify(domain)} more than once`,
    })),
  ),
  rule(["flyte"], ({ flyte: { cpu } }) =>
    problemIf(
      !Number.isInteger(cpu * 4),
      "flyte.cpu",
      `must be in steps of 0.25, got ${cpu}; Autopilot would change it`,
    ),
  ),
  rule(["flyte"], ({ flyte: { cpu, memoryGib } }) =>
    problemIf(
      memoryGib < cpu || memoryGib > cpu * 6.5,
      "flyte.memoryGib",
      `must be ${cpu} to ${cpu * 6.5} for ${cpu} vCPU, 1 to 6.5 GiB each, got ${memoryGib}; Autopilot would change it`,
    ),
  ),
  rule(["flyte"], ({ flyte: { generation } }) =>
    problemIf(
      generation === 2,
      "flyte.generation",
      "must be 1, got 2; Flyte 2 has no sign-in of its own, no namespaces for projects and no documentation for Google Cloud yet: docs/decisions/0012-flyte-1.md",
    ),
  ),
  rule(["name", "project", "prefix", "flyte"], ({ flyte, ...named }) => {
    const longest = Object.values(namesFor(named).flyteCoreAccounts).sort((a, b) => b.length - a.length)[0];
    return problemIf(
      flyte.topology === "core" && longest !== undefined && longest.length > 30,
      "flyte.topology",
      `must be "binary" with this prefix and name, got "core"; the service account ${JSON.stringify(longest)} would have ${longest?.length} characters, and 30 are allowed`,
    );
  }),
  rule(["flyte"], ({ flyte: { extraValues, topology } }) => [
    ...Object.keys(extraValues).map((key) => chartKeyProblem(key, topology)),
    ...platformKeys.map((key) =>
      problemIf(
        hasKey(extraValues, key),
        `flyte.extraValues.${key}`,
        "must be left out: identities and network policies rely on the platform's own names",
      ),
    ),
    ...secretProblems(extraValues, ["flyte", "extraValues"]),
  ]),
];
