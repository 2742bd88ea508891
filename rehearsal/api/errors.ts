/** The API server said no. */
export class ApiError extends Error {
  /** The server's own words. */
  readonly said: string;

  constructor(
    readonly status: number,
    what: string,
    text: string,
  ) {
    const said = messageOf(text);
    super(`${what}: ${status} ${said}`);
    this.said = said;
  }
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text.trim();
  }
}

/** For `.catch`: swallows the answers with these statuses, passes everything else on. */
export function ignoring(...statuses: readonly number[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof ApiError && statuses.includes(error.status))) throw error;
  };
}

/** Nobody answers, or not yet. A connection that broke may have been heard: whoever creates must bear a 409. */
export function isAway(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 429 || error.status === 503;
  const { code } = error as NodeJS.ErrnoException;
  return code === "ECONNREFUSED" || code === "ECONNRESET" || code === "EPIPE";
}
