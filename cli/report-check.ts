// npm run report:check: opens the report in a real browser, narrow and wide, in the light and in the dark.
// Exit code: 0 readable, 1 not, 3 there is no Chromium.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { measuredIn, measuringScript } from "./report/measure";
import { findChromium, inChromium } from "./support/chromium";
import { inWorkspace } from "./support/workspace";

const MAX_BYTES = 1024 * 1024;
const MAX_MILLISECONDS = 1000;
const FAILED = 1;
const UNAVAILABLE = 3;

const report = join(process.env["CDKTF_OUTDIR"] ?? "cdktf.out", "report", "index.html");

async function open(program: string, page: string, width: number, dark: boolean, workspace: string) {
  const options = [
    ...(dark ? ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] : []),
    `--window-size=${width},900`,
    "--dump-dom",
  ];
  return measuredIn(await inChromium(program, workspace, options, `file://${resolve(page)}`));
}

async function run(workspace: string): Promise<number> {
  const program = await findChromium();
  if (!program) {
    console.error("no Chromium on PATH (or in CHROMIUM); the report is not checked");
    return UNAVAILABLE;
  }
  const page = join(workspace, "index.html");
  const html = readFileSync(report, "utf8");
  writeFileSync(page, html.replace("</body>", `<script>${measuringScript}</script></body>`));

  const bytes = statSync(report).size;
  let failed = bytes > MAX_BYTES ? 1 : 0;
  console.log(`${report}: ${Math.round(bytes / 1024)} KiB of at most 1024`);
  for (const width of [1280, 400]) {
    for (const dark of [false, true]) {
      const { milliseconds, problems } = await open(program, page, width, dark, workspace);
      const slow = milliseconds > MAX_MILLISECONDS ? [`opens in ${milliseconds} ms`] : [];
      console.log(`${width} px, ${dark ? "dark" : "light"}: ${milliseconds} ms, ${problems.length} problems`);
      for (const problem of [...slow, ...problems]) console.log(`    ${problem}`);
      failed += problems.length + slow.length;
    }
  }
  return failed > 0 ? FAILED : 0;
}

void inWorkspace("report-", run, FAILED);
