import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { platformFacts } from "../../cli/support/platform-facts";
import { findPython, PythonUnavailable, virtualEnvironment } from "../../cli/support/python";
import { defineEnvironment } from "../../src/environment/define";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "python-"));
  jest.spyOn(console, "log").mockImplementation(() => undefined);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

/** A program in the temporary folder. */
function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("facts that the Python tests compare with", () => {
  const { defaultQueue, environments } = platformFacts([
    defineEnvironment({
      name: "dev",
      project: "acme-ml",
      region: "europe-west4",
      state: { bucket: "acme-state" },
      addOns: { training: {} },
      queues: {
        flavors: {
          l4: { gpu: "l4", provisioning: "on-demand" },
          "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued" },
        },
        teams: { research: { projects: ["vision"], cpu: 8, memoryGib: 32, gpus: { l4: 8, "h100-dws": 8 } } },
      },
    }),
  ]);

  test("a task without a template waits in the team's queue", () => {
    expect(defaultQueue).toBe("tasks");
  });

  test("an environment says which add-ons are on", () => {
    expect(environments["dev"]?.addOns).toEqual(["training"]);
  });

  test("images come from the environment's own registry", () => {
    expect(environments["dev"]?.registry).toBe("europe-west4-docker.pkg.dev/acme-ml/flyte-dev");
  });

  test("an unqueued flavor shares the team's queue and takes every number of GPUs", () => {
    expect(environments["dev"]?.flavors["l4"]).toEqual({
      queue: "tasks",
      waitsForNodes: false,
      pods: [
        { gpus: 1, cpu: 31, memoryGib: 115 },
        { gpus: 2, cpu: 23, memoryGib: 83 },
        { gpus: 4, cpu: 47, memoryGib: 177 },
        { gpus: 8, cpu: 95, memoryGib: 363 },
      ],
    });
  });

  test("a queued flavor has its own queue and takes whole nodes only", () => {
    expect(environments["dev"]?.flavors["h100-dws"]).toEqual({
      queue: "h100-dws",
      waitsForNodes: true,
      pods: [{ gpus: 8, cpu: 206, memoryGib: 1795 }],
    });
  });
});

describe("finding Python", () => {
  test("takes the first that runs, and that flytekit knows", async () => {
    const off = program("off", "echo 'pyenv: switched off' >&2; exit 127");
    const old = program("old", "echo 3.9");
    const good = program("good", "echo 3.12");
    await expect(findPython([off, join(folder, "none"), old, good])).resolves.toEqual({
      command: good,
      version: "3.12",
    });
  });

  test("fails with what it found when none fits", async () => {
    const old = program("old", "echo 3.9");
    const fresh = program("fresh", "echo 3.13");
    await expect(findPython([old, fresh])).rejects.toThrow(
      new PythonUnavailable(
        `Python 3.10, 3.11, 3.12 is needed, found ${old} is 3.9, ${fresh} is 3.13; install one, or set PYTHON to one`,
      ),
    );
  });
});

describe("the virtual environment", () => {
  /** Stands in for Python: makes the folder that `-m venv` makes, and writes down each `-m pip`. */
  const stub = (pip = "") =>
    program(
      "stub",
      `case "$2" in
         venv) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
         pip) echo "$@" >> "${folder}/pip.log"; ${pip} ;;
       esac`,
    );
  const requirements = (text: string): string => {
    mkdirSync(join(folder, "workflows"), { recursive: true });
    writeFileSync(join(folder, "workflows", "requirements.txt"), text);
    return join(folder, "workflows", "requirements.txt");
  };
  const installs = () => (existsSync(join(folder, "pip.log")) ? 1 : 0);
  const make = (text: string, version = "3.12") =>
    virtualEnvironment([requirements(text)], { command: stub(), version }, join(folder, "venvs"));

  test("is made once for one list", async () => {
    const first = await make("flytekit==1.16.31");
    expect(installs()).toBe(1);
    rmSync(join(folder, "pip.log"));
    expect(await make("flytekit==1.16.31")).toBe(first);
    expect(installs()).toBe(0);
    expect(first).toMatch(/\/venvs\/workflows-[0-9a-f]{12}\/bin\/python$/);
  });

  test.each([
    ["another list", "flytekit==1.16.32", "3.12"],
    ["another Python", "flytekit==1.16.31", "3.11"],
  ])("%s makes another one, and removes the old; a neighbour's stays", async (_, text, version) => {
    const first = await make("flytekit==1.16.31");
    mkdirSync(join(folder, "venvs", "checkov-1"));
    const second = await make(text, version);
    expect(second).not.toBe(first);
    expect(readdirSync(join(folder, "venvs")).sort()).toEqual(["checkov-1", second.split("/").at(-3)]);
  });

  test("holds what its lists say and nothing that their packages ask for, and changes with the second, too", async () => {
    const second = join(folder, "more.txt");
    const both = async (text: string) => {
      writeFileSync(second, text);
      const lists = [requirements("flytekit==1.16.31"), second] as const;
      return virtualEnvironment(lists, { command: stub(), version: "3.12" }, join(folder, "venvs"));
    };
    const first = await both("ray==2.52.0");
    expect(readFileSync(join(folder, "pip.log"), "utf8")).toMatch(
      new RegExp(`--no-deps --requirement ${folder}/workflows/requirements.txt --requirement ${second}\n$`),
    );
    expect(await both("ray==2.53.0")).not.toBe(first);
  });

  test("fails with pip's words, and is tried again the next time", async () => {
    const python = { command: stub("echo 'no index' >&2; exit 1"), version: "3.12" };
    const file = requirements("flytekit==1.16.31");
    await expect(virtualEnvironment([file], python, join(folder, "venvs"))).rejects.toThrow(
      new PythonUnavailable(`pip cannot install ${file}; is its package index reachable?\nno index`),
    );
    await make("flytekit==1.16.31");
    expect(readdirSync(join(folder, "venvs"))).toHaveLength(1);
  });

  test("fails with what to install when Python comes without venv", async () => {
    const python = { command: program("bare", "echo 'No module named venv'; exit 1"), version: "3.12" };
    await expect(virtualEnvironment([requirements("")], python, join(folder, "venvs"))).rejects.toThrow(
      new PythonUnavailable(
        `${python.command} -m venv failed; on Debian and Ubuntu install python3-venv:\nNo module named venv`,
      ),
    );
  });
});
