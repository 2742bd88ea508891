import { flavor } from "./flavor";
import { defaulted, group, mapOf, optional, required, wholeNumber } from "./kinds";
import { label } from "./names";
import { team } from "./team";

// Kueue's words.
export const queues = group({
  flavors: defaulted(
    mapOf("GPU flavors by name", label(), flavor),
    {},
    {
      meaning:
        'GPUs and how to get them. The name is what an ML engineer writes: `@task(pod_template_name="h100-dws")`. None: no GPU objects at all.',
      change: "In place. A renamed flavor is removed and added: tasks that name the old one fail.",
      example:
        '{ "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued", maxRunDuration: "24h" } }',
    },
  ),
  teams: required(mapOf("teams by name", label(), team), {
    meaning: "Who shares the cluster, and how much each has.",
    change: "In place. A renamed team is removed and added: its waiting tasks are lost.",
  }),
  priorities: optional(
    mapOf("priorities by Flyte domain", label(), wholeNumber(-1_000_000_000, 1_000_000_000)),
    {
      meaning:
        "Who goes first when quota frees up: the higher number. A domain that is not named has 0. Leave more than 20 between two: each domain also has the tiers `<domain>-interactive` and `<domain>-batch`, a little higher and lower.",
      default: "production 1000, staging 500, development 100, where `flyte.domains` has them",
      change: "In place, for tasks queued from then on.",
    },
  ),
  activeResizeRequests: optional(wholeNumber(1, 100_000, "requests"), {
    meaning:
      "How many provisioning requests the region's quota `active_resize_requests` allows at a time. Only compared with the quotas, for a warning.",
    default: "100",
    change: "None: nothing is made from it.",
    source: "cloud.google.com/kubernetes-engine/docs/how-to/provisioningrequest",
  }),
});
