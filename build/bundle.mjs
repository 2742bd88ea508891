import { readdirSync } from "node:fs";
import { relative } from "node:path";
import { fingerprint } from "./fingerprint.mjs";
import { isFresh, writeBuild } from "./record.mjs";

const options = {
  bundle: true,
  platform: "node",
  target: "node20",
  outdir: "dist",
  write: false,
  metafile: true,
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "silent",
};

/** CDKTF and its bindings: nine tenths of a program, and the same in all of them until the next installation. */
const LIBRARY = /^(cdktf|constructs|@cdktf\/.*)$/;
/** How a program finds them: by `imports` in package.json, wherever in `dist` it lies. */
const PLACE = "#library";

/** Every program, as a bundle of its own that takes CDKTF from the library's; returns what of it they need. */
export async function buildPrograms(esbuild, of) {
  const needed = new Set();
  const commands = readdirSync("cli").filter((file) => file.endsWith(".ts"));
  const examples = readdirSync("examples").filter((name) => name !== "workflows");
  const result = await esbuild.build({
    ...options,
    entryPoints: [
      "src/main.ts",
      ...commands.map((file) => `cli/${file}`),
      ...examples.map((name) => `examples/${name}/main.ts`),
    ],
    outbase: ".",
    external: [PLACE],
    plugins: [fromLibrary(needed)],
    sourcemap: "linked",
    sourcesContent: false,
    // A team that is written twice: the second would win without a word.
    logOverride: { "duplicate-object-key": "error" },
  });
  const modules = [...needed].sort();
  await buildLibrary(esbuild, modules);
  write("programs", of, result);
}

function fromLibrary(needed) {
  return {
    name: "from-library",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: LIBRARY }, ({ path }) => ({ path, namespace: "library" }));
      onLoad({ filter: /.*/, namespace: "library" }, ({ path }) => {
        needed.add(path);
        return { contents: `module.exports = require("${PLACE}")[${JSON.stringify(path)}]();` };
      });
    },
  };
}

/** One file of the modules that some program needs, each loaded when it is asked for. Built anew when one changed. */
async function buildLibrary(esbuild, modules) {
  const of = fingerprint(
    ["build/bundle.mjs", "package-lock.json", "node_modules/.package-lock.json"],
    modules,
  );
  if (isFresh("library", of)) return;
  const entries = modules.map((path) => `${JSON.stringify(path)}:()=>require(${JSON.stringify(path)})`);
  const result = await esbuild.build({
    ...options,
    // What others' code will no longer do in some later Node helps nobody who reads the output of a deploy.
    stdin: {
      contents: `process.noDeprecation??=!process.traceDeprecation;module.exports={${entries.join()}};`,
      resolveDir: ".",
    },
    outfile: "dist/library.js",
    outdir: undefined,
    // Loaded by cdktf for zipped assets, which a bundle can't make anyway (docs/decisions/0004).
    alias: { archiver: "./cli/support/no-archiver.ts" },
  });
  write("library", of, result);
}

function write(name, of, { metafile, outputFiles }) {
  writeBuild(name, {
    of,
    // The sources are in `of` already; what is installed is not.
    inputs: Object.keys(metafile.inputs).filter((path) => path.includes("node_modules/")),
    bundles: outputFiles.map(({ path, contents }) => ({ path: relative(".", path), contents })),
  });
}
