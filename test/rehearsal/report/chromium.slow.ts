import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge } from "../../../rehearsal/expectations/judge";
import { page } from "../../../rehearsal/report/page";
import { colours } from "../support/png";
import { HOUR, MINUTE, attempt, result, story, task } from "../support/result";

const browser = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);
const inBrowser = browser ? test : test.skip;
if (!browser) console.warn("no Chromium here: how the page looks is not tested");

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--window-size=1200,1450",
];

describe("the page in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // One start of the browser for both: a frame takes the colour scheme of its element.
  function pictured(): Map<string, number> {
    const evicted = attempt({ end: "taken-away", reason: "Preempted", reserved: 5 * MINUTE });
    const later = { submitted: 75 * MINUTE, reserved: 80 * MINUTE, running: 90 * MINUTE, ended: 2 * HOUR };
    const again = attempt({ pod: "n/1", ...later });
    const example = result([story(task("train"), [evicted, again])], [{ that: "no-evictions" }]);
    writeFileSync(
      join(folder, "page.html"),
      page("test", [{ result: example, verdicts: judge(example) }], []),
    );
    const frames = ["light", "dark"].map(
      (scheme) =>
        `<iframe src="page.html" style="color-scheme: ${scheme}; width: 1180px; height: 700px"></iframe>`,
    );
    writeFileSync(join(folder, "both.html"), frames.join(""));
    const image = join(folder, "both.png");
    const more = [`--user-data-dir=${join(folder, "profile")}`, `--screenshot=${image}`];
    execFileSync(browser!, [...flags, ...more, `file://${join(folder, "both.html")}`], {
      stdio: "ignore",
      timeout: 60_000,
    });
    return colours(readFileSync(image));
  }

  inBrowser(
    "shows every phase in light and dark",
    () => {
      const seen = pictured();
      const missing = (least: number, ...wanted: string[]) =>
        wanted.filter((colour) => (seen.get(colour) ?? 0) < least);
      // The colours of the style: paper, then queued, waiting for capacity, running, thrown out.
      expect(missing(400_000, "#ffffff", "#14171b")).toEqual([]);
      expect(missing(20, "#c3cad3", "#e0a526", "#2f7fd1", "#c0262d")).toEqual([]);
      expect(missing(20, "#4a535e", "#d19a25", "#5aa2ea", "#ff7076")).toEqual([]);
    },
    60_000,
  );
});
