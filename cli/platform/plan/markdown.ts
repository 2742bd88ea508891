import { driftText, headline, type PlanReport, type StackSummary, verdictText } from "./report";

/** GitHub refuses a comment of more than 65,536 characters. */
const LONGEST = 60_000;

/** The plan as a comment on a pull request: what is destroyed on top, details folded. */
export function planMarkdown(report: PlanReport): string {
  const parts = [
    `## Plan for \`${report.environment}\`: ${headline(report)}`,
    ...destructive(report),
    [
      "| stack | add | change | destroy | |",
      "| --- | ---: | ---: | ---: | --- |",
      ...report.stacks.map(row),
    ].join("\n"),
    ...report.stacks.filter(({ problems }) => problems.length > 0).map(problems),
  ];
  const short = `${parts.join("\n\n")}\n`;
  const whole = `${[...parts, ...report.stacks.flatMap(details)].join("\n\n")}\n`;
  if (whole.length <= LONGEST) return whole;
  return `${short.slice(0, LONGEST)}\nToo long for a comment: every change stands in the log of the job.\n`;
}

function destructive({ destructive: changes }: PlanReport): string[] {
  if (changes.length === 0) return [];
  const rows = changes.map(
    ({ stack, address, action, reason = "", loss }) =>
      `| ${stack} | \`${address}\` | ${action === "delete" ? "destroyed" : "replaced"} | ${reason.replaceAll("_", " ")} | ${loss ? `**${loss}**` : ""} |`,
  );
  return [
    "### Destroyed or replaced",
    ["| stack | address | | why | lost |", "| --- | --- | --- | --- | --- |", ...rows].join("\n"),
  ];
}

function row(stack: StackSummary): string {
  const { verdict, add, change, destroy } = stack;
  const numbers = verdict === "changes" ? `${add} | ${change} | ${destroy}` : " | | ";
  const drift = stack.drift.length > 0 ? `; ${stack.drift.length} changed outside Terraform` : "";
  const text = verdict === "changes" ? "" : verdictText(stack);
  return `| ${stack.stack} | ${numbers} | ${`${text}${drift}`.replace(/^; /, "")} |`;
}

function problems({ stack, problems: lines, next }: StackSummary): string {
  return [`**${stack}**`, ...lines.map((line) => fenced(line)), ...next.map((step) => `- ${step}`)].join(
    "\n\n",
  );
}

function details({ stack, changes, drift }: StackSummary): string[] {
  if (changes.length + drift.length === 0) return [];
  const lines = [
    ...changes.map(({ action, address, from }) => `${action.padEnd(8)}${from ? `${from} → ` : ""}${address}`),
    ...drift.map((each) => `drift   ${driftText(each)}`),
  ];
  return [`<details><summary>${stack}: every change</summary>\n\n${fenced(lines.join("\n"))}\n\n</details>`];
}

/** A fence longer than any in the text: what Terraform quotes can't break out of it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
