const SECONDS = { m: 60, h: 3600, d: 86_400 } as const;

/** Seconds of "90m", "24h" or "7d"; nothing when the text has another form. */
export function durationSeconds(text: string): number | undefined {
  const match = /^([1-9][0-9]*)([mhd])$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS];
}

/** The one way to write a duration in a name: whole hours where possible, else minutes. "1d" and "24h" are the same name. */
export function durationName(seconds: number): string {
  return seconds % SECONDS.h === 0 ? `${seconds / SECONDS.h}h` : `${seconds / SECONDS.m}m`;
}
