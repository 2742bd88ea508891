import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { followers } from "../../../cli/environments/followers";
import { newEnvironment } from "../../../cli/platform/commands/new";
import { remove } from "../../../cli/platform/commands/remove";
import { gpus as catalogue } from "../../../constructs/kueue/gpus";
import { defineEnvironments } from "../../../src/environment/define";
import { environments } from "../../../src/environments";
import type { EnvironmentConfig } from "../../../src/environment/schema";
import { testContext } from "./test-context";

/** A name that no fork has. */
const SPARE = "sparespare";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fork-"));
  for (const path of ["src/environments", "test/inventories", ...Object.keys(followers)])
    cpSync(path, join(root, path), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const given = {
  project: "acme-eu",
  region: "europe-west4",
  team: "vision",
  flyteProjects: "a, b",
  gpus: "l4,a100-80gb",
};
const context = (name: string, options = {}, more = {}) =>
  testContext({ name, root, options, configs: environments, ...more });
const listed = (): EnvironmentConfig[] => {
  for (const file of Object.keys(require.cache))
    if (file.startsWith(root)) Reflect.deleteProperty(require.cache, file);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what was written, as the app would read it
  return (require(join(root, "src/environments/index.ts")) as { environments: EnvironmentConfig[] })
    .environments;
};
const read = (file: string) => readFileSync(join(root, file), "utf8");
const everything = () => [...Object.keys(followers), "src/environments/index.ts"].map(read);

/** All that names environments says what the list says. */
function expectFollowed(): void {
  const defined = defineEnvironments(listed()).environments;
  for (const [file, follower] of Object.entries(followers))
    expect(read(file)).toBe(follower(read(file), defined));
}

describe("new", () => {
  test("makes an environment that is valid, formatted, listed last, in CI, and on free ranges", async () => {
    expect(await newEnvironment.run(context(SPARE, given))).toBe(0);
    const made = listed();
    expect(made.map(({ name }) => name)).toEqual([...environments.map(({ name }) => name), SPARE]);
    expect(made.at(-1)).toMatchObject({
      project: "acme-eu",
      state: { bucket: "acme-eu-terraform-state" },
      queues: {
        flavors: { l4: { gpu: "l4", provisioning: "on-demand" } },
        teams: { vision: { projects: ["a", "b"], gpus: { l4: 8, "a100-80gb": 8 } } },
      },
    });
    expect(made.at(-1)).not.toHaveProperty("deletionProtection");
    const repositories = new Set(environments.flatMap(({ github }) => github?.repository ?? []));
    expect(made.at(-1)?.github).toEqual(
      repositories.size === 1 ? { repository: [...repositories][0] } : undefined,
    );
    expect(read(".github/workflows/deploy.yml")).toContain(
      `  ${SPARE}:\n    needs: ${environments.at(-1)?.name}\n`,
    );
    expectFollowed();
    const files = [SPARE, "index"].map((name) => join(root, `src/environments/${name}.ts`));
    const prettier = [
      "node_modules/prettier/bin/prettier.cjs",
      "--config",
      ".prettierrc.json",
      "--check",
      ...files,
    ];
    execFileSync(process.execPath, prettier, { stdio: "pipe" });
  });

  test("takes every GPU of the catalogue, each by a way in which Google offers it", async () => {
    const gpus = Object.keys(catalogue);
    expect(await newEnvironment.run(context(SPARE, { ...given, gpus: gpus.join(",") }))).toBe(0);
    const { flavors } = defineEnvironments(listed()).environments.at(-1)!.queues;
    expect(Object.keys(flavors)).toEqual(gpus);
    expect([flavors["l4"]?.provisioning, flavors["h100-80gb"]?.provisioning]).toEqual([
      "on-demand",
      "flex-start",
    ]);
  });

  test("asks for what was not said, and takes the usual answer", async () => {
    const asked: string[] = [];
    const ask = (question: string) => Promise.resolve(asked.push(question) === 1 ? "acme-lab" : "");
    expect(await newEnvironment.run(context("lab", { unprotected: true }, { ask }))).toBe(0);
    expect(asked).toHaveLength(6);
    expect(listed().at(-1)).toMatchObject({
      project: "acme-lab",
      region: "us-central1",
      state: { bucket: "acme-lab-terraform-state" },
      deletionProtection: false,
      queues: { teams: { research: { projects: ["experiments"] } } },
    });
  });

  test.each([
    [SPARE, {}, "--project must be given where nobody can be asked"],
    [SPARE, { ...given, gpus: "l5" }, 'got "l5"'],
    ["e-u", given, 'got "e-u"'],
    ["class", given, 'name must not be a word of JavaScript, got "class"'],
    [environments[0]!.name, given, "is there already; edit it, or choose another name"],
  ])("fails for %s %j, and writes nothing", async (name, options, message) => {
    const before = everything();
    await expect(newEnvironment.run(context(name, options))).rejects.toThrow(message);
    expect(everything()).toEqual(before);
  });
});

describe("remove", () => {
  // With one more, so that there is one to take away in a fork that has a single one.
  beforeEach(async () => void (await newEnvironment.run(context(SPARE, given))));
  const configs = () => ({ configs: listed() });

  test("takes away the file, the inventory, the place in the list and in CI", async () => {
    writeFileSync(join(root, `test/inventories/${SPARE}.txt`), "");
    expect(await remove.run(context(SPARE, { yes: true }, configs()))).toBe(0);
    expect(existsSync(join(root, `src/environments/${SPARE}.ts`))).toBe(false);
    expect(existsSync(join(root, `test/inventories/${SPARE}.txt`))).toBe(false);
    expect(everything()).toEqual(
      [...Object.keys(followers), "src/environments/index.ts"].map((file) => readFileSync(file, "utf8")),
    );
  });

  test("leaves what follows on the first of the list, too", async () => {
    const [first, ...others] = environments;
    expect(await remove.run(context(first!.name, { yes: true }, configs()))).toBe(0);
    expect(listed().map(({ name }) => name)).toEqual([...others.map(({ name }) => name), SPARE]);
    expectFollowed();
  });

  test("fails without the name typed, and for the only one", async () => {
    const before = everything();
    const ask = () => Promise.resolve("no");
    await expect(remove.run(context(SPARE, {}, { ...configs(), ask }))).rejects.toThrow(
      "not confirmed; nothing is changed",
    );
    const only = { configs: listed().slice(-1) };
    await expect(remove.run(context(SPARE, { yes: true }, only))).rejects.toThrow(
      `${SPARE} is the only environment`,
    );
    expect(everything()).toEqual(before);
  });
});
