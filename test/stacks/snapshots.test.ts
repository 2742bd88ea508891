import { readFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironments } from "../../src/environment/define";
import { buildApp } from "../../src/app";
import { shipped } from "../support/shipped";
import { addresses, type StackJson, synthesise } from "../support/synth";

// Each shipped environment alone: examples and environments may share names.
describe.each(shipped.map(({ config }) => [config.name, config] as const))(
  "environment %s",
  (name, config) => {
    const stacks = synthesise((outdir) => buildApp(defineEnvironments([config]).environments, { outdir }));

    test.each(Object.keys(stacks))("%s is what was reviewed", (stack) => {
      expect(readable(stacks[stack]!)).toMatchSnapshot();
    });

    // A changed address is a destroyed resource; this file makes it visible in review (docs/upgrading.md).
    test("keeps its addresses", () => {
      const file = join("test", "inventories", `${name}.txt`);
      const found = Object.entries(stacks)
        .flatMap(([stack, json]) => addresses(json).map((address) => `${stack} ${address}\n`))
        .join("");
      if (process.argv.includes("-u") || !existsSync(file)) writeFileSync(file, found);
      expect(found).toBe(readFileSync(file, "utf8"));
    });
  },
);

/** Helm values as what they say, one line each: a review of one long line of JSON is no review. */
function readable(stack: StackJson): StackJson {
  const releases = stack.resource?.["helm_release"];
  if (!releases) return stack;
  const readableReleases = Object.fromEntries(
    Object.entries(releases).map(([id, release]) => [
      id,
      { ...release, values: release["values"].map((value: string) => JSON.parse(value)) },
    ]),
  );
  return { ...stack, resource: { ...stack.resource, helm_release: readableReleases } };
}
