import { spoken } from "../objects/time";
import { gpusOf } from "../scenarios/plan";
import type { Result } from "../story/result";
import type { Attempt, TaskStory } from "../story/task-story";
import { type Scale, axis, escapeHtml, linear } from "./drawing";

const LABELS = 150;
const WIDTH = 1100;

type Phase = "queued" | "capacity" | "running";

interface Segment {
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
}

/** What an attempt did, from its submission to its end. */
export function segments({ submitted, reserved, running, ended }: Attempt, lasted: number): Segment[] {
  const end = ended ?? lasted;
  const marks: readonly [Phase, number | undefined][] = [
    ["queued", submitted],
    ["capacity", reserved],
    ["running", running],
  ];
  const reached = marks.filter((mark): mark is [Phase, number] => mark[1] !== undefined);
  return reached.map(([phase, from], index) => ({ phase, from, to: reached[index + 1]?.[1] ?? end }));
}

/** One row a task, in the order of their submission. */
export function timeline(result: Result): string {
  const stories = [...result.stories].sort((a, b) => first(a) - first(b));
  const height = stories.length > 80 ? 4 : 18;
  const top = 22;
  const x = linear(result.lasted, LABELS, WIDTH - 10);
  const bottom = top + stories.length * height;
  const rows = stories.map((story, index) => row(story, top + index * height, height, x, result.lasted));
  const incidents = result.incidents.map(
    ({ at, text }) =>
      `<g class="incident"><line x1="${x(at)}" x2="${x(at)}" y1="${top}" y2="${bottom}"/><title>${escapeHtml(text)} at ${spoken(at)}</title></g>`,
  );
  return `<svg class="timeline" viewBox="0 0 ${WIDTH} ${bottom + 4}" role="img" aria-label="Timeline of the tasks">
${axis(x, result.lasted, top, bottom)}
${rows.join("\n")}
${incidents.join("\n")}
</svg>`;
}

function first({ task, attempts }: TaskStory): number {
  return attempts[0]?.submitted ?? task.atMs;
}

function row(story: TaskStory, y: number, height: number, x: Scale, lasted: number): string {
  const { task, attempts } = story;
  const gap = height > 8 ? 3 : 0.5;
  const label =
    height > 8
      ? `<text class="label" x="${LABELS - 8}" y="${y + height - 5}">${escapeHtml(task.id)}</text>`
      : "";
  const bars = attempts.flatMap((attempt) =>
    segments(attempt, lasted).map(
      ({ phase, from, to }) =>
        `<rect class="${phase}" x="${x(from)}" y="${y + gap / 2}" width="${Math.max(0.5, x(to) - x(from)).toFixed(1)}" height="${height - gap}"/>`,
    ),
  );
  const lost = attempts.filter(({ end }) => end === "taken-away" || end === "failed");
  const ends = [...lost.map(({ ended = lasted }) => ended), ...(story.refusal ? [story.refusal.at] : [])];
  const crosses = ends.map((end) => {
    const [at, middle, arm] = [x(end), y + height / 2, Math.max(1.5, height / 4)];
    return `<path class="evicted" d="M${at - arm} ${middle - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}"/>`;
  });
  return `<g><title>${escapeHtml(describe(story, lasted))}</title>${label}${bars.join("")}${crosses.join("")}</g>`;
}

function describe({ task, attempts, outcome, refusal }: TaskStory, lasted: number): string {
  const lines = attempts.map((attempt, index) => {
    const parts = segments(attempt, lasted).map(
      ({ phase, from, to }) => `${words[phase]} ${spoken(to - from)}`,
    );
    return `attempt ${index + 1}: ${parts.join(", ")}${attempt.reason ? ` (${attempt.reason})` : ""}`;
  });
  const gpus = task.gpus > 0 ? `${gpusOf(task)} × ${task.flavor}` : "CPU";
  const end = refusal ? `refused: ${refusal.message}` : outcome;
  return [`${task.id} of ${task.team}, ${gpus}: ${end}`, ...lines].join("\n");
}

export const words: Readonly<Record<Phase | "evicted", string>> = {
  queued: "queued",
  capacity: "waiting for capacity",
  running: "running",
  evicted: "thrown out or refused",
};
