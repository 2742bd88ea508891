import { type Clock, spoken } from "../objects/time";
import type { TaskStory } from "../story/task-story";

/** One line for the terminal: what the tasks do right now. */
export function progressLine(stories: readonly TaskStory[], total: number, clock: Clock): string {
  const counts = { queued: 0, "waiting for capacity": 0, running: 0, ended: 0 };
  for (const story of stories) {
    const attempt = story.attempts.at(-1);
    if (story.outcome !== "unfinished") counts.ended += 1;
    else if (!attempt) continue;
    else if (attempt.running !== undefined) counts.running += 1;
    else if (attempt.reserved !== undefined) counts["waiting for capacity"] += 1;
    else counts.queued += 1;
  }
  const parts = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return `${spoken(clock.now())}: of ${total} tasks ${parts.join(", ")}`;
}
