import { namesFor } from "../names";
import { problemIf, type Rule, rule } from "./rule";

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
  rule(["flyte"], ({ flyte: { cpu, topology } }) =>
    problemIf(
      topology === "binary" && !Number.isInteger(cpu * 4),
      "flyte.cpu",
      `must be in steps of 0.25, got ${cpu}; Autopilot would change it`,
    ),
  ),
  rule(["flyte"], ({ flyte: { cpu, memoryGib, topology } }) =>
    problemIf(
      topology === "binary" && (memoryGib < cpu || memoryGib > cpu * 6.5),
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
];
