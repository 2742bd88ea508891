// One file per program. A bundle loads in half the time of 400 modules, and 0.3 s of build keeps it fresh;
// types are judged by `npm run typecheck`, so that a typo in an environment gets its own, better message.
import { readdirSync } from "node:fs";
import { build, formatMessages } from "esbuild";

const commands = readdirSync("cli").filter((file) => file.endsWith(".ts"));
const examples = readdirSync("examples").filter((name) => name !== "workflows");

await build({
  entryPoints: [
    "src/main.ts",
    ...commands.map((file) => `cli/${file}`),
    ...examples.map((name) => `examples/${name}/main.ts`),
  ],
  outbase: ".",
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  // Loaded by cdktf for zipped assets, which a bundle can't make anyway (docs/decisions/0004).
  alias: { archiver: "./cli/support/no-archiver.ts" },
  sourcemap: "linked",
  sourcesContent: false,
  minifyWhitespace: true,
  minifySyntax: true,
  // A team that is written twice: the second would win without a word.
  logOverride: { "duplicate-object-key": "error" },
  logLevel: "silent",
}).catch(async ({ errors }) => {
  // One file is in several programs, and its mistake would be told once for each.
  const messages = await formatMessages(errors, { kind: "error", color: process.stderr.isTTY });
  process.stderr.write([...new Set(messages)].join(""));
  process.exit(1);
});
