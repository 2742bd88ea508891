import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { FakeBucket } from "./fake-bucket";
import { type Stacks, writeFixture } from "./fixture";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A folder with fixtures, a fake bucket, and the real `platform` program with the real Terraform on them. */
export class Workbench {
  readonly folder = mkdtempSync(join(tmpdir(), "faults-"));
  readonly outdir = join(this.folder, "cdktf.out");
  private readonly started: ChildProcess[] = [];

  private constructor(readonly bucket: FakeBucket) {
    // What synthesises: the fixtures are there already.
    writeFileSync(join(this.folder, "app.js"), "");
  }

  static async open(stacks: Stacks): Promise<Workbench> {
    const bucket = new FakeBucket();
    await bucket.start();
    const bench = new Workbench(bucket);
    bench.write(stacks);
    return bench;
  }

  /** Another checkout of the same environment, on another machine so to speak. */
  beside(stacks: Stacks): Workbench {
    const bench = new Workbench(this.bucket);
    bench.write(stacks);
    return bench;
  }

  write(stacks: Stacks): void {
    writeFixture(this.outdir, this.bucket.name, stacks);
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  stackFolder(role: string): string {
    return join(this.outdir, "stacks", `demo-${role}`);
  }

  async close(): Promise<void> {
    this.discard();
    await this.bucket.stop();
  }

  /** What is this checkout's own. */
  discard(): void {
    for (const child of this.started) if (child.exitCode === null) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** `platform <command> demo …` to its end. */
  platform(command: string, ...options: readonly string[]): Promise<Ended> {
    return this.start(command, ...options).ended;
  }

  /** The same with other environment variables. */
  platformWith(env: NodeJS.ProcessEnv, command: string, ...options: readonly string[]): Promise<Ended> {
    return this.spawn({ ...this.env, ...env }, command, options).ended;
  }

  start(command: string, ...options: readonly string[]): Running {
    return this.spawn(this.env, command, options);
  }

  /** Terraform without the program around it. */
  async terraform(folder: string, args: readonly string[]): Promise<void> {
    await promisify(execFile)("terraform", [`-chdir=${folder}`, ...args], { env: this.env });
  }

  private spawn(env: NodeJS.ProcessEnv, command: string, options: readonly string[]): Running {
    const app = ["--app", this.file("app.js")];
    const started = performance.now();
    const child = spawn(
      process.execPath,
      [resolve("dist/cli/platform.js"), command, "demo", ...app, ...options],
      { env, stdio: ["ignore", "pipe", "pipe"] },
    );
    this.started.push(child);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const ended = new Promise<Ended>((done) =>
      child.on("close", (code) =>
        done({ code, stdout, stderr, seconds: (performance.now() - started) / 1000 }),
      ),
    );
    return { child, ended };
  }

  get env(): NodeJS.ProcessEnv {
    const { TF_CLI_CONFIG_FILE: _config, ...env } = process.env;
    return { ...env, ...this.bucket.variables, CDKTF_OUTDIR: this.outdir, FAULT_FILE: this.file("pid") };
  }

  /** What a state holds, by address; undefined when there is none. */
  state(role: string): readonly string[] | undefined {
    const text = this.bucket.text(`demo/${role}/default.tfstate`);
    if (text === undefined) return undefined;
    const { resources } = JSON.parse(text) as { resources: { type: string; name: string }[] };
    return resources.map(({ type, name }) => `${type}.${name}`).sort();
  }

  /** Terraform's process, once a resource made with `waiting` (stacks.ts) is under way. */
  async terraformPid(seconds = 20): Promise<number> {
    for (let left = seconds * 20; left > 0; left--) {
      const text = existsSync(this.file("pid")) ? readFileSync(this.file("pid"), "utf8").trim() : "";
      if (text !== "") return Number(text);
      await sleep(50);
    }
    throw new Error(`Terraform did not begin within ${seconds} s`);
  }

  /** The stack's lock, as the bucket holds it. */
  lock(role: string): number | undefined {
    return this.bucket.objects.get(`demo/${role}/default.tflock`)?.generation;
  }
}
