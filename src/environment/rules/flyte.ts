import { isSecretName, nearest, pathOf, type Problem } from "../problems";
import { problemIf, type Rule, rule } from "./rule";

/** What the flyte-binary chart v1.16.8 reads; Helm ignores any other key without a word. */
const chartKeys = [
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
];

/** Names that identities and network policies rely on. */
const platformKeys = ["nameOverride", "fullnameOverride", "serviceAccount.name", "serviceAccount.create"];

function chartKeyProblem(key: string): Problem | undefined {
  if (chartKeys.includes(key) || platformKeys.includes(key)) return undefined;
  const meant = nearest(key, chartKeys);
  return {
    path: pathOf(["flyte", "extraValues", key]),
    message: `is not a value of the flyte-binary chart; ${meant ? `did you mean ${JSON.stringify(meant)}?` : `its values are ${chartKeys.join(", ")}`}`,
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
  rule(["flyte"], ({ flyte: { cpu, memoryGib } }) =>
    problemIf(
      memoryGib < cpu || memoryGib > cpu * 6.5,
      "flyte.memoryGib",
      `must be ${cpu} to ${cpu * 6.5} for ${cpu} vCPU, 1 to 6.5 GiB each, got ${memoryGib}; Autopilot would change it`,
    ),
  ),
  rule(["flyte"], ({ flyte: { extraValues } }) => [
    ...Object.keys(extraValues).map(chartKeyProblem),
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
