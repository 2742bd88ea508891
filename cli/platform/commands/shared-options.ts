import type { Option } from "../command";

/** Options of every command that is about the environments of some program. */
export const appOptions: readonly Option[] = [
  {
    flags: "--example <name>",
    summary: "an example in place of this repository's environments, e.g. minimal",
  },
  { flags: "--app <program>", summary: "another program that synthesises, e.g. examples/minimal/main.ts" },
];

/** Options of every command that runs Terraform. */
export const terraformOptions: readonly Option[] = [
  {
    flags: "--lock-wait <seconds>",
    summary: "how long to wait for a lock that somebody else holds (default: not at all)",
  },
  { flags: "--request-limit <seconds>", summary: "longest wait for an answer of Google (default: 10)" },
  {
    flags: "--quiet-limit <seconds>",
    summary: "how long Terraform may say nothing before it is stopped (default: 300)",
  },
  {
    flags: "--save-limit <seconds>",
    summary: "how long a stopped Terraform gets to save its state before it is killed (default: 60)",
  },
];

export const unlockOption: Option = {
  flags: "--unlock <id...>",
  summary: "break the locks with these IDs, which runs that are gone for good have left",
};
