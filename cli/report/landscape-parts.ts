import { signInOf } from "../../constructs/flyte/access";
import { addOnsOf } from "../../stacks/add-on-context";
import type { Environment } from "../../src/environment/define";
import type { Names } from "../../src/environment/names";
import { card, chips, columns, group, type Node, space, stack } from "./nodes";
import { gpusOf } from "./quotas";

// The parts of the environment's picture: what each shows, and by which name the arrows find it.

/** Who and what is outside of the project. */
export function outside({ cluster, registry, flyte, network }: Environment): Node {
  const { dnsEndpoint, authorizedNetworks } = cluster.controlPlane;
  const networks = Object.entries(authorizedNetworks).map(([name, cidr]) => `${name} ${cidr}`);
  return stack(
    card({
      name: "people",
      tone: "people",
      title: "People and CI",
      lines: [
        dnsEndpoint ? "by the DNS endpoint from anywhere: IAM decides" : "no DNS endpoint",
        networks.length > 0 ? "by the IP endpoint only from" : "no public IP endpoint",
      ],
      chips: networks,
    }),
    card({
      name: "users",
      tone: "people",
      title: "ML engineers",
      lines: [accessWords(flyte.access)],
    }),
    ...(Object.keys(registry.writers).length > 0
      ? [
          card({
            name: "builders",
            tone: "people",
            title: "Image builders",
            lines: [`${Object.keys(registry.writers).join(", ")}: may push images`],
          }),
        ]
      : []),
    card({
      name: "internet",
      tone: "plain",
      title: "Internet",
      lines: [
        flyte.access.mode === "public" ? "only HTTPS to Flyte comes in" : "nothing comes in",
        network.existing ? "nodes go out as the network lets them" : "nodes go out by NAT",
      ],
    }),
  );
}

function accessWords(access: Environment["flyte"]["access"]): string {
  if (access.mode === "port-forward") return "Flyte through kubectl port-forward";
  const host = access.host === undefined ? "" : ` at ${access.host}`;
  if (access.mode === "public") return `Flyte${host} by HTTPS from anywhere, with sign-in (OIDC)`;
  return signInOf(access)
    ? `Flyte${host} by HTTPS from the VPC and what is connected to it, with sign-in (OIDC)`
    : `Flyte${host} by HTTP from the VPC and what is connected to it, without sign-in`;
}

/** The network, with the cluster and the database in it. */
export function vpc(environment: Environment, names: Names): Node {
  const { network, database, region } = environment;
  const { nodesCidr, podsCidr, servicesCidr, privateServicesCidr, existing } = network;
  const ranges = existing
    ? [`subnet ${existing.subnet}`, `nodes ${nodesCidr}`, `pods: range ${existing.podsRange}`]
    : [`nodes ${nodesCidr}`, `pods ${podsCidr}`, `services ${servicesCidr}`];
  return group(
    {
      name: "network",
      tone: "network",
      title: `VPC ${existing ? `${existing.network}, not made here` : names.network}`,
      lines: existing ? [] : [`one subnet in ${region}${network.flowLogs ? ", flow logs on" : ""}`],
    },
    chips(ranges, "network"),
    clusterGroup(environment, names),
    space(20),
    columns(
      230,
      group(
        {
          name: "database-network",
          tone: "network",
          title: "Private services access",
          lines: existing ? [] : [privateServicesCidr],
        },
        card({
          name: "database",
          tone: "data",
          title: names.database,
          lines: [
            `Cloud SQL, ${database.version.replace("_", " ")}, ${database.edition}`,
            `${database.tier}, ${database.diskSizeGib} GiB${database.highAvailability ? ", standby in a second zone" : ""}`,
            database.backups.enabled
              ? `${database.backups.retained} daily backups${database.backups.pointInTimeRecovery ? `, any second of ${database.backups.logRetentionDays} days` : ""}`
              : "no backups",
          ],
        }),
      ),
      ...(existing
        ? []
        : [
            group(
              { tone: "network", title: "Way out" },
              card({
                name: "nat",
                tone: "network",
                title: names.nat,
                lines: ["Cloud NAT for private nodes", "Private Google Access for Google's APIs"],
              }),
              card({
                tone: "network",
                title: names.firewallWebhooks,
                lines: [
                  `control plane to webhooks, tcp ${addOnsOf(environment).controlPlanePorts.join(", ")}`,
                ],
              }),
            ),
          ]),
    ),
  );
}

function clusterGroup(environment: Environment, names: Names): Node {
  const { cluster, kueue, flyte, queues } = environment;
  const teams = Object.entries(queues.teams);
  return group(
    {
      name: "cluster",
      tone: "compute",
      title: names.cluster,
      lines: [`GKE Autopilot, ${cluster.releaseChannel}, private nodes, no node pools to manage`],
    },
    columns(
      190,
      card({
        name: "flyte",
        tone: "compute",
        title: "Flyte",
        lines: [
          flyte.topology === "core"
            ? "namespace flyte, each part in pods of its own"
            : `namespace flyte, ${flyte.cpu} vCPU, ${flyte.memoryGib} GiB`,
          `domains ${flyte.domains.join(", ")}`,
        ],
      }),
      card({
        name: "kueue",
        tone: "compute",
        title: "Kueue",
        lines: [`namespace kueue-system, ${kueue.replicas} × manager`, "holds tasks until there is quota"],
      }),
      ...addOnsOf(environment).seen.operators.map(({ title, does, namespace, cpu, memoryGib }) =>
        card({
          tone: "compute",
          title,
          lines: [`namespace ${namespace}, ${cpu} vCPU, ${memoryGib} GiB`, does],
        }),
      ),
    ),
    columns(
      190,
      ...teams.map(([name, { projects }]) =>
        card({
          tone: "compute",
          title: `Team ${name}`,
          lines: [`${projects.length * flyte.domains.length} namespaces, one per project and domain`],
          chips: projects,
        }),
      ),
    ),
    ...(Object.keys(queues.flavors).length === 0
      ? []
      : [
          group(
            { name: "gpus", tone: "gpu", title: "GPU nodes, made for a task and gone after it" },
            columns(
              140,
              ...Object.entries(queues.flavors).map(([name, { gpu, gpusPerNode, provisioning }]) =>
                card({
                  tone: "gpu",
                  title: name,
                  lines: [
                    `${gpusPerNode} × ${gpu}, ${provisioning}`,
                    `up to ${gpusOf(environment, name)} GPUs`,
                  ],
                }),
              ),
            ),
          ),
        ]),
  );
}

/** What stands beside the network, behind Google's APIs. */
export function services(environment: Environment, names: Names): Node {
  const { storage, registry, encryption, backup } = environment;
  const kept = storage.softDeleteDays > 0 ? `deleted objects kept ${storage.softDeleteDays} days` : "";
  const locked = encryption.enabled ? ["own key"] : [];
  return stack(
    group(
      { name: "buckets", tone: "data", title: "Buckets", lines: [storage.location] },
      ...[names.metadataBucket, names.dataBucket].map((name) =>
        card({
          tone: "data",
          title: name,
          lines: [
            storage.versioning ? `versions kept ${storage.noncurrentVersionDays} days` : "no versions",
            kept,
          ],
          chips: locked,
        }),
      ),
    ),
    card({
      name: "registry",
      tone: "data",
      title: `Images: ${names.registry}`,
      lines: [
        `${registry.immutableTags ? "tags never move, " : ""}the newest ${registry.keepVersions} of each are kept`,
        ...(registry.mirrors ? [`mirrors of ${Object.keys(names.mirrors).join(", ")}`] : []),
      ],
      chips: locked,
    }),
    card({
      name: "secret",
      tone: "keys",
      title: names.databaseSecret,
      lines: ["Secret Manager: the only place of the password beside the database"],
    }),
    ...(encryption.enabled
      ? [
          card({
            name: "keys",
            tone: "keys",
            title: names.keyRing,
            lines: [`Cloud KMS, a new version every ${encryption.rotationDays} days`],
            chips: Object.values(names.keys),
          }),
        ]
      : []),
    ...(backup.enabled
      ? [
          card({
            name: "backup",
            tone: "data",
            title: names.backupPlan,
            lines: [`Backup for GKE, ${backup.cron}, kept ${backup.retainDays} days`],
          }),
        ]
      : []),
  );
}
