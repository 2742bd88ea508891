// npm run pictures: takes the README's pictures anew, of what `npm start` and `npm run rehearse -- prod` drew last. Look at them
// before you commit them. Exit code: 0 taken, 1 a page is missing or a picture is too large, 3 there is no Chromium.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findChromium, inChromium } from "./support/chromium";
import { inWorkspace } from "./support/workspace";

const FOLDER = "docs/pictures";
const MAX_BYTES = 300 * 1024;
const FAILED = 1;
const UNAVAILABLE = 3;

interface Picture {
  readonly name: string;
  readonly page: string;
  readonly height: number;
  /** Where on the page; the report shows the environment of that name. */
  readonly anchor?: string;
  /** Makes the page hold what is to be seen, and nothing else. */
  readonly style: string;
}

const pictures: readonly Picture[] = [
  {
    name: "report.png",
    page: "cdktf.out/report/index.html",
    height: 1300,
    anchor: "prod",
    style: "",
  },
  {
    name: "rehearsal.png",
    page: "rehearsal.out/prod.html",
    height: 860,
    style:
      "h1, body > p, nav, section { display: none } section#two-teams { display: block; border: 0; margin: 0; padding: 0 }",
  },
];

async function take(program: string, { name, page, height, anchor, style }: Picture, workspace: string) {
  const copy = join(workspace, `${name}.html`);
  writeFileSync(copy, readFileSync(page, "utf8").replace("</head>", `<style>${style}</style></head>`));
  const file = join(FOLDER, name);
  const options = [`--window-size=1280,${height}`, `--screenshot=${file}`];
  await inChromium(program, workspace, options, `file://${copy}${anchor ? `#${anchor}` : ""}`);
  const { size } = statSync(file);
  if (size > MAX_BYTES) throw new Error(`${file} has ${Math.round(size / 1024)} KiB, of at most 300`);
  console.log(`${file}: ${Math.round(size / 1024)} KiB`);
}

async function run(workspace: string): Promise<number> {
  const program = await findChromium();
  if (!program) {
    console.error("no Chromium on PATH (or in CHROMIUM); no picture is taken");
    return UNAVAILABLE;
  }
  mkdirSync(FOLDER, { recursive: true });
  for (const picture of pictures) await take(program, picture, workspace);
  return 0;
}

void inWorkspace("pictures-", run, FAILED);
