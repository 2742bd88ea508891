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
  let unseen = 0;

  const writePage = () => {
    const inOrder = options.scenarios.flatMap((scenario) =>
      played.filter(({ result }) => result.scenario === scenario),
    );
    writeFileSync(file, page(environment, inOrder, skipped));
  };
  const playOne = async (rehearsal: Rehearsal) => {
    const { title, scenario, wrong } = rehearsal;
    const one = await play(rehearsal, synthesised, tools, supervisor, (text) => line.show(title, text));
    if (typeof one === "string") {
      if (!wrong) skipped.push({ scenario: scenario.name, why: one });
      return line.end(title, `${title}: skipped, it ${one}`);
    }
    if (wrong) {
      if (holds(one)) unseen += 1;
      return line.end(title, brokenText(wrong, one));
    }
    played.push(one);
    writePage();
    line.end(title, scenarioText(one));
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
  const bad = played.filter((one) => !holds(one)).length;
  console.log(`${played.length - bad} scenarios hold, ${bad} do not, ${skipped.length} skipped; ${file}`);
  return bad + unseen === 0 ? HOLDS : BROKEN;
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
