import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Netmask } from "netmask";
import type { Flavor, Queues, Team } from "../../../constructs/kueue/types";
import { demo } from "../../../examples/minimal/demo";
import { defineEnvironments } from "../../../src/environment/define";
import { environments as configs } from "../../../src/environments";

const folder = join(__dirname, "../../../src/environments");
const { environments, warnings } = defineEnvironments(configs);
const named = (name: string) => environments.find((each) => each.name === name);

// A fork keeps these, with whatever environments it has.
describe("the environments of this repository", () => {
  test("are in files of their names, and no file is forgotten in index.ts", () => {
    const files = readdirSync(folder).filter((file) => file !== "index.ts");
    expect(files.sort()).toEqual(environments.map(({ name }) => `${name}.ts`).sort());
    for (const { name } of environments)
      expect(readFileSync(join(folder, `${name}.ts`), "utf8")).toContain(
        `export const ${name}: EnvironmentConfig`,
      );
  });

  test("have ranges that could be connected", () => {
    const ranges = environments
      .filter(({ network }) => !network.existing)
      .flatMap(({ network }) =>
        [network.nodesCidr, network.podsCidr, network.servicesCidr, network.privateServicesCidr].map(
          (cidr) => new Netmask(cidr),
        ),
      );
    const overlapping = ranges.filter((one) =>
      ranges.some((other) => other !== one && other.contains(one.base)),
    );
    expect(overlapping.map(String)).toEqual([]);
  });

  test("speak the words of constructs/kueue", () => {
    for (const environment of environments) {
      const queues: Queues = environment.queues;
      const flavors: Readonly<Record<string, Flavor>> = environment.queues.flavors;
      const teams: Readonly<Record<string, Team>> = environment.queues.teams;
      expect(queues).toMatchObject({ flavors, teams });
    }
  });
});

// What the three show to whoever reads them first. A fork that has its own skips it.
const asShipped =
  environments.map(({ project }) => project).join() === "acme-ml-dev,acme-ml-staging,acme-ml-prod";
(asShipped ? describe : describe.skip)("dev, staging and prod, as they are shipped", () => {
  const [dev, staging, prod] = ["dev", "staging", "prod"].map(named);

  test("are without risks", () => {
    expect(warnings).toEqual([]);
  });

  test("have a project each, and differ where they should", () => {
    expect(new Set(environments.map(({ project }) => project)).size).toBe(3);
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
});

describe("the smallest environment", () => {
  test("is valid, without a warning, in 15 lines", () => {
    expect(defineEnvironments([demo], "examples/minimal").warnings).toEqual([]);
    const file = readFileSync(join(__dirname, "../../../examples/minimal/demo.ts"), "utf8");
    expect(file.trim().split("\n").length).toBeLessThanOrEqual(15);
  });
});
