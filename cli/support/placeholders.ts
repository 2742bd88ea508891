/** What the shipped files say in place of names that only a fork knows: `acme-ml-dev`, `acme/flyte-platform`, `acme.example`. */
const PLACEHOLDER = /(^|[^a-z0-9])acme[-./]/;

interface Config {
  readonly name: string;
  readonly project: string;
}

/** Paths of an environment's settings that nobody has filled in yet: `state.bucket`. */
export function placeholdersOf(config: Config): string[] {
  // What has the project's own name follows it.
  return stringsIn(config, [])
    .filter(([path, value]) => PLACEHOLDER.test(value) && (path === "project" || value !== config.project))
    .map(([path]) => path);
}

function stringsIn(value: unknown, path: readonly string[]): [string, string][] {
  if (typeof value === "string") return [[path.join("."), value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => stringsIn(each, [...path, key]));
}

/** What `npm start` says of them, a line for each environment; nothing where all is filled in. */
export function placeholderLines(configs: readonly Config[]): string[] {
  const shown = 4;
  return configs.flatMap((config) => {
    const paths = placeholdersOf(config);
    if (paths.length === 0) return [];
    const rest = paths.length > shown ? ` and ${paths.length - shown} more` : "";
    return [`src/environments/${config.name}.ts: ${paths.slice(0, shown).join(", ")}${rest}`];
  });
}
