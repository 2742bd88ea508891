/** A finding that we live with. scan/waivers.json holds them all. */
export interface Waiver {
  /** Checkov's id. */
  readonly check: string;
  /** Environments in which it is waived. */
  readonly environments: readonly string[];
  /** Resources, as checkov names them; `*` stands for anything. */
  readonly resource: string;
  /** Why nothing is done about it. */
  readonly reason: string;
}

export interface ScanFinding {
  readonly check: string;
  readonly title: string;
  readonly environment: string;
  readonly resource: string;
  /** The stack. */
  readonly where: string;
}

export interface Judgement {
  /** Findings that nobody waived. */
  readonly open: readonly ScanFinding[];
  /** Waivers, each with an environment in which it waives nothing (any more). */
  readonly stale: readonly { readonly waiver: Waiver; readonly environment: string }[];
  /** Mistakes in the waivers themselves. */
  readonly wrong: readonly string[];
  readonly waived: number;
}

/** What is left to do: findings without a waiver, and waivers without a finding. */
export function judge(findings: readonly ScanFinding[], waivers: readonly Waiver[]): Judgement {
  const used = new Set<string>();
  const open = findings.filter((finding) => {
    const index = waivers.findIndex((waiver) => covers(waiver, finding));
    if (index >= 0) used.add(`${index} ${finding.environment}`);
    return index < 0;
  });
  return {
    open,
    waived: findings.length - open.length,
    stale: waivers.flatMap((waiver, index) =>
      waiver.environments
        .filter((environment) => !used.has(`${index} ${environment}`))
        .map((environment) => ({ waiver, environment })),
    ),
    wrong: waivers.flatMap(problemsOf),
  };
}

function covers({ check, environments, resource }: Waiver, finding: ScanFinding): boolean {
  return (
    check === finding.check && environments.includes(finding.environment) && like(resource, finding.resource)
  );
}

function like(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}

function problemsOf({ check, environments, reason }: Waiver): string[] {
  return [
    ...(reason.trim().length < 20 ? [`${check}: reason must say why, got ${JSON.stringify(reason)}`] : []),
    ...(environments.length === 0 ? [`${check}: environments must name at least one, got none`] : []),
  ];
}
