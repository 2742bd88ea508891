import type { Output } from "../output";
import { table } from "../output";
import { driftText, headline, type PlanReport, verdictText } from "./report";

/** The plan for people at a terminal: what is destroyed first, then each stack. */
export function printPlan(output: Output, report: PlanReport): void {
  const { paint } = output;
  for (const { stack, address, action, reason, loss } of report.destructive) {
    const what = action === "delete" ? "destroys" : "replaces";
    const why = reason ? ` (${reason.replaceAll("_", " ")})` : "";
    output.line(paint.red(`${stack} ${what} ${address}${why}${loss ? `; lost: ${loss}` : ""}`));
  }
  if (report.destructive.length > 0) output.line();
  const lines = table(report.stacks.map((stack) => [stack.stack, verdictText(stack)]));
  report.stacks.forEach(({ changes, drift, because, problems, next }, index) => {
    output.line(paint.bold(lines[index] ?? ""));
    if (because) output.line(paint.dim(`  for now: ${because.split("\n")[0]}`));
    for (const { address, action, from } of changes)
      output.line(`  ${signs[action] ?? " "} ${from ? `${from} → ` : ""}${address}`);
    for (const each of drift) output.line(paint.yellow(`  ! ${driftText(each)}`));
    for (const problem of problems) output.line(`  ${problem.replaceAll("\n", "\n  ")}`);
    for (const step of next) output.line(`  → ${step}`);
  });
  output.line();
  output.line(`${report.environment}: ${headline(report)}`);
}

const signs: Readonly<Partial<Record<string, string>>> = {
  create: "+",
  update: "~",
  delete: "-",
  replace: "±",
  move: "→",
  import: "←",
};
