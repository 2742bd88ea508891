import { placeholdersOf } from "../../support/placeholders";
import type { Context } from "../context";
import { GoogleError } from "../google/client";
import { type Finding, found, refused } from "./finding";

/** The project is there, in use, and the caller may see it. */
export async function checkProject(context: Context, project: string): Promise<Finding> {
  const subject = `project "${project}"`;
  try {
    const { state } = await context.google.request<{ state?: string }>({
      product: "resourceManager",
      path: `projects/${project}`,
    });
    if (state === "ACTIVE") return found(subject, "active");
    return refused(subject, `is ${state}`, "undelete it, or name another project in the environment file");
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    // Of an example the environment is not among the repository's own.
    const environment = context.environments().find(({ name }) => name === context.name);
    const placeholders = environment?.project === project ? placeholdersOf(environment) : [];
    if (placeholders.includes("project") && error.status !== 0)
      return refused(
        subject,
        "is this repository's placeholder",
        `write what is yours into src/environments/${context.name}.ts: ${placeholders.join(", ")}`,
      );
    return refused(
      subject,
      error.message,
      error.status === 0
        ? "look at your network, then run this again"
        : `see whether it exists, and whether you may see it: gcloud projects describe ${project}`,
    );
  }
}
