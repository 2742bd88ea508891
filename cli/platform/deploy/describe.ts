import type { Context } from "../context";
import { heldBy, unlockFix } from "../preflight/lock";
import type { StackOutcome } from "./apply-all";
import { describeEnding } from "./ending";
import { describeDanger } from "./guard";
import { adviceFor, errorsOf, guardedIn } from "./advice";
import { importId, readResources } from "./import-ids";
import { notDone, perhapsUnrecorded } from "./left";
import { type Rescue, unwrittenState } from "./rescue";

/** One stack's part of the report, as data. */
export interface StackReport {
  readonly stack: string;
  readonly status: StackOutcome["status"];
  readonly done: readonly string[];
  readonly notDone: readonly string[];
  readonly problems: readonly string[];
  readonly next: readonly string[];
}

/** What is done, what is not, what went wrong, what to do. */
export function describeOutcome(context: Context, outcome: StackOutcome): StackReport {
  const { stack, status, plan, apply, failure } = outcome;
  const open = status === "failed" || status === "skipped" || status === "refused";
  return {
    stack: stack.name,
    status,
    done: (apply?.done ?? []).map(({ address }) => address),
    notDone: open && plan ? notDone(plan, apply) : [],
    problems: [
      ...(failure ? problemsOf(failure) : []),
      ...(outcome.dangers ?? []).map(describeDanger),
      ...(outcome.lock ? [`its lock stays: ${heldBy(outcome.lock, context.now())}`] : []),
      ...(outcome.rescue ? rescues[outcome.rescue] : []),
    ],
    next: nextSteps(context, outcome),
  };
}

/** Each error with its address; those of protected resources, which differ in nothing else, as one. */
export function problemsOf(failure: NonNullable<StackOutcome["failure"]>): readonly string[] {
  const ending = describeEnding(failure.ending);
  const errors = errorsOf(failure);
  const guarded = errors.flatMap(({ detail = "" }) => guardedIn(detail) ?? []);
  return [
    ...(ending ? [ending] : []),
    ...(guarded.length > 0 ? [`Instance cannot be destroyed (prevent_destroy): ${guarded.join(", ")}`] : []),
    ...errors
      .filter(({ detail = "" }) => guardedIn(detail) === undefined)
      .map(({ summary, detail, address }) => [address, summary, detail].filter(Boolean).join(": ")),
  ];
}

function nextSteps(context: Context, outcome: StackOutcome): readonly string[] {
  const { command, name, outdir, options } = context;
  const { stack, apply, failure, dangers = [], lock } = outcome;
  const resources = failure ? readResources(stack.folder) : {};
  const advice = failure
    ? adviceFor({
        ...{ stack, resources, environment: name, command, options, run: failure },
        ...(apply ? { apply } : {}),
      })
    : [];
  const imports = (apply ? perhapsUnrecorded(apply) : []).flatMap(({ address, id }) => {
    const known = importId(resources, address) ?? id;
    return known ? [`terraform -chdir=${stack.folder} import '${address}' '${known}'`] : [];
  });
  return [
    ...advice.map(({ what, next }, index) =>
      advice[index - 1]?.what === what ? next : `${what} Next: ${next}`,
    ),
    ...dangers.map(({ change }) => `if that is meant, add --allow-replace ${change.address}`),
    ...(outcome.rescue === "unwritten"
      ? [`keep ${unwrittenState(stack.folder)}: run the same again in this folder, it writes that first`]
      : []),
    ...(lock ? [unlockFix(lock, context)] : []),
    ...(imports.length > 0
      ? [`should the next deploy say that something exists already: ${imports.join("; ")}`]
      : []),
    ...(failure ? [`all that Terraform said: ${outdir}/logs/${stack.name}.*.jsonl`] : []),
  ];
}

const rescues: Readonly<Record<Rescue, readonly string[]>> = {
  "not needed": [],
  written: ["its state could not be written at once; it is written now"],
  unwritten: ["its state could not be written to the bucket, so the bucket does not know what is done"],
};
