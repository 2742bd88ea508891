import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";

const folders = ["build", "cli", "constructs", "examples", "rehearsal", "src", "stacks"];
/** What an installation changes, and what tells esbuild how to read a file. */
const files = [
  "build.mjs",
  "package.json",
  "package-lock.json",
  "node_modules/.package-lock.json",
  "tsconfig.json",
];
const outputs = new Set(["cdktf.out", "rehearsal.out", "node_modules", ".venv"]);

/** Every file of the repository that can change what a program does, new ones too. */
export function sources() {
  return [...files, ...folders.flatMap(sourcesBelow)];
}

function sourcesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !outputs.has(name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sourcesBelow(path);
      return /\.(ts|mjs|json)$/.test(entry.name) ? [path] : [];
    });
}

/** One hash of many files, their names and what is in them, never their times; and of words beside them. */
export function fingerprint(paths, words = []) {
  const hash = createHash("sha1").update(JSON.stringify(words));
  for (const path of [...new Set(paths)].sort()) {
    const content = read(path);
    hash.update(`${path}\0${content?.length}\0`);
    if (content) hash.update(content);
  }
  return hash.digest("hex");
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
