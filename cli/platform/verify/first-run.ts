import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pulledName } from "../../../constructs/images";
import type { Environment } from "../../../src/environment/define";
import { namesFor } from "../../../src/environment/names";
import { imageSources } from "../../../stacks/image-sources";

// The first run of a new platform: examples/workflows/first_run.py, in the image that Flyte publishes for flytekit.

const FILE = "examples/workflows/first_run.py";
const REQUIREMENTS = "examples/workflows/requirements.txt";

/** Flyte's own image, through the environment's mirror of it: what the walls let every task run. */
export function firstImage(environment: Environment, root = "."): string {
  const version = /^flytekit==(\S+)/m.exec(readFileSync(join(root, REQUIREMENTS), "utf8"))?.[1] ?? "";
  return pulledName(
    `ghcr.io/flyteorg/flytekit:py3.12-${version}`,
    imageSources(environment, namesFor(environment)),
  );
}

/** Where it runs: the first project of the first team, in the first domain. */
export function firstPlace({ queues, flyte }: Environment): {
  readonly project: string;
  readonly domain: string;
} {
  const [project = ""] = Object.values(queues.teams).flatMap(({ projects }) => projects);
  return { project, domain: flyte.domains[0] ?? "" };
}

/** What a person types. */
export function firstRunCommand(environment: Environment, root?: string): string {
  const { project, domain } = firstPlace(environment);
  return `pyflyte run --remote -p ${project} -d ${domain} --image ${firstImage(environment, root)} ${FILE} first_run --name Ada`;
}
