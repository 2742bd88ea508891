/**
 * Tries once, and once more if that did not end as it should; an error counts as that. What the first try came to is
 * given to `told`, which may throw to end it there.
 */
export async function withSecondChance<T>(
  attempt: () => Promise<T>,
  asMeant: (one: T) => boolean,
  told: (first: T | Error) => void,
): Promise<T> {
  const first = await attempt().catch((error: Error) => error);
  if (!(first instanceof Error) && asMeant(first)) return first;
  told(first);
  return attempt();
}
