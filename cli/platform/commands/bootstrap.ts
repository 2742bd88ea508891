import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Standing, standingOf } from "../bootstrap/buckets";
import { finished, type Operation } from "../bootstrap/operation";
import { agentServices, makeServiceAgents } from "../bootstrap/service-agents";
import { synthesise } from "../bootstrap/synthesise";
import { BootstrapTerraform } from "../bootstrap/terraform";
import { waysIn } from "../bootstrap/ways-in";
import type { Command } from "../command";
import type { Context } from "../context";
import { Exit, UserError } from "../exit";
import { checkCredentials } from "../preflight/credentials";
import type { Finding } from "../preflight/finding";
import { checkLock } from "../preflight/lock";
import { checkProject } from "../preflight/project";
import { unlockOption } from "./shared-options";

/** Makes what an environment's stacks need before they can deploy. May be run again at any time. */
export const bootstrap: Command = {
  description: {
    name: "bootstrap",
    summary:
      "make an environment's state bucket, its deployer, and GitHub's way in; once, by an owner of the project",
    environment: "required",
    options: [{ flags: "--yes", summary: "do not ask" }, unlockOption],
    exits: {
      [Exit.ok]: "everything is there, and the state is in the bucket",
      [Exit.error]: "something failed; the same command goes on from there",
      [Exit.toolMissing]: "no Terraform",
      [Exit.refused]: "nothing was changed",
    },
  },
  run: async (context) => {
    const { output } = context;
    const { project, state } = context.environment();
    for (const check of [checkCredentials, checkProject]) demand(await check(context, project));
    const local = join(context.root, `bootstrap-${context.name}.tfstate`);
    const standing = await standingOf(context, existsSync(local) ? readFileSync(local, "utf8") : undefined);
    if (standing.migrated) {
      const prefix = `${state.prefix}/bootstrap`;
      demand(await checkLock(context, { name: `${context.name}-bootstrap`, state: { ...state, prefix } }));
    }
    for (const line of intentions(context, standing)) output.line(line);
    if (!(await agreed(context))) throw new UserError("not confirmed; nothing was changed", Exit.refused);

    await enableFirstApis(context);
    await makeServiceAgents(context);
    const { terraform, changed } = await applied(context, standing, local);
    if (changed && !(await terraform.settled()))
      throw new UserError("a plan still has changes; run the same command again");
    rmSync(local, { force: true });
    rmSync(`${local}.backup`, { force: true });
    const outputs = await terraform.outputs();
    if (!changed) output.line(`${context.name}: nothing to do.`);
    output.line(`The state is in gs://${state.bucket}/${state.prefix}/bootstrap.`);
    for (const line of waysIn(context.environment(), outputs)) output.line(line);
    output.result({ outputs });
    return Exit.ok;
  },
};

function demand({ ok, subject, text, fix = "" }: Finding): void {
  if (!ok) throw new UserError(`${subject} ${text}\n→ ${fix}`, Exit.refused);
}

/** Local state first, because the bucket for it is part of it; then into the bucket. */
async function applied(
  context: Context,
  { migrated, makes }: Standing,
  local: string,
): Promise<{ readonly terraform: BootstrapTerraform; readonly changed: boolean }> {
  const folder = join(context.outdir, "bootstrap", "stacks", `${context.name}-bootstrap`);
  const terraform = new BootstrapTerraform(context, folder);
  // The backend that an earlier run recorded may not be this one's; the state itself is in neither place lost.
  rmSync(join(folder, ".terraform", "terraform.tfstate"), { force: true });
  if (migrated) {
    await synthesise(context, makes);
    await terraform.init();
    const changed = !(await terraform.settled());
    if (changed) await terraform.apply();
    return { terraform, changed };
  }
  await synthesise(context, makes, local);
  await terraform.init();
  await terraform.apply();
  await synthesise(context, makes);
  await terraform.migrate();
  return { terraform, changed: true };
}

/** Terraform switches on an API through these two, so they can't be left to it; nor those whose agents are asked for. */
async function enableFirstApis(context: Context): Promise<void> {
  const environment = context.environment();
  const { project } = environment;
  context.output.note("bootstrap: switching on the APIs that switch on the others");
  const first = ["cloudresourcemanager", "serviceusage", ...agentServices(environment)];
  const operation = await context.google.request<Operation>({
    product: "serviceUsage",
    path: `projects/${project}/services:batchEnable`,
    method: "POST",
    body: { serviceIds: first.map((service) => `${service}.googleapis.com`) },
  });
  await finished(context, "serviceUsage", operation, "the APIs can't be switched on");
}

function intentions({ environment }: Context, { migrated, makes }: Standing): string[] {
  const { name, project, state, storage, github } = environment();
  const makesIt = migrated ? "keeps" : "makes";
  const bucket = (made: boolean, what: string, id: string) =>
    `  ${made ? makesIt : "uses "} ${what} gs://${id}`;
  return [
    `Bootstrap of ${name} in project ${project}${migrated ? ", again" : ""}:`,
    bucket(makes.stateBucket, "the state bucket", state.bucket),
    ...(storage.accessLogBucket
      ? [bucket(makes.accessLogBucket, "the bucket for usage logs", storage.accessLogBucket)]
      : []),
    `  ${makesIt} the account that deploys, with its roles on the project`,
    github
      ? `  lets ${github.repository} deploy from ${github.branch} and plan pull requests`
      : "  no way in for GitHub: the environment has no `github`",
  ];
}

async function agreed({ options, ask }: Context): Promise<boolean> {
  if (options.flag("yes")) return true;
  if (!ask) throw new UserError("nobody to ask; pass --yes", Exit.refused);
  return /^y(es)?$/i.test((await ask("Go ahead? [y/N] ")).trim());
}
