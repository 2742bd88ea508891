import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alone } from "../../../cli/platform/folder-lock";
import { alongGraph, reversed } from "../../../cli/platform/graph";
import { readWorkspace, type Stack } from "../../../cli/platform/workspace";
import { writeFixture } from "../../faults/support/fixture";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "stacks-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const stacks = () => readWorkspace(folder, "demo");

describe("the stacks of an environment", () => {
  beforeEach(() =>
    writeFixture(folder, "state", {
      platform: { after: ["data", "cluster"] },
      data: {
        after: ["foundation"],
        data: { kept: { lifecycle: { prevent_destroy: true } }, other: {} },
        outputs: { url: { value: "x" } },
        extra: { provider: { google: [{ project: "acme" }] } },
      },
      cluster: { after: ["foundation"] },
      foundation: {},
    }),
  );

  test("come in the order in which they deploy", () => {
    expect(stacks().map(({ name }) => name)).toEqual([
      "demo-foundation",
      "demo-cluster",
      "demo-data",
      "demo-platform",
    ]);
  });

  test("say what the checks need to know", () => {
    const data = stacks().find(({ name }) => name === "demo-data");
    expect(data).toEqual({
      name: "demo-data",
      folder: join(folder, "stacks/demo-data"),
      dependencies: ["demo-foundation"],
      state: { bucket: "state", prefix: "demo/data" },
      projects: ["acme"],
      outputs: ["url"],
      protected: ["terraform_data.kept"],
      terraformVersion: "1.11",
    });
  });

  test("fails on an environment that was not synthesised, and names those that were", () => {
    expect(() => readWorkspace(folder, "prod")).toThrow('environment must be one of "demo", got "prod"');
  });

  test("run side by side where the graph allows", async () => {
    const events: string[] = [];
    await alongGraph(stacks(), async ({ name }, before: readonly string[]) => {
      events.push(`${name} after ${before.join("+")}`);
      await Promise.resolve();
      return name;
    });
    expect(events).toEqual([
      "demo-foundation after ",
      "demo-cluster after demo-foundation",
      "demo-data after demo-foundation",
      "demo-platform after demo-data+demo-cluster",
    ]);
  });

  test("go the other way round for destroying", () => {
    const dependencies = (each: Stack) => `${each.name}: ${each.dependencies.join(" ")}`;
    expect(reversed(stacks()).map(dependencies)).toEqual([
      "demo-platform: ",
      "demo-data: demo-platform",
      "demo-cluster: demo-platform",
      "demo-foundation: demo-cluster demo-data",
    ]);
  });
});

describe("one command in a folder at a time", () => {
  test("fails while another works there", async () => {
    await alone(folder, "deploy dev", async () => {
      await expect(alone(folder, "plan dev", () => Promise.resolve())).rejects.toThrow(
        `another command works in this folder: deploy dev (process ${process.pid}); wait until it ends`,
      );
    });
    await expect(alone(folder, "plan dev", () => Promise.resolve("done"))).resolves.toBe("done");
  });

  test("takes over what a process has left that is gone", async () => {
    const nobody = Number(readFileSync("/proc/sys/kernel/pid_max", "utf8")) + 1;
    writeFileSync(join(folder, "platform.lock"), `${nobody} deploy dev`);
    await expect(alone(folder, "plan dev", () => Promise.resolve("done"))).resolves.toBe("done");
  });
});
