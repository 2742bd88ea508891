import { readFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RECORDING } from "../support/run-folder";
import { shippedStacks } from "../support/shipped-stacks";
import { addresses, type StackJson } from "../support/synth";

describe.each(shippedStacks().map(({ config, stacks }) => [config.name, stacks] as const))(
  "environment %s",
  (name, stacks) => {
    test.each(Object.keys(stacks))("%s is what was reviewed", (stack) => {
      expect(readable(stacks[stack]!)).toMatchSnapshot();
    });

    // A changed address is a destroyed resource; this file makes it visible in review (docs/upgrading.md).
    test("keeps its addresses", () => {
      const file = join("test", "inventories", `${name}.txt`);
      const found = Object.entries(stacks)
        .flatMap(([stack, json]) => addresses(json).map((address) => `${stack} ${address}\n`))
        .join("");
      if (process.env[RECORDING] || !existsSync(file)) writeFileSync(file, found);
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
