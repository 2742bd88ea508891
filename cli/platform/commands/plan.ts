import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "../command";
import type { Context } from "../context";
import { withPlans } from "../deploy/plan-all";
import { Exit } from "../exit";
import { planMarkdown } from "../plan/markdown";
import { planReport } from "../plan/report";
import { printPlan } from "../plan/text";
import { withCheckedStacks } from "../preflight/with-stacks";
import { Progress } from "../progress";
import type { Stack } from "../workspace";
import { terraformOptions, unlockOption } from "./shared-options";

export const plan: Command = {
  description: {
    name: "plan",
    summary: "show what a deploy would change, in every stack; changes nothing",
    environment: "required",
    options: [
      { flags: "--markdown <file>", summary: "also write a summary for a pull request" },
      unlockOption,
      ...terraformOptions,
    ],
    exits: {
      [Exit.ok]: "no changes",
      [Exit.error]: "a check failed, or a stack can't be planned",
      [Exit.changes]: "changes; a stack that waits for an earlier one counts as changed",
      [Exit.toolMissing]: "Terraform is missing or too old",
    },
  },
  run: (context) => withCheckedStacks(context, (stacks) => work(context, stacks)),
};

function work(context: Context, stacks: readonly Stack[]): Promise<number> {
  const { output, options } = context;
  return withPlans(context, stacks, new Progress(output), (plans) => {
    const report = planReport(context, plans);
    printPlan(output, report);
    output.result(report);
    const markdown = options.text("markdown");
    if (markdown) writeMarkdown(resolve(context.root, markdown), planMarkdown(report));

    if (plans.some(({ verdict }) => verdict === "failed")) return Exit.error;
    return plans.every(({ verdict }) => verdict === "unchanged") ? Exit.ok : Exit.changes;
  });
}

function writeMarkdown(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
