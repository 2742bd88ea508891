import { Exit } from "../exit";
import type { Output } from "../output";
import type { Finding } from "./finding";

/** Prints what stands in the way; returns the exit code, or undefined when nothing does. */
export function blockedBy(output: Output, findings: readonly Finding[]): number | undefined {
  const blocking = findings.filter(({ ok }) => !ok);
  if (blocking.length === 0) {
    output.note(`checked: ${summary(findings)}`);
    return undefined;
  }
  for (const { subject, text, fix } of blocking) {
    output.problem(`${subject} ${text}`);
    if (fix) output.problem(`  → ${fix}`);
  }
  return blocking.some(({ code }) => code === Exit.toolMissing) ? Exit.toolMissing : Exit.refused;
}

function summary(findings: readonly Finding[]): string {
  const locks = findings.filter(({ subject }) => subject.startsWith("lock of "));
  const others = findings
    .filter((finding) => !locks.includes(finding) && finding.text !== "not missing")
    .map(({ subject, text }) => `${subject} ${text}`);
  const broken = locks.filter(({ text }) => text !== "free").map(({ subject, text }) => `${subject} ${text}`);
  return [...others, ...broken, ...(locks.length > broken.length ? ["locks free"] : [])].join("; ");
}
