import type { Context } from "../context";
import { GoogleError } from "../google/client";

/**
 * - `ok`: as it should be.
 * - `later`: not there yet, and nothing is wrong with that.
 * - `warning`: works, but look at it.
 * - `problem`: keeps something from working.
 * - `unknown`: could not be asked.
 */
export type Level = "ok" | "later" | "warning" | "problem" | "unknown";

/** One line of the doctor's table. */
export interface Diagnosis {
  readonly part: string;
  readonly subject: string;
  readonly level: Level;
  readonly text: string;
  /** What to do about it: a command, an edit, or where to look. */
  readonly fix?: string;
}

/** Looks at one part. Gives lines, never throws for what Google answers. */
export type Examination = (context: Context) => Promise<readonly Diagnosis[]>;

/** An examination whose refusals and silences become a line of their own instead of an end. */
export function examination(part: string, look: Examination): Examination {
  return async (context) => {
    try {
      return await look(context);
    } catch (error) {
      if (!(error instanceof GoogleError)) throw error;
      return [{ part, subject: "asking", level: "unknown", text: error.message, ...fixOf(error) }];
    }
  };
}

function fixOf({ status }: GoogleError): { fix?: string } {
  if (status === 401) return { fix: "log in again: gcloud auth application-default login" };
  if (status === 403) return { fix: "ask for a role that may read this, such as roles/viewer" };
  return {};
}
