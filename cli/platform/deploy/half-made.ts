import { type Failure, again, terraform } from "./known-failures";

export const clusterTaint =
  "The cluster's creation failed, so Terraform holds it for tainted: its next plan replaces it.";

/**
 * The ways on from a cluster that is there and tainted. A broken one that is protected is deleted at Google: Terraform
 * may not, and once it is gone the next plan makes it again. Untainted it would stay as it is, with nothing to replace.
 */
export function clusterNext(met: Failure, address: string): string {
  const failure = { ...met, command: "deploy" };
  const { name, location, project } = argumentsOf(failure, address);
  const gcloud = (verb: string) =>
    `gcloud container clusters ${verb} ${name} --location ${location} --project ${project}`;
  const anew = failure.stack.protected.includes(address)
    ? `${gcloud("delete")}, then: ${again(failure)}`
    : again(failure, "--allow-replace", address);
  return `${gcloud("describe")}; if its status is RUNNING: ${terraform(failure, `untaint '${address}'`)}, then: ${again(failure)}; if it is broken: ${anew}`;
}

/** The ways on from a database that may be there, whole or broken, and that Terraform has forgotten. */
export function databaseNext(failure: Failure, address: string, imported: string): string {
  const { name, project } = argumentsOf(failure, address);
  const gcloud = (verb: string) => `gcloud sql instances ${verb} ${name} --project ${project}`;
  return `${gcloud("describe")}; if its state is RUNNABLE: ${imported}, then: ${again(failure)}; if it is there and broken: ${gcloud("delete")} (Google may keep its name for a week), then: ${again(failure)}; if there is none: ${again(failure)}`;
}

/** Arguments of a resource as the stack states them; their names in capitals where it does not. */
function argumentsOf({ resources = {} }: Failure, address: string) {
  const [type = "", id = ""] = address.split(".");
  const { name = "NAME", location = "LOCATION", project = "PROJECT" } = resources[type]?.[id] ?? {};
  return { name: String(name), location: String(location), project: String(project) };
}
