import { gpuOf } from "../../constructs/kueue/gpus";
import { TASKS } from "../../constructs/kueue/names";
import { flavorPodTemplate } from "../../constructs/kueue/objects/pod-templates";
import { provisioningModes } from "../../constructs/kueue/provisioning";
import type { Flavor } from "../../constructs/kueue/types";
import type { Environment } from "../../src/environment/define";
import { namesFor } from "../../src/environment/names";

/** What environments offer to tasks, for the tests of the Python workflows: examples/workflows/tests/offered.py. */
export interface PlatformFacts {
  /** Queue of a task that names no template. */
  readonly defaultQueue: string;
  readonly environments: Readonly<Record<string, EnvironmentFacts>>;
}

interface EnvironmentFacts {
  readonly registry: string;
  /** Keys of the add-ons that are on. */
  readonly addOns: readonly string[];
  readonly flavors: Readonly<Record<string, FlavorFacts>>;
}

interface FlavorFacts {
  /** The queue that the flavor's pod template, as it is deployed, puts a task into. */
  readonly queue: string;
  /** Whether a task waits there for whole nodes to be provisioned. */
  readonly waitsForNodes: boolean;
  /** The largest pod for each number of GPUs. Where Autopilot's own limit is not known: the machine. */
  readonly pods: readonly { readonly gpus: number; readonly cpu: number; readonly memoryGib: number }[];
}

export function platformFacts(environments: readonly Environment[]): PlatformFacts {
  return {
    defaultQueue: TASKS,
    environments: Object.fromEntries(
      environments.map((environment) => [environment.name, environmentFacts(environment)]),
    ),
  };
}

function environmentFacts(environment: Environment): EnvironmentFacts {
  const { project, region, queues, addOns } = environment;
  return {
    registry: `${region}-docker.pkg.dev/${project}/${namesFor(environment).registry}`,
    addOns: Object.keys(addOns),
    flavors: Object.fromEntries(
      Object.entries(queues.flavors).map(([name, flavor]) => [name, flavorFacts(name, flavor)]),
    ),
  };
}

function flavorFacts(name: string, flavor: Flavor): FlavorFacts {
  const template = flavorPodTemplate(name, flavor, { namespace: "project-domain", domain: "development" });
  const waitsForNodes = provisioningModes[flavor.provisioning].queue === "own";
  const nodes = gpuOf(flavor.gpu)?.nodes ?? [];
  return {
    queue: queueOf(template),
    waitsForNodes,
    pods: nodes
      .filter(({ gpus }) => !waitsForNodes || gpus === (flavor.gpusPerNode ?? 1))
      .map(({ gpus, cpu, memoryGib, largestPod }) => ({ gpus, cpu, memoryGib, ...largestPod })),
  };
}

function queueOf(podTemplate: object): string {
  const { template } = podTemplate as {
    template: { metadata: { labels: Record<string, string | undefined> } };
  };
  return template.metadata.labels["kueue.x-k8s.io/queue-name"] ?? "";
}
