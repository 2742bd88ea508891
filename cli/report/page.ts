import { signInOf } from "../../constructs/flyte/access";
import type { Environment } from "../../src/environment/define";
import { namesFor } from "../../src/environment/names";
import { type Costs, costsOf, HOURS } from "./costs";
import { identitiesOf } from "./identities";
import { landscapeNarrow, landscapeWide } from "./landscape";
import { identitiesPicture, NARROW, queuesPicture, WIDE } from "./pictures";
import type { PriceList } from "./prices";
import { gpusOf, neededQuotas } from "./quotas";
import { script } from "./script";
import { style } from "./style";
import { escaped } from "./svg";
import { countsOf, type Stack } from "./synthesised-stack";
import { table } from "./table";

/** The whole report: one page that needs nothing else, the same for the same input. */
export function reportPage(
  environments: readonly Environment[],
  stacks: readonly Stack[],
  prices: PriceList,
): string {
  const links = environments.map(({ name }) => `<a href="#${name}">${name}</a>`).join("");
  const sections = environments.map((environment) =>
    section(
      environment,
      stacks.filter(({ name }) => name.startsWith(`${environment.name}-`)),
      prices,
    ),
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Flyte on GKE Autopilot: ${environments.map(({ name }) => name).join(", ")}</title><style>${style}</style></head><body>`,
    '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><marker id="tip" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0L8,4L0,8z"/></marker></defs></svg>',
    `<header><h1>Flyte on GKE Autopilot</h1><p class="soft">What the last synthesis would deploy. Nothing here was asked of Google.</p><nav>${links}</nav></header>`,
    `<main>${sections.join("")}</main>`,
    `<footer>Amounts are estimates in ${prices.currency} from list prices of ${prices.region}, collected ${prices.date}; never a quote. Refresh them with <code>npm run platform -- report --refresh-prices</code>.<br>`,
    `${Object.entries(prices.sources)
      .map(([name, { what, date }]) => `${escaped(name)}: ${escaped(what)}; ${date}.`)
      .join("<br>")}</footer>`,
    `<script>${script}</script></body></html>\n`,
  ].join("");
}

function section(environment: Environment, stacks: readonly Stack[], prices: PriceList): string {
  const costs = costsOf(environment, stacks, prices);
  const { name, project, region, deletionProtection } = environment;
  return [
    `<section data-name="${name}"><h2>${name}</h2>`,
    `<p class="soft">${escaped(project)}, ${region}. ${deletionProtection ? "Protected: cluster, database and buckets refuse to be deleted." : "Not protected: may be destroyed at any time."}</p>`,
    tiles(environment, stacks, costs),
    "<h3>The environment</h3>",
    landscapeWide(environment, WIDE) + landscapeNarrow(environment, NARROW),
    '<h3>Who may do what</h3><p class="soft">From the grants in the synthesised stacks. No key of any service account exists.</p>',
    identitiesPicture(identitiesOf(stacks)),
    queuesPart(environment),
    stacksPart(stacks),
    quotasPart(environment),
    secretsPart(environment),
    costsPart(environment, costs, prices),
    "</section>",
  ].join("");
}

function tiles(environment: Environment, stacks: readonly Stack[], { fixed }: Costs): string {
  const { queues, flyte } = environment;
  const gpus = Object.keys(queues.flavors).reduce((sum, flavor) => sum + gpusOf(environment, flavor), 0);
  const projects = Object.values(queues.teams).reduce((sum, team) => sum + team.projects.length, 0);
  const resources = stacks.reduce(
    (sum, stack) => sum + countsOf(stack).reduce((all, [, n]) => all + n, 0),
    0,
  );
  const month = fixed.reduce((sum, cost) => sum + cost.month, 0);
  const tile = (value: string, words: string) =>
    `<div class="tile"><b>${value}</b><span>${words}</span></div>`;
  return `<div class="tiles">${[
    tile(String(gpus), "GPUs in quotas"),
    tile(
      String(Object.keys(queues.teams).length),
      `${plural("team", Object.keys(queues.teams).length)}, ${projects * flyte.domains.length} namespaces`,
    ),
    tile(String(stacks.length), `${plural("stack", stacks.length)}, ${resources} resources`),
    tile(`≈ ${money(month)}`, "a month when nothing runs"),
  ].join("")}</div>`;
}

function queuesPart(environment: Environment): string {
  const heading = "<h3>Queues and GPUs</h3>";
  if (Object.keys(environment.queues.flavors).length === 0)
    return `${heading}<p class="soft">No GPU flavors: teams run tasks without GPUs, within their CPU and memory.</p>`;
  return `${heading}<p class="soft">A task waits in its team's queue until there is quota, and costs nothing while it waits.</p>
    <div class="bars"><span><i></i>kept for the team</span><span><i class="lent"></i>lent while idle</span><span><i class="hollow"></i>may be borrowed</span></div>${queuesPicture(environment)}`;
}

function stacksPart(stacks: readonly Stack[]): string {
  const part = (stack: Stack) => {
    const counts = countsOf(stack);
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    const after = stack.dependencies.length > 0 ? `after ${stack.dependencies.join(" and ")}` : "first";
    return `<details><summary>${stack.name} <small>${total} resources, ${after}</small></summary>
      <p class="soft">State: <code>${escaped(stack.state)}</code>${stack.outputs.length > 0 ? `. Outputs: ${stack.outputs.join(", ")}` : ""}</p>
      <ul class="counts">${counts.map(([type, count]) => `<li><code>${type}</code><span>${count}</span></li>`).join("")}</ul></details>`;
  };
  return `<h3>Stacks, in the order of deployment</h3>${stacks.map(part).join("")}`;
}

function quotasPart(environment: Environment): string {
  const quotas = neededQuotas(environment);
  if (quotas.length === 0) return "";
  return `<h3>Quotas to ask Google for</h3><p class="soft">So that every team can use its whole quota at a time. <code>npm run platform -- doctor ${environment.name}</code> compares them with what the project has.</p>${table(
    ["Quota", "Where", "Needed", "For"],
    quotas.map(({ metric, where, needed, reason }) => [
      `<code>${metric}</code>`,
      where,
      { n: String(needed) },
      reason,
    ]),
  )}`;
}

function secretsPart(environment: Environment): string {
  const names = namesFor(environment);
  const rows = [
    [
      "Database password",
      `Secret Manager <code>${names.databaseSecret}</code>, and Cloud SQL`,
      "the Flyte backend, as a mounted file",
      `raise <code>database.passwordVersion</code> (now ${environment.database.passwordVersion})`,
    ],
    [
      "Access of pods to Google",
      "nowhere: Workload Identity",
      "each namespace for itself",
      "by itself, hourly",
    ],
    [
      "Access of CI to Google",
      "nowhere: Workload Identity Federation",
      "the repository and branch in its condition",
      "by itself, every run",
    ],
    ...(signInOf(environment.flyte.access)
      ? [
          [
            "OIDC client secret",
            "Secret Manager",
            "the Flyte backend, as a mounted file",
            "a new version, named in the environment",
          ],
        ]
      : []),
  ];
  return `<h3>Secrets, and where they live</h3><p class="soft">None is in Terraform's state, in a plan, in Helm values or in this repository.</p>${table(
    ["Secret", "Lives in", "Read by", "Changed by"],
    rows,
  )}`;
}

function costsPart(environment: Environment, costs: Costs, prices: PriceList): string {
  const month = costs.fixed.reduce((sum, cost) => sum + cost.month, 0);
  const elsewhere =
    environment.region === prices.region
      ? ""
      : ` The prices are of ${prices.region}; those of ${environment.region} differ.`;
  const flavors = costs.flavors.map(({ flavor, machine, gpus, gpuHour, bound, paidAnyway }) => {
    const head = [flavor, `<code>${machine}</code>`, { n: String(gpus) }];
    if (gpuHour === undefined) return [...head, { n: "not in the price list" }, { n: "" }, { n: "" }];
    const mark = paidAnyway ? "reserved" : bound === "at most" ? "≤" : "";
    const cell = (amount: number) => ({ n: `${mark} ${money(amount)}`.trim() });
    return [
      ...head,
      { n: `${mark} ${money(gpuHour, 2)}`.trim() },
      cell(gpuHour * gpus),
      // Counted above already, whether anybody uses it or not.
      paidAnyway
        ? { n: `reserved ${money(gpuHour * gpus * HOURS)}` }
        : {
            n: `<span data-month="${(gpuHour * gpus * HOURS).toFixed(2)}" data-mark="${mark}">${cell(gpuHour * gpus * HOURS * 0.25).n}</span>`,
          },
    ];
  });
  return [
    `<h3>What it would cost</h3><p class="soft">An estimate at list prices, to compare choices by; never a quote. Without tax, discounts, free allowances, the temporary disks of pods and Autopilot's surcharge on GPU nodes.${elsewhere}</p>`,
    table(
      ["Part", "What", "A month"],
      [
        ...costs.fixed.map(({ part, what, month: each }) => [part, what, { n: money(each) }]),
        ["Together", "when nothing runs", { n: money(month) }],
      ],
      "sum",
    ),
    flavors.length > 0
      ? `<label class="busy"><span>GPUs busy <output>25 %</output> of the time</span><input type="range" min="0" max="100" step="5" value="25" aria-label="How much of the time GPUs are busy"></label>${table(
          ["Flavor", "Machine", "GPUs", "One GPU, an hour", "All of them, an hour", "All of them, a month"],
          flavors,
        )}<p class="soft"><small>With the GPU's share of its machine. ≤: DWS prices are lower than the on-demand price used here, by up to half; and of machines with fewer vCPUs GKE takes one where the pod asks for less.</small></p>`
      : "",
    table(
      ["By use", "Price", "Per"],
      costs.usage.map(({ part, price, per }) => [part, { n: money(price, 4) }, per]),
    ),
  ].join("");
}

const plural = (word: string, count: number) => (count === 1 ? word : `${word}s`);

function money(amount: number, least = 0): string {
  const digits = amount > 0 && amount < 1 ? Math.max(2, least) : least;
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}
