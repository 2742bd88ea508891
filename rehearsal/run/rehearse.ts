import { mkdirSync, rmSync, writeFileSync } from "node:fs";
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
import type { Options } from "./options";
import { Line } from "./line";
import { runScenario } from "./run-scenario";
import type { Supervisor } from "./supervisor";

const HOLDS = 0;
const BROKEN = 1;

const OUT = "rehearsal.out";

/** Plays the scenarios and then the breaks, prints what came of it, and writes the page. */
export async function rehearse(
  synthesised: Synthesised,
  options: Options,
  tools: Tools,
  supervisor: Supervisor,
): Promise<number> {
  const { environment } = synthesised;
  const line = new Line();
  const played: Played[] = [];
  const skipped: Skipped[] = [];
  const file = join(OUT, `${environment}.html`);
  mkdirSync(OUT, { recursive: true });

  const play = async (scenario: Scenario, title: string, wrong?: Break): Promise<Played | undefined> => {
    const logs = join(OUT, `${environment}-${scenario.name}-logs`);
    rmSync(logs, { recursive: true, force: true });
    let forget: (() => void) | undefined;
    try {
      const result = await runScenario(synthesised, scenario, {
        tools,
        ...(wrong && { breaking: wrong.apply }),
        progress: (text) => line.show(`${title}: ${text}`),
        closing: (workspace) => supervisor.ending || workspace.keepLogs(logs),
        opened: (workspace) => (forget = supervisor.onStop(() => workspace.close())),
      });
      const verdicts = judge(result);
      const holds = verdicts.every(({ broken }) => broken.length === 0);
      if (holds !== Boolean(wrong)) rmSync(logs, { recursive: true, force: true });
      return { result, verdicts };
    } catch (error) {
      if (!(error instanceof NotHere))
        throw new Error(`${title}: ${(error as Error).message}\nlogs: ${logs}`);
      skipped.push({ scenario: scenario.name, why: error.message });
      line.end(`${title}: skipped, it ${error.message}`);
      return undefined;
    } finally {
      forget?.();
    }
  };

  for (const scenario of options.scenarios) {
    const one = await play(scenario, scenario.name);
    if (!one) continue;
    played.push(one);
    writeFileSync(file, page(environment, played, skipped));
    line.end(`${scenario.name}: ${scenario.question}`);
    for (const { sentence, broken } of one.verdicts) {
      console.log(`  ${broken.length === 0 ? "✓" : "✗"} ${sentence}`);
      for (const reason of broken) console.log(`      ${reason}`);
    }
    console.log(`${summaryTable(summaryRows(one.result))}\n`.replaceAll(/^(?=.)/gm, "  "));
  }

  let unseen = 0;
  for (const wrong of breaks.filter(({ name }) => options.breaks.includes(name))) {
    const scenario = scenarios.find(({ name }) => name === wrong.scenario);
    const one = scenario && (await play(scenario, `${scenario.name} with ${wrong.mistake}`, wrong));
    if (!one) continue;
    const seen = one.verdicts.filter(({ broken }) => broken.length > 0);
    if (seen.length === 0) unseen += 1;
    line.end(`break ${wrong.name} (${wrong.mistake}): ${seen.length === 0 ? "✗ NOT SEEN" : "✓ seen"}`);
    for (const { sentence, broken } of seen) console.log(`      ${sentence}: ${broken[0]}`);
  }

  writeFileSync(file, page(environment, played, skipped));
  const bad = played.filter(({ verdicts }) => verdicts.some(({ broken }) => broken.length > 0));
  console.log(
    `${played.length - bad.length} scenarios hold, ${bad.length} do not, ${skipped.length} skipped; ${file}`,
  );
  return bad.length + unseen === 0 ? HOLDS : BROKEN;
}
