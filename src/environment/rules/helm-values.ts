import { chartKeys } from "../../../constructs/flyte/chart-keys";
import type { Topology } from "../../../constructs/flyte/chart";
import { isSecretName, isSecretValue, nearest, pathOf, type Problem } from "../problems";
import { problemIf, type Rule, rule } from "./rule";

type Values = Readonly<Record<string, unknown>>;

/** Names that identities and network policies rely on. */
const platformKeys = ["nameOverride", "fullnameOverride", "serviceAccount.name", "serviceAccount.create"];

/** Helm ignores a key that the chart does not read, without a word. */
function unknownKeys(values: Values, topology: Topology): readonly (Problem | undefined)[] {
  return Object.entries(values).flatMap(([key, inner]) => [
    keyProblem([key], topology, chartKeys(topology)),
    ...(isMap(inner)
      ? Object.keys(inner).map((name) => keyProblem([key, name], topology, chartKeys(topology, key)))
      : []),
  ]);
}

function keyProblem(
  path: readonly string[],
  topology: Topology,
  known: readonly string[],
): Problem | undefined {
  const key = path.at(-1) ?? "";
  if (known.length === 0 || known.includes(key)) return undefined;
  const meant = nearest(key, known);
  const listed = known.filter((each) => !platformKeys.includes(each)).join(", ");
  return {
    path: pathOf(["flyte", "extraValues", ...path]),
    message: `is not a value of the flyte-${topology} chart; ${meant ? `did you mean ${JSON.stringify(meant)}?` : `its values are ${listed}`}`,
  };
}

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasKey(values: unknown, path: string): boolean {
  const [first = "", ...rest] = path.split(".");
  if (typeof values !== "object" || values === null || !(first in values)) return false;
  return rest.length === 0 || hasKey((values as Record<string, unknown>)[first], rest.join("."));
}

const secretMessage =
  "must not hold a secret: values end in Terraform's state; keep it in Secret Manager and mount it, or name a Kubernetes Secret";

function secretProblems(value: unknown, path: readonly PropertyKey[]): readonly Problem[] {
  if (isMap(value) && isSecretName(String(value["name"])) && value["value"] !== undefined)
    return [{ path: pathOf([...path, "value"]), message: secretMessage }];
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, inner]) =>
      secretProblems(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    );
  if (typeof value !== "string" || value === "") return [];
  const secret = isSecretName(String(path.at(-1))) || isSecretValue(value);
  return secret ? [{ path: pathOf(path), message: secretMessage }] : [];
}

/** Values that are merged over the built ones. */
export const helmValueRules: readonly Rule[] = [
  rule(["flyte"], ({ flyte: { extraValues, topology } }) => [
    ...unknownKeys(extraValues, topology),
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
