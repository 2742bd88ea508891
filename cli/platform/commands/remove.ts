import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { follow } from "../../environments/followers";
import { withoutEnvironment } from "../../environments/index-file";
import type { Command } from "../command";
import { Exit, UserError } from "../exit";

/** Takes an environment out of this repository. Touches nothing of Google's. */
export const remove: Command = {
  description: {
    name: "remove",
    summary: "take an environment out of this repository: its file, its place in the list, its jobs in CI",
    environment: "required",
    ownOnly: true,
    options: [{ flags: "--yes", summary: "do not ask; needed where there is no terminal" }],
    exits: {
      [Exit.ok]: "the files are gone",
      [Exit.error]: "there is no such environment, or it is the only one",
      [Exit.refused]: "not confirmed; nothing is changed",
    },
  },
  run: async ({ name, root, environment, environments, options, output, ask }) => {
    const { state } = environment();
    const left = environments().filter((each) => each.name !== name);
    if (left.length === 0) throw new UserError(`${name} is the only environment; make another one first`);
    if (!options.flag("yes")) {
      const question = `What is deployed of ${name} stays, and is in no file any more: destroy it first (npm run platform -- destroy ${name}).\nIts name, to take its files away: `;
      if ((await ask?.(question)) !== name)
        throw new UserError(`not confirmed; nothing is changed`, Exit.refused);
    }
    const index = join(root, "src", "environments", "index.ts");
    writeFileSync(index, withoutEnvironment(readFileSync(index, "utf8"), name));
    const gone = [`src/environments/${name}.ts`, `test/inventories/${name}.txt`];
    for (const file of gone) rmSync(join(root, file), { force: true });
    const written = ["src/environments/index.ts", ...follow(root, left)];
    for (const file of gone) output.line(`removed  ${file}`);
    for (const file of written) output.line(`written  ${file}`);
    output.line();
    output.line("Next: npm start && npm test -- -u, read the diff, commit.");
    output.line(
      `Its states stay in gs://${state.bucket}/${state.prefix}, and GitHub's environments of its name.`,
    );
    output.result({ removed: gone, written });
    return Exit.ok;
  },
};
