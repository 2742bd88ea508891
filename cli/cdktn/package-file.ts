/** The fork under CDKTF's own name: no import changes. Both side by side throw at synthesis. */
const FORK = "npm:cdktn@0.24.0";
/** The last release. */
const CDKTF = "0.21.0";

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

/** The text of a `package.json` that installs the fork. `overrides`: the bindings insist on a cdktf 0.21. */
export function withFork(text: string): string {
  return changed(text, ({ dependencies, overrides }) => ({
    dependencies: { ...dependencies, cdktf: FORK },
    overrides: { ...overrides, cdktf: "$cdktf" },
  }));
}

/** The text of one that installs CDKTF itself: after {@link withFork}, what it was before. */
export function withCdktf(text: string): string {
  return changed(text, ({ dependencies, overrides: { cdktf: _fork, ...overrides } }) => ({
    dependencies: { ...dependencies, cdktf: CDKTF },
    overrides,
  }));
}

/** The text of one that installs the other of the two. */
export function withTheOther(text: string): string {
  const fork = withFork(text);
  return fork === text ? withCdktf(text) : fork;
}

function changed(text: string, change: (file: PackageFile) => PackageFile): string {
  const file = JSON.parse(text) as PackageFile;
  return `${JSON.stringify({ ...file, ...change(file) }, null, 2)}\n`;
}
