import { join } from "node:path";
import type { Context } from "../context";
import type { Stack } from "../workspace";
import { forgetHalfInit, initArgs, tryInit } from "./init";
import type { Message } from "./messages";
import { ApplyListener, type ApplyRun, PlanListener, type PlanRun } from "./results";
import { type RunResult, runTerraform } from "./run";
import { driftIn } from "./show";
import { incompletePlan, isWholePlan } from "./saved-plan";

type Listener = (message: Message) => void;

/** Terraform's commands on one stack. */
export class StackTerraform {
  constructor(
    private readonly context: Context,
    readonly stack: Stack,
  ) {}

  init(): Promise<RunResult> {
    forgetHalfInit(this.stack.folder);
    const args = initArgs(this.context.root, this.stack.folder);
    return tryInit(this.context, () => this.run("init", args));
  }

  /** @param file where the plan goes */
  async plan(file: string, listener?: Listener, destroy = false): Promise<PlanRun> {
    const gathered = new PlanListener();
    const args = ["plan", "-input=false", "-json", "-detailed-exitcode", ...this.lockWait, `-out=${file}`];
    const run = await this.run("plan", destroy ? [...args, "-destroy"] : args, (message) => {
      gathered.hear(message);
      listener?.(message);
    });
    const code = run.ending.how === "exited" ? run.ending.code : 1;
    if (code !== 0 && code !== 2) return gathered.result(run, false, false);
    if (gathered.complete && isWholePlan(file)) {
      const drift = gathered.drifted && !destroy ? await driftIn(this.stack, file, this.context.env) : [];
      return gathered.result(run, true, code === 2, drift);
    }
    return gathered.result({ ...run, diagnostics: [...run.diagnostics, incompletePlan] }, false, false);
  }

  async apply(file: string, listener?: Listener): Promise<ApplyRun> {
    const gathered = new ApplyListener();
    const run = await this.run(
      "apply",
      ["apply", "-input=false", "-json", ...this.lockWait, file],
      (message) => {
        gathered.hear(message);
        listener?.(message);
      },
    );
    return gathered.result(run);
  }

  /** Writes a state that an earlier apply could not write. Terraform refuses an older one, or another stack's. */
  pushState(file: string): Promise<RunResult> {
    return this.run("state-push", ["state", "push", file]);
  }

  /** Between the check of a lock and Terraform's own taking of it, another run may have been faster. */
  private get lockWait(): readonly string[] {
    const { lock } = this.context.limits;
    return lock > 0 ? [`-lock-timeout=${Math.ceil(lock / 1000)}s`] : [];
  }

  private run(operation: string, args: readonly string[], onMessage?: Listener): Promise<RunResult> {
    const { env, limits, stop, outdir } = this.context;
    const { folder, name } = this.stack;
    return runTerraform(args, {
      folder,
      env,
      // While Terraform waits for a lock it says nothing.
      limits: { ...limits, quiet: limits.quiet + limits.lock },
      stopping: operation === "apply" ? limits.saving : limits.stopping,
      stop,
      log: join(outdir, "logs", `${name}.${operation}.jsonl`),
      ...(onMessage ? { onMessage } : {}),
    });
  }
}
