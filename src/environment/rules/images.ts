import type { Problem } from "../problems";
import { problemIf, type Rule, rule } from "./rule";

/** Registries to which anybody may push: as a whole they say nothing about an image. */
const everybodys =
  /^(((registry-1|index|hub|registry)\.)?docker\.(io|com)|ghcr\.io|quay\.io|registry\.gitlab\.com|public\.ecr\.aws|((us|eu|asia)\.)?gcr\.io|[a-z]+(-[a-z]+\d+)?-docker\.pkg\.dev)\/$/;

function openProblem(prefix: string, index: number): Problem | undefined {
  const path = `policies.admission.registries[${index}]`;
  const got = JSON.stringify(prefix);
  return (
    problemIf(
      everybodys.test(prefix),
      path,
      `must name whose images they are, got ${got}, to which anybody may push; write ${JSON.stringify(`${prefix}<yours>/`)}`,
    ) ??
    problemIf(
      prefix.includes("//"),
      path,
      `must not have two slashes in a row, got ${got}: no image's name has them, so it would let nothing in`,
    )
  );
}

export const imageRules: readonly Rule[] = [
  rule(["policies"], ({ policies }) => policies.admission.registries.map(openProblem)),
];
