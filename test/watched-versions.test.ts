import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { knownImages } from "../constructs/known-images";
import { operators, type Program, programs } from "../rehearsal/tools/programs";
import { providerVersions } from "../stacks/providers";

// Every version that is pinned here is one that a tool watches: renovate.json's expressions, run over the files as Renovate
// runs them. npm packages and actions have tools of their own.

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
}
interface PackageRule {
  readonly matchManagers?: readonly string[];
  readonly matchPackageNames?: readonly string[];
  readonly enabled?: boolean;
}
const renovate = JSON.parse(readFileSync("renovate.json", "utf8")) as {
  customManagers: readonly Manager[];
  packageRules: readonly PackageRule[];
  enabledManagers: readonly string[];
  minimumReleaseAge: string;
};

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
})
  .split("\n")
  // Git goes on to list what was taken away and not yet committed, as `platform remove` does.
  .filter((file) => file !== "" && existsSync(file));

interface Watched {
  readonly file: string;
  readonly depName: string;
  readonly currentValue: string;
  readonly from: number;
  readonly to: number;
}

const watched: readonly Watched[] = renovate.customManagers.flatMap(
  ({ managerFilePatterns, matchStrings }) => {
    const patterns = managerFilePatterns.map((pattern) => new RegExp(pattern.replace(/^\/|\/$/g, "")));
    return files
      .filter((file) => patterns.some((pattern) => pattern.test(file)))
      .flatMap((file) => {
        const text = readFileSync(file, "utf8");
        return matchStrings.flatMap((expression) =>
          [...text.matchAll(new RegExp(expression, "g"))].map((match) => ({
            file,
            depName: match.groups?.["depName"] ?? "",
            currentValue: match.groups?.["currentValue"] ?? "",
            from: match.index,
            to: match.index + match[0].length,
          })),
        );
      });
  },
);

const versionsIn = (file: string) =>
  watched.filter((each) => each.file === file).map(({ depName, currentValue }) => [depName, currentValue]);

/** Versions in the sources that nobody need watch, and why. */
const unwatched: Readonly<Record<string, string>> = {
  "constructs/kubernetes/manifest-chart.ts": "our own chart: its version is the hash of its template",
  "constructs/kueue/gpus.ts": "the first GKE version that has a GPU: a fact, not a choice",
  "cli/cdktn/package-file.ts": "CDKTF's last release and its fork, changed over by hand",
  "cli/scan/plan-shape.ts": "the form of a plan that Checkov reads",
  "rehearsal/scenarios/": "images of attackers, and a sidecar that GKE chooses",
  "rehearsal/tasks/bucket-sidecar.ts": "a sidecar that GKE chooses",
};

/** A text that is a version, or an image with one; no address. */
const pin =
  /(["'`])(?:[^"'`\n]*[:@])?v?\d+\.\d+\.\d+(?:[-+][\w.-]+)?\1|(["'`])[a-z0-9.-]+\.[a-z]+\/[^"'`\s]*:v?\d[\w.-]*\2/g;

const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => " ".repeat(comment.length));

test("every version in the sources is watched, or said not to be", () => {
  const sources = files.filter((file) =>
    /^(constructs|stacks|src|cli|rehearsal|examples)\/.*\.ts$/.test(file),
  );
  const loose = sources.flatMap((file) =>
    [...withoutComments(readFileSync(file, "utf8")).matchAll(pin)]
      .filter(({ index, 0: text }) => {
        const covers = ({ file: of, from, to }: Watched) =>
          of === file && from < index + text.length && index < to;
        return !watched.some(covers);
      })
      .map(([text]) => `${file}: ${text}`),
  );
  expect(loose.filter((found) => !Object.keys(unwatched).some((path) => found.startsWith(path)))).toEqual([]);
  // A reason that has no version any more goes.
  for (const file of Object.keys(unwatched)) expect(loose.some((found) => found.startsWith(file))).toBe(true);
});

test("Terraform's providers are, each by its name", () =>
  expect(versionsIn("stacks/providers.ts")).toEqual(Object.entries(providerVersions)));

test("the platform's images are, or the chart whose version they follow", () => {
  const all = new Set(watched.map(({ currentValue }) => currentValue.replace(/^v/, "")));
  for (const name of knownImages) {
    const tag = name.slice(name.lastIndexOf(":") + 1).replace(/^v/, "");
    expect([name, all.has(tag)]).toEqual([name, true]);
  }
});

test("the rehearsal's programs are, and their modules", () => {
  const all = Object.values<Program>({ ...programs, ...operators }).filter(({ version }) =>
    /^v\d/.test(version),
  );
  const found = versionsIn("rehearsal/tools/programs.ts");
  expect(found.map(([, version]) => version)).toEqual(
    expect.arrayContaining(all.map(({ version }) => version)),
  );
  expect(renovate.enabledManagers).toContain("gomod");
  const enabled = renovate.packageRules.find(({ matchManagers }) => matchManagers?.includes("gomod"));
  expect(enabled?.enabled).toBe(true);
  const tools = files
    .filter((file) => /^rehearsal\/tools\/.*go\.mod$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(file, "utf8");
      return [...text.matchAll(/^(?:tool )?\t?([\w./-]+\.[\w./-]+)$/gm)].map(([, path]) => path!);
    });
  expect(tools.length).toBeGreaterThan(5);
  for (const path of tools)
    expect([
      path,
      enabled?.matchPackageNames?.some((module) => path === module || path.startsWith(`${module}/`)),
    ]).toEqual([path, true]);
});

test("Terraform is, wherever CI installs it", () => {
  const workflows = files.filter((file) => file.startsWith(".github/workflows/"));
  const installed = workflows.filter((file) => readFileSync(file, "utf8").includes("terraform_version:"));
  const versions = installed.flatMap((file) => versionsIn(file).map(([, version]) => version));
  expect(installed.length).toBeGreaterThan(3);
  expect(versions.length).toBeGreaterThanOrEqual(installed.length);
  expect(new Set(versions).size).toBe(1);
});

test("nobody is the first to run what came out today", () => {
  expect(renovate.minimumReleaseAge).toBe("7 days");
  expect(readFileSync(".github/dependabot.yml", "utf8")).toContain("default-days: 7");
});
