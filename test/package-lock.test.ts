import { readFileSync } from "node:fs";

interface LockedPackage {
  readonly optionalDependencies?: Record<string, string>;
  readonly resolved?: string;
}

type Packages = Readonly<Record<string, LockedPackage>>;
const packagesOf = (file: string) =>
  (JSON.parse(readFileSync(file, "utf8")) as { packages: Packages }).packages;
const files = ["package-lock.json", "docs-site/package-lock.json"];

/** Whether a package that sits at `place` would find `name`, by the rules of node_modules. */
function isLocked(packages: Packages, place: string, name: string): boolean {
  const candidate = place === "" ? `node_modules/${name}` : `${place}/node_modules/${name}`;
  if (candidate in packages) return true;
  if (place === "") return false;
  const parent = place.lastIndexOf("/node_modules/");
  return isLocked(packages, parent < 0 ? "" : place.slice(0, parent), name);
}

// `npm ci` refuses a lockfile that lacks one, on every machine: some releases were published without all platforms.
test.each(files)("%s holds the binaries of every platform", (file) => {
  const packages = packagesOf(file);
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(packages, place, name))
      .map((name) => `${place} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test.each(files)("%s names no registry", (file) => {
  expect(Object.values(packagesOf(file)).filter(({ resolved }) => resolved?.startsWith("http"))).toEqual([]);
});
