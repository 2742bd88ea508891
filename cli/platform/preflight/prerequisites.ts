import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../context";
import { apiOff } from "../doctor/diagnosis";
import { GoogleError, type GoogleRequest } from "../google/client";
import type { Stack } from "../workspace";
import { checkExistingNetwork } from "./existing-network";
import { type Finding, found, refused } from "./finding";
import { checkReservations } from "./reservations";
import { checkServiceAgents } from "./service-agents";
import { checkTeamData } from "./team-data";

/** Something that a person makes and the stacks only use. */
interface Prerequisite {
  readonly subject: string;
  readonly project: string;
  readonly request: Pick<GoogleRequest, "product" | "path">;
  /** The command that makes it. */
  readonly fix: string;
  /** What holds it, where that may be missing still: the data stack makes the secret, a person its version. */
  readonly within?: Pick<GoogleRequest, "product" | "path">;
}

type Block = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

interface Synthesised {
  readonly resource?: Block;
  readonly ephemeral?: Block;
}

/** Asks for all of them at once. Only what Google says is not there stands in the way; what it won't tell does not. */
export async function checkPrerequisites(
  context: Context,
  stacks: readonly Stack[],
): Promise<readonly Finding[]> {
  const all = new Map(
    stacks.flatMap(({ folder }) => prerequisitesOf(read(folder))).map((each) => [each.subject, each]),
  );
  // What no resource names, the environment says; the stacks of a synthesis that is kept may have none any more.
  const environment = context.environments().find(({ name }) => name === context.name);
  const findings = await Promise.all([
    ...[...all.values()].map(async (each) => [await check(context, each)]),
    ...(environment
      ? [
          checkReservations(context, environment),
          checkExistingNetwork(context, environment),
          checkServiceAgents(context, environment),
          checkTeamData(context, environment),
        ]
      : []),
  ]);
  return findings.flat();
}

async function check(context: Context, prerequisite: Prerequisite): Promise<Finding> {
  const { subject, project, request, fix, within } = prerequisite;
  const missing = await missingBy(context, request, project);
  if (!missing) return found(subject, "not missing");
  if (within && (await missingBy(context, within, project)))
    return found(subject, "to be made after the first stacks");
  const first = missing.api ? `gcloud services enable ${missing.api} --project ${project} && ` : "";
  return refused(subject, "is not there", `${first}${fix}`);
}

/** That a thing is not there, and the API that is to be switched on first: with it off there can be none. */
async function missingBy(
  { google }: Context,
  request: Prerequisite["request"],
  project: string,
): Promise<{ readonly api?: string } | undefined> {
  try {
    await google.request(request);
    return undefined;
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    if (error.status === 404) return {};
    const api = apiOff(error);
    if (api === undefined) return undefined;
    // Off in the project that a person's calls are counted for says nothing of this one.
    const { name = "" } = await google
      .request<{ name?: string }>({ product: "resourceManager", path: `projects/${project}` })
      .catch(() => ({ name: undefined }));
    const number = name.split("/")[1];
    return number && error.message.includes(`project ${number} `) ? { api } : undefined;
  }
}

/** What a stack's resources name and do not make. */
export function prerequisitesOf({ resource = {}, ephemeral = {} }: Synthesised): readonly Prerequisite[] {
  const of = (block: Block, type: string) => Object.values(block[type] ?? {});
  const zones = of(resource, "google_dns_record_set").filter(({ managed_zone: zone }) => isLiteral(zone));
  const channels = of(resource, "google_monitoring_alert_policy").flatMap(
    ({ notification_channels: names }) => (Array.isArray(names) ? names.filter(isLiteral) : []),
  );
  const secrets = of(ephemeral, "google_secret_manager_secret_version").filter(
    ({ secret, project }) => isLiteral(secret) && isLiteral(project),
  );
  return [
    ...zones.map(({ project, managed_zone: zone }) => ({
      subject: `DNS zone "${String(zone)}" of ${String(project)}`,
      project: String(project),
      request: { product: "dns" as const, path: `projects/${String(project)}/managedZones/${String(zone)}` },
      fix: `gcloud dns managed-zones create ${String(zone)} --project ${String(project)} --dns-name DOMAIN --description Flyte`,
    })),
    ...channels.map((name) => ({
      subject: `notification channel "${name}"`,
      project: name.split("/")[1] ?? "",
      request: { product: "monitoring" as const, path: `v3/${name}` },
      fix: `gcloud beta monitoring channels list --project ${name.split("/")[1] ?? ""} tells those that are there; monitoring.notificationChannels names one of them`,
    })),
    ...secrets.map(({ project, secret, version }) => {
      const path = `projects/${String(project)}/secrets/${String(secret)}`;
      return {
        subject: `version ${String(version)} of secret "${String(secret)}"`,
        project: String(project),
        request: { product: "secretManager" as const, path: `${path}/versions/${String(version)}` },
        fix: `gcloud secrets versions add ${String(secret)} --project ${String(project)} --data-file FILE`,
        within: { product: "secretManager" as const, path },
      };
    }),
  ];
}

const isLiteral = (value: unknown): value is string => typeof value === "string" && !value.includes("${");

function read(folder: string): Synthesised {
  const file = join(folder, "cdk.tf.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Synthesised) : {};
}
