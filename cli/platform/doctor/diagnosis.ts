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
      const off = apiOff(error);
      if (off !== undefined) return [notYet(part, off, context.environment().project)];
      return [{ part, subject: "asking", level: "unknown", text: error.message, ...fixOf(error) }];
    }
  };
}

/** The API that is off, where that is what Google complains of: it answers 403 for everything then. */
export function apiOff({ message }: GoogleError): string | undefined {
  if (!/has not been used|is disabled/.test(message)) return undefined;
  return /[a-z]+\.googleapis\.com/.exec(message)?.[0] ?? "compute.googleapis.com";
}

/** What Terraform itself needs to switch on an API. */
export const beforehand = ["cloudresourcemanager", "serviceusage"];

/** No fault before the first deploy, which switches the API on; unless Terraform needs it for that. */
function notYet(part: string, api: string, project: string): Diagnosis {
  const enable = `gcloud services enable ${api} --project ${project}`;
  if (beforehand.includes(api.split(".")[0] ?? ""))
    return { part, subject: api, level: "problem", text: "off: Terraform needs it", fix: enable };
  const text = "off: this can be seen after the first deploy, which switches it on";
  return { part, subject: api, level: "later", text, fix: `to see it before: ${enable}` };
}

function fixOf({ status }: GoogleError): { fix?: string } {
  if (status === 401) return { fix: "log in again: gcloud auth application-default login" };
  if (status === 403) return { fix: "ask for a role that may read this, such as roles/viewer" };
  return {};
}
