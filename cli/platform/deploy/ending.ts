import type { Ending } from "../terraform/run";

/** How Terraform ended, when it did not end by itself. */
export function describeEnding(ending: Ending): string | undefined {
  switch (ending.how) {
    case "exited":
      return undefined;
    case "killed":
      return ending.signal === "SIGKILL"
        ? "Terraform was killed (SIGKILL: by hand, or for want of memory)"
        : `Terraform was ended by ${ending.signal}`;
    case "stalled":
      return `Terraform gave no sign of life for ${ending.seconds} s and was stopped; the state bucket may be unreachable`;
    case "missing":
      return `Terraform can't be run (${ending.reason})`;
  }
}
