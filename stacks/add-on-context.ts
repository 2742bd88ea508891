import type { AddOnContext } from "../constructs/addons/add-on";
import type { Environment } from "../src/environment/define";
import type { Names } from "../src/environment/names";
import { mirrorUrls } from "./mirror-urls";

/** What the environment's add-ons read of the rest of it. */
export function addOnContext(environment: Environment, names: Names): AddOnContext {
  const { project, cluster, queues } = environment;
  const flavors = Object.entries(queues.flavors);
  return {
    project,
    mirrors: mirrorUrls(environment, names),
    secretsWebhook: environment.flyte.secretsWebhook,
    releaseChannel: cluster.releaseChannel,
    queuedFlavors: flavors
      .flatMap(([name, { provisioning }]) => (provisioning === "queued" ? [name] : []))
      .sort(),
  };
}
