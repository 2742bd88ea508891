import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fingerprint } from "./fingerprint.mjs";

/**
 * What a build was made of and what it made, beside its bundles: `of` is the fingerprint of what it was asked to
 * build, taken before; `files` are the modules it read and the bundles it wrote, `holds` their fingerprint.
 */
function readRecord(name) {
  try {
    return JSON.parse(readFileSync(recordFile(name), "utf8"));
  } catch {
    return undefined; // none yet, or one that was cut off: build again
  }
}

/** Whether what a build read and wrote lies there unchanged: a damaged bundle does not pass. */
export function isWhole(name) {
  const record = readRecord(name);
  return record !== undefined && record.holds === fingerprint(record.files);
}

/** Whether a new build would make what lies there. */
export function isFresh(name, of) {
  return readRecord(name)?.of === of && isWhole(name);
}

/** Puts bundles in the place of the former ones; the record comes last, so that a build cut off is none. */
export function writeBuild(name, { of, inputs, bundles }) {
  const outputs = bundles.map(({ path }) => path);
  const former = readRecord(name)?.outputs ?? [];
  for (const path of former.filter((each) => !outputs.includes(each))) rmSync(path, { force: true });
  for (const { path, contents } of bundles) replace(path, contents);
  const files = [...inputs, ...outputs];
  replace(recordFile(name), JSON.stringify({ of, holds: fingerprint(files), outputs, files }));
}

/** In one step: a command that starts meanwhile reads the old file or the new one, whole. */
function replace(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}

const recordFile = (name) => `dist/${name}.json`;
