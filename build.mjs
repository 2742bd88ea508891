// Brings the bundles of all programs in `dist` up to date. What is in the files decides, never their times, and with
// nothing changed esbuild isn't even loaded (docs/decisions/0004). Types are judged by `npm run typecheck`, so that a
// typo in an environment gets its own, better message.
import { fingerprint, sources } from "./build/fingerprint.mjs";
import { isFresh, isWhole } from "./build/record.mjs";

const now = fingerprint(sources());
if (!isFresh("programs", now) || !isWhole("library")) {
  const [esbuild, { buildPrograms }] = await Promise.all([import("esbuild"), import("./build/bundle.mjs")]);
  await buildPrograms(esbuild, now).catch(async ({ errors, stack }) => {
    // One file is in several programs, and its mistake would be told once for each.
    const options = { kind: "error", color: process.stderr.isTTY };
    const messages = errors ? await esbuild.formatMessages(errors, options) : [`${stack}\n`];
    process.stderr.write([...new Set(messages)].join(""));
    process.exit(1);
  });
  await esbuild.stop();
}
