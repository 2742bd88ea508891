import type { Problem } from "../problems";
import { fewestOpenings, recurrenceProblem } from "./recurrence";
import { problemIf, type Rule, rule } from "./rule";

const hour = 3_600_000;
const day = 24 * hour;

/** The moment that a text names; undefined where the calendar has none, as 30 February. */
function momentOf(text: string): number | undefined {
  const moment = Date.parse(text);
  return Number.isNaN(moment) || new Date(moment).toISOString() !== text.replace("Z", ".000Z")
    ? undefined
    : moment;
}

interface Span {
  readonly startTime: string;
  readonly endTime: string;
}

function calendarProblems(path: string, span: Span): readonly (Problem | undefined)[] {
  return (["startTime", "endTime"] as const).map((key) =>
    problemIf(
      momentOf(span[key]) === undefined,
      `${path}.${key}`,
      `must be a time that exists, got ${JSON.stringify(span[key])}`,
    ),
  );
}

/** Milliseconds from start to end; undefined while one of them does not exist. */
function lengthOf({ startTime, endTime }: Span): number | undefined {
  const [start, end] = [momentOf(startTime), momentOf(endTime)];
  return start === undefined || end === undefined ? undefined : end - start;
}

function windowProblem(window: Span): Problem | undefined {
  const length = lengthOf(window);
  if (length === undefined || (length >= 4 * hour && length <= day)) return undefined;
  return {
    path: "cluster.maintenance.endTime",
    message: `must be 4 to 24 hours after startTime, got ${Math.round((length / hour) * 100) / 100} hours`,
  };
}

function availabilityProblem(window: Span & { readonly recurrence: string }): Problem | undefined {
  const path = "cluster.maintenance.recurrence";
  const got = `got ${JSON.stringify(window.recurrence)}`;
  const unreadable = recurrenceProblem(window.recurrence);
  if (unreadable) return { path, message: `must ${unreadable}, ${got}` };
  const length = lengthOf(window);
  const start = momentOf(window.startTime);
  if (start === undefined || length === undefined || windowProblem(window)) return undefined;
  const hours = (length / hour) * fewestOpenings(window.recurrence, start, 32);
  return problemIf(
    hours < 48,
    path,
    `must give at least 48 hours of windows in 32 days, got ${hours} with ${JSON.stringify(window.recurrence)}; GKE refuses less`,
  );
}

function exclusionProblem(path: string, exclusion: Span & { readonly scope: string }): Problem | undefined {
  const length = lengthOf(exclusion);
  if (length === undefined) return undefined;
  if (length <= 0)
    return {
      path: `${path}.endTime`,
      message: `must be after startTime ${JSON.stringify(exclusion.startTime)}, got ${JSON.stringify(exclusion.endTime)}`,
    };
  return problemIf(
    exclusion.scope === "NO_UPGRADES" && length > 90 * day,
    `${path}.endTime`,
    `must be at most 90 days after startTime for NO_UPGRADES, got ${Math.round((length / day) * 10) / 10} days`,
  );
}

/** @see cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions#limitations (2026-11) */
const mostExclusions = { all: 20, NO_UPGRADES: 3 };

export const maintenanceRules: readonly Rule[] = [
  rule(["cluster"], ({ cluster: { maintenance } }) => [
    ...calendarProblems("cluster.maintenance", maintenance),
    windowProblem(maintenance),
    availabilityProblem(maintenance),
  ]),
  rule(["cluster"], ({ cluster: { maintenance } }) =>
    Object.entries(maintenance.exclusions).flatMap(([name, exclusion]) => {
      const path = `cluster.maintenance.exclusions.${name}`;
      return [...calendarProblems(path, exclusion), exclusionProblem(path, exclusion)];
    }),
  ),
  rule(["cluster"], ({ cluster: { maintenance } }) => {
    const scopes = Object.values(maintenance.exclusions).map(({ scope }) => scope);
    const complete = scopes.filter((scope) => scope === "NO_UPGRADES").length;
    const path = "cluster.maintenance.exclusions";
    return [
      problemIf(
        scopes.length > mostExclusions.all,
        path,
        `must be at most ${mostExclusions.all}, got ${scopes.length}; take out those that are over`,
      ),
      problemIf(
        complete > mostExclusions.NO_UPGRADES,
        path,
        `must be at most ${mostExclusions.NO_UPGRADES} with scope "NO_UPGRADES", got ${complete}; take out those that are over, or use "NO_MINOR_UPGRADES"`,
      ),
    ];
  }),
];
