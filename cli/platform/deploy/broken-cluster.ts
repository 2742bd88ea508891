import { type Failure, again, terraform } from "./known-failures";

export const clusterTaint =
  "The cluster's creation failed, so Terraform holds it for tainted: its next plan replaces it.";

/**
 * The ways on from a cluster that is there and tainted. A broken one that is protected is deleted at Google: Terraform
 * may not, and once it is gone the next plan makes it again. Untainted it would stay as it is, with nothing to replace.
 */
export function clusterNext(met: Failure, address: string): string {
  const failure = { ...met, command: "deploy" };
  const [type = "", id = ""] = address.split(".");
  const { name, location, project } = failure.resources?.[type]?.[id] ?? {};
  const gcloud = (verb: string) =>
    `gcloud container clusters ${verb} ${String(name ?? "NAME")} --location ${String(location ?? "LOCATION")} --project ${String(project ?? "PROJECT")}`;
  const anew = failure.stack.protected.includes(address)
    ? `${gcloud("delete")}, then: ${again(failure)}`
    : again(failure, "--allow-replace", address);
  return `${gcloud("describe")}; if its status is RUNNING: ${terraform(failure, `untaint '${address}'`)}, then: ${again(failure)}; if it is broken: ${anew}`;
}
