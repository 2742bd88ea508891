import { type UsageStep, usage } from "../expectations/usage";
import type { Result } from "../story/result";
import { type Scale, axis, escapeHtml, linear } from "./drawing";

const LEFT = 150;
const WIDTH = 1100;
const HEIGHT = 120;
const TOP = 22;

/** GPUs of a flavor that the teams hold quota for, one team upon the other, and the quota of all. */
export function quotaChart(result: Result, flavor: string): string {
  const teams = result.model.teams.filter(({ gpus }) => flavor in gpus);
  const nominal = teams.reduce((sum, { gpus }) => sum + (gpus[flavor]?.nominal ?? 0), 0);
  const names = teams.map(({ name }) => name);
  const most = Math.max(nominal, ...usage(result, flavor, names).map(({ gpus }) => gpus), 1);
  const x = linear(result.lasted, LEFT, WIDTH - 10);
  const y = (gpus: number) => Number((TOP + HEIGHT - (HEIGHT * gpus) / most).toFixed(1));
  // The whole first, so that each further team is painted upon it.
  const areas = names.map((_, index) => {
    const upTo = names.slice(0, names.length - index);
    const steps = usage(result, flavor, upTo);
    const last = teams[upTo.length - 1];
    return `<path class="${teamClass(result, last?.name)}" d="${area(steps, x, y, result.lasted)}"/>`;
  });
  const line = y(nominal);
  return `<svg class="quota" viewBox="0 0 ${WIDTH} ${TOP + HEIGHT + 4}" role="img" aria-label="Quota of ${escapeHtml(flavor)} in use">
${axis(x, result.lasted, TOP, TOP + HEIGHT)}
<text class="label" x="${LEFT - 8}" y="${TOP + 12}">${escapeHtml(flavor)}</text>
<text class="label faint" x="${LEFT - 8}" y="${TOP + 28}">${nominal} GPUs</text>
${areas.join("\n")}
<line class="nominal" x1="${LEFT}" x2="${WIDTH - 10}" y1="${line}" y2="${line}"/>
</svg>`;
}

/** The colour of a team is the same in every chart. */
export function teamClass({ model }: Result, team: string | undefined): string {
  return `team-${model.teams.findIndex(({ name }) => name === team) % 4}`;
}

export function area(
  steps: readonly UsageStep[],
  x: Scale,
  y: (gpus: number) => number,
  lasted: number,
): string {
  const corners = steps.map(({ at, gpus }) => `H${x(at)}V${y(gpus)}`);
  return `M${x(0)} ${y(0)}${corners.join("")}H${x(lasted)}V${y(0)}Z`;
}
