import type { Result } from "../story/result";
import { admissionChecks } from "./admission";
import type { Check, Of, That } from "./check";
import type { Verdict } from "./expectation";
import { gangChecks } from "./gangs";
import { outcomeChecks } from "./outcomes";
import { quotaChecks } from "./quotas";

const checks: { readonly [Name in That]: Check<Name> } = {
  ...outcomeChecks,
  ...admissionChecks,
  ...quotaChecks,
  ...gangChecks,
};

/** Long lists say nothing more than short ones. */
const MOST_SHOWN = 5;

/** Every expectation of the scenario, and that nothing left this machine. */
export function judge(result: Result): Verdict[] {
  const verdicts = result.scenario.expect.map((expectation) => judgeOne(result, expectation));
  const strangers = result.strangers.map((stranger) => `${stranger} is not on this machine`);
  return [...verdicts, { sentence: "no process talked to anything but this machine", broken: strangers }];
}

function judgeOne<Name extends That>(result: Result, expectation: Of<Name>): Verdict {
  const check = checks[expectation.that as Name] as Check<Name>;
  return { sentence: check.sentence(expectation), broken: shortened(check.broken(result, expectation)) };
}

function shortened(broken: readonly string[]): string[] {
  const rest = broken.length - MOST_SHOWN;
  return rest > 1 ? [...broken.slice(0, MOST_SHOWN), `and ${rest} more`] : [...broken];
}
