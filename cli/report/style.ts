/** The page's style. Colours are variables, so that pictures follow the reader's light or dark. */
export const style = `
:root { color-scheme: light dark; --bg: #fbfbfd; --fg: #16181d; --soft: #565c69; --line: #d9dce3; --panel: #ffffff; --row: #00000008;
  --people: #b4457d; --network: #4668a8; --compute: #4c51bf; --data: #0f7b6c; --keys: #9a6700; --gpu: #4d7c0f; --plain: #6b7280; --mix: 7%; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1115; --fg: #e8eaef; --soft: #a5acba; --line: #2c313b; --panel: #171a20; --row: #ffffff0a;
  --people: #f08cb8; --network: #8fb4f5; --compute: #a5abff; --data: #5fd0bb; --keys: #e5b454; --gpu: #a3d65c; --plain: #9ca3af; --mix: 10%; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 15px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main, header, footer { max-width: 1208px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 28px; }
h1 { font-size: 24px; margin: 0 0 4px; letter-spacing: -.01em; }
h2 { font-size: 21px; margin: 8px 0 2px; letter-spacing: -.01em; }
h3 { font-size: 16px; margin: 40px 0 4px; }
p { margin: 4px 0 12px; max-width: 76ch; }
.soft, p.note, small { color: var(--soft); }
svg text { fill: var(--fg); font-family: inherit; } svg text.soft { fill: var(--soft); }
svg { display: block; width: 100%; height: auto; margin: 12px 0 0; }
svg.narrow { display: none; max-width: 480px; }
nav { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0 0; padding: 0 0 16px; border-bottom: 1px solid var(--line); }
nav a { color: var(--fg); text-decoration: none; border: 1px solid var(--line); border-radius: 999px; padding: 4px 16px; background: var(--panel); }
nav a[aria-current] { background: var(--fg); color: var(--bg); border-color: var(--fg); }
a { color: var(--compute); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 16px 0 0; }
.tile { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 12px 16px; }
.tile b { display: block; font-size: 22px; letter-spacing: -.02em; font-variant-numeric: tabular-nums; } .tile span { color: var(--soft); font-size: 13px; }
table + table, p + table.cards:last-child { margin-top: 28px; }
table { border-collapse: collapse; width: 100%; margin: 8px 0 0; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 13px; }
th, td { padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: 12px; overflow-wrap: normal; }
td.n:not(:last-child), th.n:not(:last-child) { padding-right: 32px; } td.n:last-child, th.n:last-child { padding-right: 0; }
tr.sum td { font-weight: 600; }
code { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
details { border: 1px solid var(--line); border-radius: 12px; background: var(--panel); padding: 10px 16px; margin: 10px 0 0; }
summary { cursor: pointer; font-weight: 600; } summary small { font-weight: 400; }
ul.counts { columns: 3 280px; column-gap: 32px; margin: 8px 0; padding: 0; list-style: none; font-size: 13px; }
ul.counts li { display: flex; justify-content: space-between; gap: 8px; break-inside: avoid; padding: 2px 0; }
.busy { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; margin: 28px 0 0; font-size: 14px; } .busy input { flex: 0 1 260px; accent-color: var(--compute); }
footer { padding: 32px 24px 48px; color: var(--soft); font-size: 13px; }
.frame { fill: none; stroke: var(--line); stroke-dasharray: 5 5; }
.row { fill: var(--row); }
.arrow { fill: none; stroke: var(--soft); stroke-width: 1.4; } #tip path { fill: var(--soft); }
.wire { fill: none; stroke-width: 1.3; opacity: .6; } svg:hover .wire { opacity: .35; } svg .wire:hover { opacity: 1; stroke-width: 2.6; }
.lent { opacity: .45; }
.bars { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; color: var(--soft); } .bars i { display: inline-block; width: 22px; height: 8px; border-radius: 2px; margin-right: 6px; background: var(--compute); }
.bars i.lent { opacity: .45; } .bars i.hollow { background: none; border: 1px dashed var(--compute); }
${tones()}
@media (max-width: 820px) {
  main, header { padding: 0 16px; } header { padding-top: 20px; } footer { padding: 24px 16px 40px; }
  svg.wide { display: none; } svg.narrow { display: block; margin-inline: auto; }
  table.cards thead { display: none; }
  table.cards tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--line); }
  table.cards td, table.cards td.n { display: flex; justify-content: space-between; gap: 16px; border: 0; padding: 2px 0; text-align: right; white-space: normal; }
  table.cards td::before { content: attr(data-head); color: var(--soft); flex: none; text-align: left; }
  table.cards td:first-child { font-weight: 600; text-align: left; } table.cards td:first-child::before { content: none; }
}
@media print { nav, .busy { display: none; } section { display: block !important; break-before: page; } }
`;

function tones(): string {
  return ["people", "network", "compute", "data", "keys", "gpu", "plain"]
    .map((tone) => {
      const tint = (percent: string, base: string) =>
        `color-mix(in srgb, var(--${tone}) ${percent}, ${base})`;
      return [
        `.card.${tone} { fill: ${tint("9%", "var(--panel)")}; stroke: ${tint("45%", "var(--panel)")}; }`,
        `.group.${tone} { fill: ${tint("4%", "var(--bg)")}; stroke: ${tint("30%", "var(--bg)")}; }`,
        `.chip.${tone} { fill: ${tint("16%", "var(--panel)")}; }`,
        `.wire.${tone} { stroke: var(--${tone}); }`,
        `.fill-${tone} { fill: var(--${tone}); } .hollow-${tone} { fill: none; stroke: var(--${tone}); stroke-dasharray: 3 2; }`,
      ].join("\n");
    })
    .join("\n");
}
