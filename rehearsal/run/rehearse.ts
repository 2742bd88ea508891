import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { judge } from "../expectations/judge";
import { type Break, breaks } from "../objects/breaks";
import type { Synthesised } from "../objects/synthesised";
import { type Played, type Skipped, page } from "../report/page";
import { summaryRows, summaryTable } from "../report/summary";
import { scenarios } from "../scenarios";
import { NotHere } from "../scenarios/plan";
import type { Scenario } from "../scenarios/scenario";
import type { Tools } from "../tools/build";
import { inLanes } from "./lanes";
import { Line } from "./line";
import type { Options } from "./options";
import { runScenario } from "./run-scenario";
import { withSecondChance } from "./second-chance";
import type { Supervisor } from "./supervisor";

const HOLDS = 0;
const BROKEN = 1;

const OUT = "rehearsal.out";

/** Load of a processor from which on Kueue is late. */
const MUCH = 1.75;

/** A scenario as it is, or with its objects broken on purpose. */
interface Rehearsal {
  readonly title: string;
  readonly scenario: Scenario;
  readonly wrong?: Break;
}

/** Plays the scenarios and then the breaks, prints what came of it, and writes the page. */
export async function rehearse(
  synthesised: Synthesised,
  options: Options,
  tools: Tools,
  supervisor: Supervisor,
): Promise<number> {
  const { environment } = synthesised;
  const file = join(OUT, `${environment}.html`);
  mkdirSync(OUT, { recursive: true });
  const line = new Line();
  const played: Played[] = [];
  const skipped: Skipped[] = [];
  const unseen: string[] = [];

  const writePage = () => {
    const inOrder = options.scenarios.flatMap((scenario) =>
      played.filter(({ result }) => result.scenario === scenario),
    );
    writeFileSync(file, page(environment, inOrder, skipped));
  };
  const attempt = (rehearsal: Rehearsal) =>
    play(rehearsal, synthesised, tools, supervisor, (text) => line.show(rehearsal.title, text));
  /** What was wrong the first time is said all the same. */
  const attemptAgain = (rehearsal: Rehearsal) =>
    withSecondChance(
      () => attempt(rehearsal),
      (one) => asMeant(rehearsal, one),
      (first) => {
        if (first instanceof Error && supervisor.ending) throw first;
        const text = first instanceof Error ? first.message : textOf(rehearsal, first);
        line.end(rehearsal.title, `${text}\n${rehearsal.title}: once more`);
      },
    );
  const playOne = async (rehearsal: Rehearsal) => {
    const one = await (options.again ? attemptAgain : attempt)(rehearsal);
    line.end(rehearsal.title, textOf(rehearsal, one));
    if (rehearsal.wrong) {
      if (!asMeant(rehearsal, one)) unseen.push(rehearsal.wrong.name);
      return;
    }
    if (typeof one === "string") return void skipped.push({ scenario: rehearsal.scenario.name, why: one });
    played.push(one);
    writePage();
  };
  const rehearsals = rehearsalsOf(options);
  await inLanes(
    rehearsals.filter(({ scenario }) => scenario.alone),
    1,
    playOne,
  );
  await inLanes(
    rehearsals.filter(({ scenario }) => !scenario.alone),
    options.parallelism,
    playOne,
  );

  writePage();
  const bad = played.filter((one) => !holds(one)).map(({ result }) => result.scenario.name);
  console.log(
    `${played.length - bad.length} scenarios hold, ${bad.length} do not, ${skipped.length} skipped; ${file}`,
  );
  if (bad.length > 0) console.log(`✗ do not hold: ${bad.join(", ")}`);
  if (unseen.length > 0) console.log(`✗ broken and not seen: ${unseen.join(", ")}`);
  return bad.length + unseen.length === 0 ? HOLDS : BROKEN;
}

function rehearsalsOf(options: Options): Rehearsal[] {
  const broken = breaks.filter(({ name }) => options.breaks.includes(name));
  return [
    ...options.scenarios.map((scenario) => ({ title: scenario.name, scenario })),
    ...broken.flatMap((wrong) =>
      scenarios
        .filter(({ name }) => name === wrong.scenario)
        .map((scenario) => ({ title: `break ${wrong.name}`, scenario, wrong })),
    ),
  ];
}

/** What came of it, or why it can't be played here. Keeps the logs of what did not end as it should. */
async function play(
  { title, scenario, wrong }: Rehearsal,
  synthesised: Synthesised,
  tools: Tools,
  supervisor: Supervisor,
  progress: (text: string) => void,
): Promise<Played | string> {
  const logs = join(OUT, `${synthesised.environment}-${title.replace(" ", "-")}-logs`);
  rmSync(logs, { recursive: true, force: true });
  let forget: (() => void) | undefined;
  try {
    const result = await runScenario(synthesised, scenario, {
      tools,
      ...(wrong && { breaking: wrong.apply }),
      progress,
      closing: (workspace) => supervisor.ending || workspace.keepLogs(logs),
      opened: (workspace) => (forget = supervisor.onStop(() => workspace.close())),
    });
    const one = { result, verdicts: judge(result) };
    if (holds(one) !== Boolean(wrong)) rmSync(logs, { recursive: true, force: true });
    return one;
  } catch (error) {
    if (error instanceof NotHere) return error.message;
    throw new Error(`${title}: ${(error as Error).message}\nlogs: ${logs}`);
  } finally {
    forget?.();
  }
}

/** A scenario holds, what was broken on purpose is seen, and what can't be played here is nobody's fault. */
function asMeant({ wrong }: Rehearsal, one: Played | string): boolean {
  return typeof one === "string" || holds(one) !== Boolean(wrong);
}

function textOf({ title, wrong }: Rehearsal, one: Played | string): string {
  if (typeof one === "string") return `${title}: skipped, it ${one}`;
  return wrong ? brokenText(wrong, one) : scenarioText(one);
}

function holds({ verdicts }: Played): boolean {
  return verdicts.every(({ broken }) => broken.length === 0);
}

function scenarioText({ result, verdicts }: Played): string {
  const { name, question } = result.scenario;
  const lines = verdicts.flatMap(({ sentence, broken }) => [
    `  ${broken.length === 0 ? "✓" : "✗"} ${sentence}`,
    ...broken.map((reason) => `      ${reason}`),
  ]);
  const refusals = result.stories.flatMap(({ task, refusal }) =>
    refusal ? [`  ${task.id}: ${refusal.message}`] : [],
  );
  const deeds = Object.entries(result.deeds).map(([deed, answer]) => `  ${deed}: ${answer ?? "let be done"}`);
  const table = `${summaryTable(summaryRows(result))}\n`.replaceAll(/^(?=.)/gm, "  ");
  return [`${name}: ${question}`, ...lines, ...refusals, ...deeds, ...excuse(verdicts), table].join("\n");
}

/** Seconds that a busy machine is late read as hours of the environment. */
function excuse(verdicts: Played["verdicts"]): string[] {
  const [load = 0] = loadavg();
  const processors = availableParallelism();
  if (verdicts.every(({ broken }) => broken.length === 0) || load < MUCH * processors) return [];
  return [
    `  This machine is busy (load ${load.toFixed(1)} on ${processors} processors): seconds that are lost here read as hours.`,
    "  Play it again when it is idle, or with --parallelism 1.",
  ];
}

function brokenText({ name, mistake }: Break, one: Played): string {
  const seen = one.verdicts.filter(({ broken }) => broken.length > 0);
  return [
    `break ${name} (${mistake}): ${seen.length === 0 ? "✗ NOT SEEN" : "✓ seen"}`,
    ...seen.map(({ sentence, broken }) => `      ${sentence}: ${broken[0]}`),
  ].join("\n");
}
