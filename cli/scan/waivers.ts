/** A finding that we live with. scan/waivers.json holds them all. */
export interface Waiver {
  /** Checkov's id. */
  readonly check: string;
  /** Whether it is about environments, or about what their owners make before them. */
  readonly in: "environment" | "bootstrap";
  /**
   * Settings of the environments that it is about, by path: `{ "network.flowLogs": false }`. `null` is a setting that is
   * left out, `"*"` one that is not. Names of environments are a fork's own.
   * @default every environment
   */
  readonly where?: Readonly<Record<string, boolean | number | string | null>>;
  /** Resources, as checkov names them; `*` stands for anything. */
  readonly resource: string;
  /** Why nothing is done about it. */
  readonly reason: string;
}

export interface ScanFinding {
  readonly check: string;
  readonly title: string;
  /** `dev`, or `dev-bootstrap`. */
  readonly environment: string;
  readonly resource: string;
  /** The stack. */
  readonly where: string;
}

export interface Judgement {
  /** Findings that nobody waived. */
  readonly open: readonly ScanFinding[];
  /** Waivers, each with an environment that it is about and in which it waives nothing (any more). */
  readonly stale: readonly { readonly waiver: Waiver; readonly environment: string }[];
  /** Mistakes in the waivers themselves. */
  readonly wrong: readonly string[];
  readonly waived: number;
}

interface Named {
  readonly name: string;
}

/** What is left to do: findings without a waiver, and waivers without a finding. */
export function judge(
  findings: readonly ScanFinding[],
  waivers: readonly Waiver[],
  environments: readonly Named[],
): Judgement {
  const about = waivers.map((waiver) => ({ waiver, places: placesOf(waiver, environments) }));
  const covers = ({ waiver, places }: (typeof about)[number], finding: ScanFinding) =>
    waiver.check === finding.check &&
    places.includes(finding.environment) &&
    like(waiver.resource, finding.resource);
  const open = findings.filter((finding) => !about.some((each) => covers(each, finding)));
  return {
    open,
    waived: findings.length - open.length,
    stale: about.flatMap((each) =>
      each.places
        .filter(
          (place) => !findings.some((finding) => finding.environment === place && covers(each, finding)),
        )
        .map((environment) => ({ waiver: each.waiver, environment })),
    ),
    wrong: waivers.flatMap(problemsOf),
  };
}

/** The environments that a waiver is about, as findings name them. */
function placesOf({ in: kind, where = {} }: Waiver, environments: readonly Named[]): string[] {
  return environments
    .filter((environment) =>
      Object.entries(where).every(([path, value]) => {
        const found = settingAt(environment, path);
        return value === "*" ? found !== null : found === value;
      }),
    )
    .map(({ name }) => (kind === "bootstrap" ? `${name}-bootstrap` : name));
}

function settingAt(environment: object, path: string): unknown {
  const step = (value: unknown, key: string): unknown =>
    (value as Record<string, unknown> | undefined)?.[key];
  return path.split(".").reduce(step, environment) ?? null;
}

function like(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}

function problemsOf({ check, in: kind, reason }: Waiver): string[] {
  return [
    ...(reason.trim().length < 20 ? [`${check}: reason must say why, got ${JSON.stringify(reason)}`] : []),
    ...(["environment", "bootstrap"].includes(kind)
      ? []
      : [`${check}: in must be one of "environment", "bootstrap", got ${JSON.stringify(kind)}`]),
  ];
}
