import type { AddOnContext, AddOnSum } from "../constructs/addons/add-on";
import { sumOfAddOns } from "../constructs/addons/all";
import type { Environment } from "../src/environment/define";
import { namespaceOf } from "../constructs/kueue/names";
import { type Names, namesFor } from "../src/environment/names";
import { imageSources } from "./image-sources";

/** What Kueue, Flyte and the environment's add-ons say together. */
export function addOnsOf(environment: Environment): AddOnSum {
  return sumOfAddOns(environment.addOns, addOnContext(environment, namesFor(environment)));
}

/** What the environment's add-ons read of the rest of it. */
function addOnContext(environment: Environment, names: Names): AddOnContext {
  const { project, cluster, queues } = environment;
  const flavors = Object.entries(queues.flavors);
  return {
    project,
    ...imageSources(environment, names),
    secretsWebhook: environment.flyte.secretsWebhook,
    releaseChannel: cluster.releaseChannel,
    tenants: Object.values(queues.teams)
      .flatMap(({ projects }) => projects)
      .flatMap((name) => environment.flyte.domains.map((domain) => namespaceOf(name, domain)))
      .sort(),
    queuedFlavors: flavors
      .flatMap(([name, { provisioning }]) => (provisioning === "queued" ? [name] : []))
      .sort(),
  };
}
