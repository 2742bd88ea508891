/** The page carries its own style: it is one file, and readable in light and dark. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --faint: #5b6570; --line: #d8dde3;
  --queued: #c3cad3; --capacity: #e0a526; --running: #2f7fd1; --evicted: #c0262d; --good: #1a7f42;
  --team-0: #2f7fd1; --team-1: #8a5bc9; --team-2: #18938a; --team-3: #c06a1e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --ink: #e8ebee; --faint: #9aa5b1; --line: #333a42;
    --queued: #4a535e; --capacity: #d19a25; --running: #5aa2ea; --evicted: #ff7076; --good: #53c17d;
    --team-0: #5aa2ea; --team-1: #b18ae6; --team-2: #3fbdb3; --team-3: #e2954f;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 24px; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 0; }
section { border-top: 1px solid var(--line); margin-top: 32px; padding-top: 20px; }
p { margin: 4px 0 12px; max-width: 75ch; }
.faint { color: var(--faint); fill: var(--faint); }
nav a { color: inherit; margin-right: 14px; white-space: nowrap; }
ul { list-style: none; padding: 0; margin: 8px 0 16px; }
li.holds::before { content: "✓ "; color: var(--good); font-weight: 700; }
li.broken::before { content: "✗ "; color: var(--evicted); font-weight: 700; }
li ul { margin: 0 0 4px 22px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 8px 0 16px; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 14px 3px 0; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
th { color: var(--faint); font-weight: 500; }
svg { display: block; width: 100%; min-width: 700px; height: auto; font: 11px system-ui, sans-serif; }
svg .axis line { stroke: var(--line); }
svg .axis text { fill: var(--faint); text-anchor: middle; }
svg .label { fill: var(--ink); text-anchor: end; }
svg .label.faint { fill: var(--faint); }
.queued { fill: var(--queued); background: var(--queued); }
.capacity { fill: var(--capacity); background: var(--capacity); }
.running { fill: var(--running); background: var(--running); }
svg .evicted { stroke: var(--evicted); stroke-width: 2; fill: none; }
svg .incident line { stroke: var(--evicted); stroke-dasharray: 4 3; }
svg .nominal { stroke: var(--ink); stroke-dasharray: 5 4; }
.team-0 { fill: var(--team-0); background: var(--team-0); }
.team-1 { fill: var(--team-1); background: var(--team-1); }
.team-2 { fill: var(--team-2); background: var(--team-2); }
.team-3 { fill: var(--team-3); background: var(--team-3); }
.legend span { margin-right: 18px; white-space: nowrap; }
.legend i { display: inline-block; width: 12px; height: 12px; border-radius: 2px; margin-right: 6px; vertical-align: -1px; }
.legend i.evicted { background: none; }
.legend i.evicted::before { content: "✕"; color: var(--evicted); font-style: normal; font-weight: 700; line-height: 12px; }
`;
