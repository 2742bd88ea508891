import type { Problem } from "../problems";
import { problemIf, type Rule, rule } from "./rule";

/** The five fields of a cron schedule, and what each may hold. */
const fields = [
  { name: "minutes", least: 0, most: 59 },
  { name: "hours", least: 0, most: 23 },
  { name: "days of the month", least: 1, most: 31 },
  { name: "months", least: 1, most: 12 },
  { name: "days of the week", least: 0, most: 7 },
] as const;

/** @see cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/reference/rest: retention policy (2026-11) */
const mostIntervals = 360;
const MINUTES_A_DAY = 1_440;

/** The values of one field; undefined where it says none that there is. */
function valuesOf(field: string, least: number, most: number): readonly number[] | undefined {
  const values = field.split(",").map((part) => {
    const [, from = "", to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/([1-9]\d*))?$/.exec(part) ?? [];
    const first = from === "*" ? least : Number(from || Number.NaN);
    const last = to !== undefined ? Number(to) : from === "*" || step !== undefined ? most : first;
    if (!(first >= least && last <= most && first <= last)) return undefined;
    const count = Math.floor((last - first) / Number(step ?? 1)) + 1;
    return Array.from({ length: count }, (_, index) => first + index * Number(step ?? 1));
  });
  return values.every((each) => each !== undefined)
    ? [...new Set(values.flat())].sort((a, b) => a - b)
    : undefined;
}

function fieldProblems(cron: string): readonly (Problem | undefined)[] {
  return cron.split(" ").map((text, index) => {
    const { name, least, most } = fields[index] ?? fields[0];
    return problemIf(
      valuesOf(text, least, most) === undefined,
      "backup.cron",
      `must have ${name} from ${least} to ${most} as its ${["first", "second", "third", "fourth", "fifth"][index]} field, got ${JSON.stringify(cron)}`,
    );
  });
}

/** The shortest time between two backups, in days; at least one where there is one a day or fewer. */
function shortestInterval(cron: string): number {
  const [minutes = [], hours = []] = cron
    .split(" ")
    .slice(0, 2)
    .map((text, index) => valuesOf(text, fields[index]?.least ?? 0, fields[index]?.most ?? 0) ?? []);
  const times = hours.flatMap((hour) => minutes.map((minute) => 60 * hour + minute));
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const overnight = (times[0] ?? 0) + MINUTES_A_DAY - (times.at(-1) ?? 0);
  return (
    Math.min(...gaps, cron.endsWith(" * * *") ? overnight : MINUTES_A_DAY, MINUTES_A_DAY) / MINUTES_A_DAY
  );
}

/** 31 April and 30 February: days that no year has. */
function isNever(cron: string): boolean {
  const [, , days, months, weekdays] = cron.split(" ").map((text, index) => {
    const { least, most } = fields[index] ?? fields[0];
    return text === "*" ? undefined : valuesOf(text, least, most);
  });
  if (days === undefined || months === undefined || weekdays !== undefined) return false;
  return !months.some((month) => days.some((day) => day <= new Date(Date.UTC(2024, month, 0)).getUTCDate()));
}

export const scheduleRules: readonly Rule[] = [
  rule(["backup"], ({ backup: { enabled, cron, retainDays } }) => {
    if (!enabled) return [];
    const wrong = fieldProblems(cron).filter((problem) => problem !== undefined);
    if (wrong.length > 0) return wrong;
    const most = Math.floor(mostIntervals * shortestInterval(cron));
    return [
      problemIf(isNever(cron), "backup.cron", `must name a day that there is, got ${JSON.stringify(cron)}`),
      problemIf(
        retainDays > most,
        "backup.retainDays",
        `must be at most ${most} with backup.cron ${JSON.stringify(cron)}, got ${retainDays}; Google keeps backups for ${mostIntervals} times the time between two`,
      ),
    ];
  }),
];
