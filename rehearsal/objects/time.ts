/** A length of time as Go, Kueue and the environment files write it: `90s`, `1h30m`, `2d`. */
export type Duration = string;

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export function milliseconds(duration: Duration): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== duration)
    throw new Error(`a duration must be like "90s", "1h30m" or "2d", got ${JSON.stringify(duration)}`);
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (units[unit] ?? 0), 0);
}

/**
 * Makes time run faster: `factor` milliseconds of the environment's time pass in one of the rehearsal's.
 * Everything that waits in a rehearsal goes through here.
 */
export class Clock {
  private readonly started = Date.now();

  constructor(readonly factor: number) {}

  /** How long to really wait. */
  real(duration: Duration): number {
    return milliseconds(duration) / this.factor;
  }

  /** Milliseconds of the environment's time since the start. */
  now(): number {
    return (Date.now() - this.started) * this.factor;
  }

  /** Waits that long in the environment's time. */
  async pass(duration: Duration, signal?: AbortSignal): Promise<void> {
    await this.passMs(milliseconds(duration), signal);
  }

  passMs(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Error("stopped"));
      const stop = () => {
        clearTimeout(timer);
        reject(new Error("stopped"));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, ms / this.factor);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }
}

/** `1h 20m`, `45m`, `12s`: for people. */
export function spoken(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? `${hours}h` : `${hours}h ${rest}m`;
}
