import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Netmask } from "netmask";
import type { Flavor, Queues, Team } from "../../../constructs/kueue/types";
import { demo } from "../../../examples/minimal/demo";
import { defineEnvironments } from "../../../src/environment/define";
import { environments as configs } from "../../../src/environments";

describe("the environments of this repository", () => {
  const { environments, warnings } = defineEnvironments(configs);
  const [dev, staging, prod] = environments;

  test("are dev, staging and prod, in files of their names", () => {
    expect(environments.map(({ name }) => name)).toEqual(["dev", "staging", "prod"]);
    for (const { name } of environments)
      expect(readFileSync(join(__dirname, `../../../src/environments/${name}.ts`), "utf8")).toContain(
        `export const ${name}: EnvironmentConfig`,
      );
  });

  test("are without risks, but that Flyte's sign-in needs an identity provider that only the fork knows", () => {
    expect(warnings).toEqual(
      ["staging", "prod"].map(
        (name) =>
          `environment "${name}": flyte.access.mode is "internal" without sign-in (flyte.extraValues.configuration.auth.enabled); whoever reaches the VPC can run tasks`,
      ),
    );
  });

  test("have a project each, and ranges that could be connected", () => {
    expect(new Set(environments.map(({ project }) => project)).size).toBe(3);
    const ranges = environments.flatMap(({ network }) =>
      [network.nodesCidr, network.podsCidr, network.servicesCidr, network.privateServicesCidr].map(
        (cidr) => new Netmask(cidr),
      ),
    );
    const overlapping = ranges.filter((one) =>
      ranges.some((other) => other !== one && other.contains(one.base)),
    );
    expect(overlapping.map(String)).toEqual([]);
  });

  test("differ where they should", () => {
    expect(environments.map((each) => each.deletionProtection)).toEqual([false, true, true]);
    expect(environments.map((each) => each.database.highAvailability)).toEqual([false, true, true]);
    expect(environments.map((each) => each.encryption.enabled)).toEqual([false, true, true]);
    expect(environments.map((each) => each.flyte.access.mode)).toEqual([
      "port-forward",
      "internal",
      "internal",
    ]);
    expect(Object.values(dev!.queues.flavors).map((flavor) => flavor.provisioning)).toEqual([
      "on-demand",
      "spot",
    ]);
    expect(new Set(Object.values(prod!.queues.flavors).map((flavor) => flavor.provisioning))).toEqual(
      new Set(["on-demand", "spot", "flex-start", "queued"]),
    );
    expect(Object.keys(staging!.queues.teams)).toEqual(Object.keys(prod!.queues.teams));
  });

  test("speak the words of constructs/kueue", () => {
    const queues: Queues = prod!.queues;
    const flavors: Readonly<Record<string, Flavor>> = prod!.queues.flavors;
    const teams: Readonly<Record<string, Team>> = prod!.queues.teams;
    expect(queues).toMatchObject({ flavors, teams });
  });
});

describe("the smallest environment", () => {
  test("is valid, without a warning, in 15 lines", () => {
    expect(defineEnvironments([demo], "examples/minimal").warnings).toEqual([]);
    const file = readFileSync(join(__dirname, "../../../examples/minimal/demo.ts"), "utf8");
    expect(file.trim().split("\n").length).toBeLessThanOrEqual(15);
  });
});
