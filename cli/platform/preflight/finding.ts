import { Exit } from "../exit";

/** What one check found. */
export interface Finding {
  /** What was checked, e.g. `state bucket "acme-state"`. */
  readonly subject: string;
  readonly ok: boolean;
  /** What was found. */
  readonly text: string;
  /** What to do about it: a command or an edit. */
  readonly fix?: string;
  /** Exit code when it stands in the way. @default Exit.refused */
  readonly code?: number;
}

export const found = (subject: string, text: string): Finding => ({ subject, ok: true, text });

export const refused = (
  subject: string,
  text: string,
  fix: string,
  code: number = Exit.refused,
): Finding => ({
  subject,
  ok: false,
  text,
  fix,
  code,
});
