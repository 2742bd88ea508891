// npm run cdktn [-- compare | use | leave]: the community fork of CDKTF, under CDKTF's name (docs/decisions/0001).
// `use` changes this repository over to it, `leave` back; `compare` says, from a copy, whether both synthesise the same.
// Exit code: 0 done, or the same; 1 not; 2 one of them does not synthesise; 3 it cannot be installed.
import { readFileSync, writeFileSync } from "node:fs";
import { compareBoth } from "./cdktn/compare-both";
import { FAILED, NOT_SYNTHESISED, UNAVAILABLE } from "./cdktn/exit";
import { install } from "./cdktn/install";
import { withCdktf, withFork } from "./cdktn/package-file";
import { inWorkspace } from "./support/workspace";

/** What is installed follows `package.json`, or both files stay as they were. */
async function change(change: (packageFile: string) => string): Promise<void> {
  const files = ["package.json", "package-lock.json"].map((name) => ({
    name,
    text: readFileSync(name, "utf8"),
  }));
  writeFileSync("package.json", change(readFileSync("package.json", "utf8")));
  const problem = await install(".");
  if (problem === undefined)
    return console.log("changed: package.json, package-lock.json. Next: npm test && npm start");
  for (const { name, text } of files) writeFileSync(name, text);
  console.error(`${problem}\nnothing is changed: package.json and package-lock.json are as they were`);
  process.exitCode = UNAVAILABLE;
}

const modes: Readonly<Record<string, () => Promise<void>>> = {
  compare: () => inWorkspace("cdktn-", compareBoth, NOT_SYNTHESISED),
  use: () => change(withFork),
  leave: () => change(withCdktf),
};

const [mode = "compare"] = process.argv.slice(2);
if (modes[mode]) void modes[mode]();
else {
  const known = Object.keys(modes).map((name) => JSON.stringify(name));
  console.error(`mode must be one of ${known.join(", ")}, got ${JSON.stringify(mode)}`);
  process.exitCode = FAILED;
}
