/** What every command's exit code means. A command may list fewer, and says in its help what they mean there. */
export const Exit = {
  /** Done; or nothing to do. */
  ok: 0,
  /** Something failed; what was done and what was not is said. */
  error: 1,
  /** There are changes to make, or things to fix. */
  changes: 2,
  /** A program that the command needs is missing or too old. */
  toolMissing: 3,
  /** A check refused before anything was changed. */
  refused: 4,
} as const;

/** An error whose message is for the user as it stands; anything else that is thrown is a bug and shows its stack. */
export class UserError extends Error {
  override readonly name = "UserError";

  constructor(
    message: string,
    readonly code: number = Exit.error,
  ) {
    super(message);
  }
}
