// How a maintenance window repeats: the part of RFC 5545 that GKE takes, seen day by day.
// cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters#RecurringTimeWindow (2026-11)

const DAY = 86_400_000;
/** Long enough for a leap day to be missed. */
const DAYS_LOOKED_AT = 3 * 366;
const weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

/** The parts that GKE takes, and what each may say. */
const known: Readonly<Record<string, RegExp>> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d*$/,
  BYDAY: /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2]))*$/,
  BYSETPOS: /^-?[1-9]\d*(,-?[1-9]\d*)*$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
};

/** What is wrong with the text of a rule; nothing when it can be read. Completes "must …". */
export function recurrenceProblem(text: string): string | undefined {
  const parts = text.split(";").map((part) => part.split("=") as [string, string]);
  const ending = parts.find(([key]) => key === "COUNT" || key === "UNTIL");
  if (ending)
    return `go on for ever, without ${ending[0]}: after the last window GKE could not upgrade any more`;
  const unknown = parts.find(([key]) => !(key in known));
  if (unknown) return `be made of ${Object.keys(known).join(", ")}, without ${unknown[0]}`;
  const twice = parts.find(([key], index) => parts.findIndex(([other]) => other === key) < index);
  if (twice) return `say ${twice[0]} once, with commas between its values`;
  const wrong = parts.find(([key, value]) => !known[key]?.test(value));
  if (wrong) return `say what there is for ${wrong[0]}, without ${wrong[0]}=${wrong[1]}`;
  const days = new Map(parts).get("BYDAY") ?? "";
  return /\d/.test(days) && !text.startsWith("FREQ=MONTHLY")
    ? `number the days of a week with FREQ=MONTHLY only, without BYDAY=${days}`
    : undefined;
}

/** A rule that can be read, taken apart. */
interface Recurrence {
  readonly frequency: string;
  readonly interval: number;
  readonly weekdays: readonly string[];
  readonly dates: readonly number[];
  readonly months: readonly number[];
  readonly positions: readonly number[];
}

function taken(text: string): Recurrence {
  const parts = new Map(text.split(";").map((part) => part.split("=") as [string, string]));
  const list = (key: string) => parts.get(key)?.split(",") ?? [];
  return {
    frequency: parts.get("FREQ") ?? "",
    interval: Number(parts.get("INTERVAL") ?? 1),
    weekdays: list("BYDAY"),
    dates: list("BYMONTHDAY").map(Number),
    months: list("BYMONTH").map(Number),
    positions: list("BYSETPOS").map(Number),
  };
}

/** The fewest windows that open in any `span` days. The rule must be one that can be read. */
export function fewestOpenings(text: string, start: number, span: number): number {
  const opens = openDays(taken(text), start);
  let inside = opens.slice(0, span).filter(Boolean).length;
  let fewest = inside;
  for (let last = span; last < opens.length; last++) {
    inside += Number(opens[last]) - Number(opens[last - span]);
    fewest = Math.min(fewest, inside);
  }
  return fewest;
}

function openDays(recurrence: Recurrence, start: number): readonly boolean[] {
  const first = new Date(start);
  const days = Array.from({ length: DAYS_LOOKED_AT }, (_, index) => new Date(start + index * DAY));
  const open = days.map((day, index) => isOpen(recurrence, first, day, index));
  return recurrence.positions.length > 0 ? chosen(recurrence.positions, days, open) : open;
}

function isOpen({ frequency, interval, ...by }: Recurrence, first: Date, day: Date, index: number): boolean {
  if (by.months.length > 0 && !by.months.includes(day.getUTCMonth() + 1)) return false;
  if (by.dates.length > 0 && !by.dates.some((date) => isDate(date, day))) return false;
  if (by.weekdays.length > 0 && !by.weekdays.some((name) => isWeekday(name, day))) return false;
  const named = by.weekdays.length + by.dates.length > 0;
  const sameDate = named || day.getUTCDate() === first.getUTCDate();
  const years = day.getUTCFullYear() - first.getUTCFullYear();
  const months = 12 * years + day.getUTCMonth() - first.getUTCMonth();
  // Weeks begin on Monday, as long as WKST says nothing else; that shifts windows, and makes none rarer.
  const weeks = Math.floor((index + ((first.getUTCDay() + 6) % 7)) / 7);
  switch (frequency) {
    case "DAILY":
      return index % interval === 0;
    case "WEEKLY":
      return weeks % interval === 0 && (by.weekdays.length > 0 || day.getUTCDay() === first.getUTCDay());
    case "MONTHLY":
      return months % interval === 0 && sameDate;
    default:
      return (
        years % interval === 0 &&
        sameDate &&
        (named || by.months.length > 0 || day.getUTCMonth() === first.getUTCMonth())
      );
  }
}

/** Of the days of a month, the ones that BYSETPOS counts: 1 is the first, -1 the last. */
function chosen(
  positions: readonly number[],
  days: readonly Date[],
  open: readonly boolean[],
): readonly boolean[] {
  const sets = new Map<string, number[]>();
  days.forEach((day, index) => {
    const month = `${day.getUTCFullYear()}-${day.getUTCMonth()}`;
    if (open[index]) sets.set(month, [...(sets.get(month) ?? []), index]);
  });
  const kept = new Set(
    [...sets.values()].flatMap((set) => positions.map((at) => set.at(at > 0 ? at - 1 : at))),
  );
  return open.map((is, index) => is && kept.has(index));
}

function daysIn(day: Date): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

function isDate(date: number, day: Date): boolean {
  return day.getUTCDate() === (date > 0 ? date : daysIn(day) + 1 + date);
}

/** `SA`, or `1SA` and `-1SA`: the first and the last Saturday of a month. */
function isWeekday(name: string, day: Date): boolean {
  if (weekdays[day.getUTCDay()] !== name.slice(-2)) return false;
  const nth = Number(name.slice(0, -2) || 0);
  if (nth === 0) return true;
  const place =
    nth > 0 ? Math.ceil(day.getUTCDate() / 7) : -Math.ceil((daysIn(day) + 1 - day.getUTCDate()) / 7);
  return place === nth;
}
