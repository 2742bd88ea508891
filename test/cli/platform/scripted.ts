import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "../../../cli/platform/commands";
import { runProgram } from "../../../cli/platform/program";
import { FakeBucket } from "../../faults/support/fake-bucket";
import { writeFixture } from "../../faults/support/fixture";
import { dev } from "../../support/environments/dev";
import { Collected } from "./test-context";

/** What a stand-in for Terraform says and how it exits, per stack. */
export interface Script {
  readonly after?: readonly string[];
  /** Messages of `plan`; a summary is added. Given twice or more: one list per call, the last one for all others. */
  readonly plan?: readonly (readonly object[])[];
  readonly apply?: readonly object[];
  readonly applyCode?: number;
  /** What `show -json` prints. */
  readonly shown?: object;
  readonly extra?: object;
}

/** Exit code and texts of one command. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

// Answers as recorded in the files of its folder, and notes that it was asked.
const terraform = `#!/bin/sh
if [ "$1" = version ]; then echo '{"terraform_version":"1.11.4"}'; exit 0; fi
here="$SCRIPTED/\${1##*/}"; operation=$2
echo "\${1##*/} $operation" >> "$SCRIPTED/calls"
count=$(($(cat "$here.$operation.count" 2>/dev/null || echo 0) + 1)); echo $count > "$here.$operation.count"
answer="$here.$operation.$count"; [ -e "$answer" ] || answer=$(ls "$here.$operation".[0-9] 2>/dev/null | tail -1)
[ -n "$answer" ] && [ -e "$answer" ] && cat "$answer"
for argument; do case $argument in -out=*) printf 'PK\\005\\006\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0' > "\${argument#-out=}";; esac; done
exit $(cat "$answer.code" 2>/dev/null || echo 0)
`;

/** The commands on stacks whose Terraform is a script: every shape of its answers, in milliseconds. */
export class Scripted {
  readonly folder = mkdtempSync(join(tmpdir(), "scripted-"));
  readonly outdir = join(this.folder, "cdktf.out");
  readonly bucket = new FakeBucket();
  /** Instead of waiting. A test presses Ctrl-C here. */
  onSleep: (stop: AbortController) => Promise<void> = () => Promise.resolve();
  private readonly stop = new AbortController();

  private constructor(private readonly env: Readonly<Record<string, string>>) {}

  /** @param env more variables, by which a command finds a stand-in for Google */
  static async open(
    stacks: Readonly<Record<string, Script>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Scripted> {
    const scripted = new Scripted(env);
    await scripted.bucket.start();
    writeFileSync(join(scripted.folder, "app.js"), "");
    writeFixture(scripted.outdir, scripted.bucket.name, stacks);
    mkdirSync(join(scripted.folder, "bin"));
    writeFileSync(join(scripted.folder, "bin", "terraform"), terraform);
    chmodSync(join(scripted.folder, "bin", "terraform"), 0o755);
    for (const [role, script] of Object.entries(stacks)) scripted.write(`demo-${role}`, script);
    return scripted;
  }

  /** Runs `platform <command> demo …`. */
  async platform(command: string, ...options: readonly string[]): Promise<Said> {
    const [stdout, stderr] = [new Collected(), new Collected()];
    const app = ["--app", join(this.folder, "app.js")];
    const code = await runProgram(commands, [command, "demo", ...app, ...options], {
      env: {
        ...this.env,
        ...this.bucket.variables,
        PATH: `${join(this.folder, "bin")}:${process.env["PATH"]}`,
        SCRIPTED: this.folder,
        CDKTF_OUTDIR: this.outdir,
      },
      root: this.folder,
      stdout,
      stderr,
      // Another one: what the commands know of this one is its stacks.
      environments: [dev],
      now: Date.now,
      sleep: () => this.onSleep(this.stop),
      stop: this.stop.signal,
    });
    return { code, stdout: stdout.text, stderr: stderr.text };
  }

  /** What Terraform was asked, e.g. "demo-data apply". */
  get calls(): readonly string[] {
    const file = join(this.folder, "calls");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  /** Replaces the answer of `plan`, with nothing added. */
  answerPlan(stack: string, lines: readonly object[], code = 0): void {
    this.answer(`${stack}.plan.1`, lines, code);
  }

  async close(): Promise<void> {
    await this.bucket.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(stack: string, { plan = [[]], apply = [], applyCode = 0, shown = {} }: Script): void {
    plan.forEach((messages, index) => this.answer(`${stack}.plan.${index + 1}`, ...planned(messages)));
    this.answer(`${stack}.apply.1`, apply, applyCode);
    this.answer(`${stack}.show.1`, [shown], 0);
  }

  private answer(name: string, lines: readonly object[], code: number): void {
    const file = join(this.folder, name);
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    writeFileSync(`${file}.code`, String(code));
  }
}

function planned(messages: readonly object[]): [readonly object[], number] {
  const actions = messages.flatMap((message) =>
    "change" in message && (message as { type?: string }).type === "planned_change"
      ? [(message.change as { action: string }).action]
      : [],
  );
  if (messages.some((message) => "diagnostic" in message)) return [messages, 1];
  const count = (...wanted: readonly string[]) => actions.filter((action) => wanted.includes(action)).length;
  const changes = {
    add: count("create", "replace"),
    change: count("update"),
    remove: count("delete", "replace"),
  };
  return [[...messages, { type: "change_summary", changes }], actions.length > 0 ? 2 : 0];
}

const resource = (addr: string) => ({ addr, resource_type: addr.split(".").at(-2) });

export const change = (action: string, addr: string, more: object = {}) => ({
  type: "planned_change",
  change: { resource: resource(addr), action, ...more },
});

export const refreshed = (addr: string) => ({ type: "refresh_start", hook: { resource: resource(addr) } });

export const did = (
  type: "apply_start" | "apply_complete" | "apply_errored",
  addr: string,
  action: string,
) => ({
  type,
  hook: { resource: resource(addr), action },
});

export const failure = (summary: string, detail = "", address?: string) => ({
  type: "diagnostic",
  diagnostic: { severity: "error", summary, detail, ...(address ? { address } : {}) },
});
