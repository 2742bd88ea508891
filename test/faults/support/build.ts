import { execFileSync } from "node:child_process";

/** The faults meet the program that people run, so it is built first. */
export default function build(): void {
  execFileSync(process.execPath, ["build.mjs"], { stdio: "inherit" });
}
