import { readFileSync } from "node:fs";

interface LockedPackage {
  readonly optionalDependencies?: Record<string, string>;
  readonly resolved?: string;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, LockedPackage>;
};

/** Whether a package that sits at `place` would find `name`, by the rules of node_modules. */
function isLocked(place: string, name: string): boolean {
  const candidate = place === "" ? `node_modules/${name}` : `${place}/node_modules/${name}`;
  if (candidate in packages) return true;
  if (place === "") return false;
  const parent = place.lastIndexOf("/node_modules/");
  return isLocked(parent < 0 ? "" : place.slice(0, parent), name);
}

// `npm ci` refuses a lockfile that lacks one, on every machine: some releases were published without all platforms.
test("the lockfile holds the binaries of every platform", () => {
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(place, name))
      .map((name) => `${place} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test("the lockfile names no registry", () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith("http"))).toEqual([]);
});
