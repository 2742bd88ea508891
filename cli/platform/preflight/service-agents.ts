import type { Environment } from "../../../src/environment/define";
import { makeServiceAgents } from "../bootstrap/service-agents";
import { commandLine } from "../command-line";
import type { Context } from "../context";
import { UserError } from "../exit";
import { GoogleError } from "../google/client";
import { type Finding, found, refused } from "./finding";

/**
 * The accounts by which Google's services use the environment's keys. Google tells nobody whether they are there, only makes
 * them, once more where they are; so a deploy has them made, and a plan, which changes nothing, leaves them out.
 */
export async function checkServiceAgents(
  context: Context,
  { encryption, project }: Environment,
): Promise<readonly Finding[]> {
  if (context.command !== "deploy" || !encryption.enabled) return [];
  const subject = "service agents for the keys";
  try {
    await makeServiceAgents(context);
    return [found(subject, "there")];
  } catch (error) {
    if (!(error instanceof GoogleError || error instanceof UserError)) throw error;
    // Who may not make them may still find them there, made by bootstrap.
    if (error instanceof GoogleError && error.status === 403) return [found(subject, "left to bootstrap")];
    return [
      refused(
        subject,
        `can't be made: ${error.message}`,
        `${commandLine({ ...context, command: "bootstrap" })}; or for each service: gcloud beta services identity create --project ${project} --service SERVICE.googleapis.com`,
      ),
    ];
  }
}
