import { judge } from "../../../rehearsal/expectations/judge";
import { page } from "../../../rehearsal/report/page";
import { summaryRows, summaryTable } from "../../../rehearsal/report/summary";
import { segments } from "../../../rehearsal/report/timeline";
import { HOUR, MINUTE, attempt, result, story, task } from "../support/result";

const evicted = attempt({ end: "taken-away", reason: "WorkloadEvictedDueToPreempted" });
const stories = [
  story(task("train"), [attempt()]),
  story(task("<tune>"), [
    evicted,
    attempt({ pod: "n/2", submitted: 80 * MINUTE, running: 90 * MINUTE, ended: 2 * HOUR }),
  ]),
];
const example = result(stories, [{ that: "tasks-succeed" }, { that: "no-evictions" }]);
const html = page(
  "test",
  [{ result: example, verdicts: judge(example) }],
  [{ scenario: "drain", why: "needs <more>" }],
);

describe("the segments of a row", () => {
  test("are what the task did, one after the other", () =>
    expect(segments(attempt({ reserved: MINUTE }), HOUR)).toEqual([
      { phase: "queued", from: 0, to: MINUTE },
      { phase: "capacity", from: MINUTE, to: 10 * MINUTE },
      { phase: "running", from: 10 * MINUTE, to: 70 * MINUTE },
    ]));

  test("of a task that never got quota are one wait until the end", () =>
    expect(segments(attempt({ reserved: undefined, running: undefined, ended: undefined }), HOUR)).toEqual([
      { phase: "queued", from: 0, to: HOUR },
    ]));
});

describe("the table", () => {
  test("has a line for each team and flavor", () => {
    const nodes = [
      {
        name: "n",
        flavor: "h100-dws",
        namespace: "search-development",
        gpus: 8,
        created: 0,
        removed: 4 * HOUR,
      },
    ];
    expect(summaryTable(summaryRows({ ...example, nodes }))).toBe(
      `team     flavor    tasks  succeeded  wait p50  wait p95  run p50  evictions  GPU-h used  GPU-h idle
product  h100-dws      2          2       10m       10m       1h          1        20.0        12.0`,
    );
  });
});

describe("the page", () => {
  test("needs no other file", () => {
    expect(html).not.toMatch(/<script|<link|src=|url\(|https?:/);
  });

  test("is for light and dark", () => {
    expect(html).toContain("color-scheme: light dark");
    expect(html).toContain("@media (prefers-color-scheme: dark)");
  });

  test("has each task's row, its phases and its eviction", () => {
    expect(html.match(/<rect class="running"/g)).toHaveLength(3);
    expect(html.match(/<path class="evicted"/g)).toHaveLength(1);
    expect(html).toContain('<text class="label" x="142" y="35">train</text>');
  });

  test("says what holds and what does not", () => {
    expect(html).toContain('<li class="holds">every task succeeds</li>');
    expect(html).toContain(
      "&lt;tune&gt; was thrown out 1h 10m after its submission: WorkloadEvictedDueToPreempted",
    );
    expect(html).toContain("1 scenarios, 1 with broken expectations");
    expect(html).toContain("drain skipped: needs &lt;more&gt;");
  });

  test("takes nobody's name for HTML", () => expect(html).not.toContain("<tune>"));

  test("draws the quota of each flavor that was used", () => {
    expect(html).toContain('aria-label="Quota of h100-dws in use"');
    expect(html).not.toContain('aria-label="Quota of l4 in use"');
  });
});
