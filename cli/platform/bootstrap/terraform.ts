import { join } from "node:path";
import { execute } from "../../support/process";
import type { Context } from "../context";
import { Exit, UserError } from "../exit";
import { adviceFor } from "../deploy/advice";
import { readResources } from "../deploy/import-ids";
import { protectedAddresses } from "../workspace";
import { initArgs, tryInit } from "../terraform/init";
import { type RunResult, runTerraform } from "../terraform/run";

/** Terraform on the bootstrap stack: few commands, each of which must succeed before the next. */
export class BootstrapTerraform {
  constructor(
    private readonly context: Context,
    private readonly folder: string,
  ) {}

  /** Goes on with the state where it is. */
  async init(): Promise<void> {
    const run = () => this.run("init", initArgs(this.context.root, this.folder));
    this.succeed("init", await tryInit(this.context, run));
  }

  /** Copies the local state into the bucket that the configuration names by now. */
  async migrate(): Promise<void> {
    // No -json: Terraform refuses it together with -migrate-state.
    const args = ["init", "-input=false", "-migrate-state", "-force-copy", "-no-color"];
    this.succeed("migrating the state", await this.run("migrate", args));
  }

  async apply(): Promise<void> {
    this.succeed("apply", await this.run("apply", ["apply", "-input=false", "-auto-approve", "-json"]));
  }

  /** Whether a plan has nothing to change. */
  async settled(): Promise<boolean> {
    const { ending } = await this.run("plan", ["plan", "-input=false", "-detailed-exitcode", "-json"]);
    return ending.how === "exited" && ending.code === 0;
  }

  async outputs(): Promise<Readonly<Record<string, string>>> {
    // As init and apply, which leave out both: what the shell says of another project's Terraform.
    const shell = { TF_WORKSPACE: "", TF_DATA_DIR: "" };
    const args = [`-chdir=${this.folder}`, "output", "-json"];
    const { code, stdout, stderr } = await execute("terraform", args, shell);
    if (code !== 0) throw new UserError(`terraform output failed: ${stderr.trim()}`);
    const values = JSON.parse(stdout) as Record<string, { value: string }>;
    return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
  }

  private run(operation: string, args: readonly string[]): Promise<RunResult> {
    const { env, limits, stop, outdir, output } = this.context;
    output.note(`bootstrap: ${operation}`);
    return runTerraform(args, {
      folder: this.folder,
      env,
      limits,
      stop,
      stopping: limits.stopping,
      log: join(outdir, "logs", `bootstrap.${operation}.jsonl`),
    });
  }

  private succeed(what: string, result: RunResult): void {
    const { ending, diagnostics, text } = result;
    if (ending.how === "exited" && ending.code === 0) return;
    if (ending.how === "missing")
      throw new UserError(`terraform cannot be run: ${ending.reason}`, Exit.toolMissing);
    const errors = diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ summary, detail = "" }) => `${summary}\n${detail}`.trim());
    const said = (errors.length > 0 ? errors : text).join("\n");
    const how =
      ending.how === "exited"
        ? "failed"
        : ending.how === "killed"
          ? `was killed (${ending.signal})`
          : "stalled";
    throw new UserError(
      [`${what} ${how}; run the same command again, it goes on from here`, said, ...this.advice(result)].join(
        "\n",
      ),
    );
  }

  /** What a second run alone does not mend: a thing that is there already, a tainted one, a lock. */
  private advice(run: RunResult): readonly string[] {
    const { name: environment, command, options } = this.context;
    const resources = readResources(this.folder);
    const stack = { folder: this.folder, protected: protectedAddresses({ resource: resources }) };
    return adviceFor({ stack, resources, environment, command, options, run }).map(
      ({ what, next }) => `→ ${what} Next: ${next}`,
    );
  }
}
