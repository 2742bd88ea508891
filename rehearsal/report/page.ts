import type { Verdict } from "../expectations/expectation";
import { usedFlavors } from "../expectations/usage";
import { spoken } from "../objects/time";
import type { Result } from "../story/result";
import { escapeHtml } from "./drawing";
import { quotaChart, teamClass } from "./quota-chart";
import { style } from "./style";
import { type SummaryRow, summaryRows, summaryTitles } from "./summary";
import { timeline, words } from "./timeline";

/** A scenario that was played. */
export interface Played {
  readonly result: Result;
  readonly verdicts: readonly Verdict[];
}

export interface Skipped {
  readonly scenario: string;
  readonly why: string;
}

/** The whole rehearsal as one HTML file that needs no other. */
export function page(environment: string, played: readonly Played[], skipped: readonly Skipped[]): string {
  const broken = played.filter(({ verdicts }) =>
    verdicts.some((verdict) => verdict.broken.length > 0),
  ).length;
  const links = played.map(({ result: { scenario } }) => `<a href="#${scenario.name}">${scenario.name}</a>`);
  const title = `Rehearsal of ${escapeHtml(environment)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<p>${played.length} scenarios, ${broken === 0 ? "every expectation holds" : `${broken} with broken expectations`}.
The environment's own queue objects on a real Kubernetes API server and a real Kueue; nodes and Google's provisioner are played.</p>
<nav>${links.join("")}</nav>
${skipped.map(({ scenario, why }) => `<p class="faint">${escapeHtml(scenario)} skipped: ${escapeHtml(why)}</p>`).join("\n")}
${played.map(section).join("\n")}
</body>
</html>
`;
}

function section({ result, verdicts }: Played): string {
  const { scenario, stories, lasted, seconds, startSeconds, memoryMib } = result;
  const flavors = usedFlavors(result);
  const facts = `${stories.length} tasks, ${spoken(lasted)} played in ${seconds.toFixed(0)} s after ${startSeconds.toFixed(0)} s of start, ${(memoryMib / 1024).toFixed(1)} GiB of memory`;
  return `<section id="${scenario.name}">
<h2>${scenario.name}</h2>
<p>${escapeHtml(scenario.question)}<br><span class="faint">${facts}</span></p>
<ul>${verdicts.map(verdictItem).join("\n")}</ul>
<div class="scroll">${table(summaryRows(result))}</div>
<p class="legend">${phaseLegend()}</p>
<div class="scroll">${timeline(result)}</div>
${incidents(result)}
${flavors.length > 0 ? `<p class="legend">GPUs that hold quota: ${teamLegend(result)}<span>┄ quota of all teams</span></p>` : ""}
<div class="scroll">${flavors.map((flavor) => quotaChart(result, flavor)).join("\n")}</div>
</section>`;
}

function incidents({ incidents: happened }: Result): string {
  if (happened.length === 0) return "";
  const list = happened.map(({ at, text }) => `${spoken(at)} ${text}`).join(", ");
  return `<p class="faint">Dashed lines: ${escapeHtml(list)}</p>`;
}

function verdictItem({ sentence, broken }: Verdict): string {
  if (broken.length === 0) return `<li class="holds">${escapeHtml(sentence)}</li>`;
  const reasons = broken.map((reason) => `<li>${escapeHtml(reason)}</li>`);
  return `<li class="broken">${escapeHtml(sentence)}<ul>${reasons.join("")}</ul></li>`;
}

function table(rows: readonly SummaryRow[]): string {
  const keys = Object.keys(summaryTitles) as (keyof SummaryRow)[];
  const head = keys.map((key) => `<th>${summaryTitles[key]}</th>`).join("");
  const body = rows.map(
    (row) => `<tr>${keys.map((key) => `<td>${escapeHtml(String(row[key]))}</td>`).join("")}</tr>`,
  );
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>`;
}

function phaseLegend(): string {
  const entries = Object.entries(words).map(
    ([phase, text]) => `<span><i class="${phase}"></i>${text}</span>`,
  );
  return entries.join("");
}

function teamLegend(result: Result): string {
  const entries = result.model.teams.map(
    ({ name }) => `<span><i class="${teamClass(result, name)}"></i>${escapeHtml(name)}</span>`,
  );
  return entries.join("");
}
