import { defaulted, flag, group, listOf, mapOf, oneOf, optional, text } from "./kinds";
import { cidr, label } from "./names";

const network = group({
  enabled: optional(flag(), {
    meaning:
      "Say which pods may talk to whom: tasks to their own namespace, Flyte, DNS, Google and what is allowed below; to Flyte only tasks and whom `flyte.access` lets in.",
    default: "as `deletionProtection`",
    change: "In place; open connections stay.",
  }),
  internet: defaulted(flag(), true, {
    meaning:
      "Tasks may reach public addresses. Off: only Google's APIs at private.googleapis.com and restricted.googleapis.com, for which your DNS must answer with them.",
    change: "In place.",
  }),
  allow: defaulted(
    mapOf("ranges by name", label(), cidr("10.8.0.0/16")),
    {},
    {
      meaning:
        "Private ranges that tasks may reach: a file server, a feature store. For Flyte itself (a mail server, a collector of traces) put a NetworkPolicy of your own beside its own.",
      change: "In place.",
      example: '{ "feature-store": "10.8.4.0/24" }',
    },
  ),
});

const admission = group({
  mode: optional(oneOf("enforce", "audit", "off"), {
    meaning:
      "What happens to a task's pod with an image from elsewhere, or with more privileges than a task needs: `enforce` refuses it, `audit` notes it in the audit log, `off` does neither. What keeps tenants apart is always refused, whatever this says: a queue, a priority or a run limit that is not the pod's own, a GPU's node without a GPU, a forged pod group, the value of a secret.",
    default: "`enforce` with `deletionProtection`, otherwise `audit`",
    change: "In place, for pods created from then on.",
  }),
  registries: optional(
    listOf(
      'image prefixes that end in a slash, such as "ghcr.io/acme/"',
      text("an image prefix that ends in a slash", /^[a-z0-9][a-z0-9.-]*(:\d+)?\/([a-z0-9._/-]*\/)?$/),
    ),
    {
      meaning:
        "Where else tasks may take images from. Always allowed: the environment's own registry, their own team's, Flyte's images (through the mirror of ghcr.io too), GKE's, and the single images that an add-on puts beside them. An image of Docker Hub is copied into the registry, or its path is named here. Another team's repository is always refused, unless it is named here.",
      default: "nowhere",
      change: "In place, for pods created from then on.",
      example: '["ghcr.io/acme/"]',
    },
  ),
});

export const policies = group({
  network: defaulted(network, {}, { meaning: "Who may talk to whom.", change: "See each key." }),
  admission: defaulted(
    admission,
    {},
    { meaning: "What is asked of the pods of tasks beside the walls.", change: "See each key." },
  ),
});
