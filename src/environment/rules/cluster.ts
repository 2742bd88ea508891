import { Netmask } from "netmask";
import type { Problem } from "../problems";
import { hostBitsProblem } from "./network";
import { problemIf, type Rule, rule } from "./rule";

const hour = 3_600_000;
const day = 24 * hour;

/** Wider than this nobody's office is. */
const widestAuthorizedNetwork = 8;

function widthProblem(path: string, cidr: string): Problem | undefined {
  const { bitmask, size } = new Netmask(cidr);
  if (bitmask >= widestAuthorizedNetwork) return undefined;
  const what = bitmask === 0 ? "the whole internet" : `${size.toLocaleString("en-US")} addresses`;
  return {
    path,
    message: `must be a /${widestAuthorizedNetwork} or smaller, got ${JSON.stringify(cidr)}, which is ${what}; to be reachable from anywhere use cluster.controlPlane.dnsEndpoint`,
  };
}

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

/** How often a window opens in any 32 days, at least. Monthly and yearly rules are left for GKE to judge. */
function openingsIn32Days(recurrence: string): number | undefined {
  const parts = new Map(recurrence.split(";").map((part) => part.split("=") as [string, string]));
  const interval = Number(parts.get("INTERVAL") ?? 1);
  const days = parts.get("BYDAY")?.split(",").length;
  switch (parts.get("FREQ")) {
    case "DAILY":
      return days === undefined ? Math.floor(32 / interval) : 4 * days;
    case "WEEKLY":
      return Math.floor(32 / (7 * interval)) * (days ?? 1);
    default:
      return undefined;
  }
}

function availabilityProblem(window: Span & { readonly recurrence: string }): Problem | undefined {
  const openings = openingsIn32Days(window.recurrence);
  const length = lengthOf(window);
  if (openings === undefined || length === undefined || windowProblem(window)) return undefined;
  const hours = (length / hour) * openings;
  return problemIf(
    hours < 48,
    "cluster.maintenance.recurrence",
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

export const clusterRules: readonly Rule[] = [
  rule(["cluster"], ({ cluster }) =>
    Object.entries(cluster.controlPlane.authorizedNetworks).flatMap(([name, cidr]) => {
      const path = `cluster.controlPlane.authorizedNetworks.${name}`;
      return [hostBitsProblem({ path, cidr }), widthProblem(path, cidr)];
    }),
  ),
  rule(["cluster"], ({ cluster: { controlPlane } }) =>
    problemIf(
      !controlPlane.dnsEndpoint && Object.keys(controlPlane.authorizedNetworks).length === 0,
      "cluster.controlPlane",
      "must leave a way in: set dnsEndpoint to true, or name authorizedNetworks",
    ),
  ),
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
];
