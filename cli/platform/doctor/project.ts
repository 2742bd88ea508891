import { rolesToDeploy } from "../../../stacks/roles-to-deploy";
import { platformServices } from "../../../constructs/google/platform-services";
import type { Context } from "../context";
import { beforehand, type Diagnosis, examination } from "./diagnosis";

/** APIs that are on, and what the caller may do: what a deploy stumbles over first. */

export const apis = examination("APIs", async ({ google, environment }) => {
  const { project } = environment();
  const enabled = new Set<string>();
  for (let pageToken = ""; ;) {
    const reply = await google.request<{
      services?: readonly { config?: { name?: string } }[];
      nextPageToken?: string;
    }>({
      product: "serviceUsage",
      path: `projects/${project}/services`,
      query: { filter: "state:ENABLED", pageSize: "200", ...(pageToken && { pageToken }) },
    });
    for (const { config } of reply.services ?? []) if (config?.name) enabled.add(config.name);
    pageToken = reply.nextPageToken ?? "";
    if (pageToken === "") break;
  }
  const missing = Object.keys(platformServices).filter((name) => !enabled.has(`${name}.googleapis.com`));
  const first = missing.filter((name) => beforehand.includes(name));
  if (missing.length === 0)
    return [line("enabled", "ok", `all ${Object.keys(platformServices).length} are on`)];
  if (first.length === 0)
    return [line("enabled", "later", `${missing.join(", ")} off; the foundation stack switches them on`)];
  return [
    line(
      "enabled",
      "problem",
      `${first.join(", ")} off: Terraform needs them to switch on the others`,
      `gcloud services enable ${first.map((name) => `${name}.googleapis.com`).join(" ")} --project ${project}`,
    ),
  ];
  function line(subject: string, level: Diagnosis["level"], text: string, fix?: string): Diagnosis {
    return { part: "APIs", subject, level, text, ...(fix && { fix }) };
  }
});

export const permissions = examination("caller", async ({ google, environment }) => {
  const { project } = environment();
  const roles = rolesToDeploy(environment());
  const wanted = Object.values(roles).flatMap(({ needs }) => needs);
  const held = await heldOf(google, project, wanted);
  const missing = Object.entries(roles).filter(([, { needs }]) => needs.some((each) => !held.has(each)));
  if (missing.length === 0)
    return [{ part: "caller", subject: "permissions", level: "ok", text: "may do all that a deploy does" }];
  return missing.map(([role, { reason, needs }]) => ({
    part: "caller",
    subject: role.replace("roles/", ""),
    level: "warning" as const,
    text: `you lack ${needs.filter((each) => !held.has(each)).join(", ")}: ${reason}`,
    fix: `deploy as the deployer account, or grant ${role} on ${project}`,
  }));
});

async function heldOf(
  google: Context["google"],
  project: string,
  wanted: readonly string[],
): Promise<Set<string>> {
  const { permissions: held = [] } = await google.request<{ permissions?: string[] }>({
    product: "resourceManager",
    path: `projects/${project}:testIamPermissions`,
    method: "POST",
    body: { permissions: wanted },
  });
  return new Set(held);
}
