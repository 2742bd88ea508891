import { type DeepReadonly, deepFreeze } from "./plain-data";
import type { Environment } from "./schema";

/** What names are made from. */
export type NamedBy = Pick<Environment, "name" | "project" | "prefix">;

/**
 * Every physical name of an environment, once: `<prefix>-<env>-<role>`.
 *
 * No random part, so that a later stack finds an earlier one's resources by name. Too long a name is an error
 * (rules/names.ts), never cut short: two cut names could be the same.
 */
export type Names = DeepReadonly<ReturnType<typeof makeNames>>;

export function namesFor(environment: NamedBy): Names {
  return deepFreeze(makeNames(environment));
}

/** Names of what a team with a Google group has of its own. */
export function teamNames({ registry }: Pick<Names, "registry">, team: string) {
  // "team" keeps a team called "docker-io" from taking the name of a mirror.
  const base = `${registry}-team-${team}`;
  return {
    /** Repository for images that the team's people push. */
    registry: base,
    /** Log bucket with the logs of the team's namespaces, and the sink that fills it. */
    logs: base,
  };
}

/** The file server of a volume. */
export function fileServerName({ registry }: Pick<Names, "registry">, volume: string): string {
  return `${registry}-files-${volume}`;
}

function makeNames({ name, project, prefix }: NamedBy) {
  const base = `${prefix}-${name}`;
  return {
    network: `${base}-network`,
    subnet: `${base}-subnet`,
    /** Subnet of the proxies of internal load balancers. */
    proxies: `${base}-proxies`,
    /** Secondary ranges belong to the subnet; within it these names are unique. */
    podsRange: "pods",
    servicesRange: "services",
    router: `${base}-router`,
    nat: `${base}-nat`,
    firewallWebhooks: `${base}-webhooks`,
    /** Network tag of the nodes: what the firewall rule is for. */
    nodeTag: `${base}-nodes`,
    privateServicesRange: `${base}-private-services`,

    keyRing: `${base}-keys`,
    /** Within the key ring. */
    keys: {
      database: "database",
      storage: "storage",
      registry: "registry",
      cluster: "cluster",
      nodes: "nodes",
      secrets: "secrets",
    },

    database: `${base}-database`,
    databaseName: "flyte",
    databaseUser: "flyte",
    databaseSecret: `${base}-database-password`,

    // Bucket names are global: every Google customer's `flyte-prod-data` is the same name. The project id is
    // global too, so it takes the prefix's place.
    metadataBucket: `${project}-${name}-metadata`,
    dataBucket: `${project}-${name}-data`,

    registry: base,
    mirrors: {
      "docker.io": `${base}-docker-io`,
      "ghcr.io": `${base}-ghcr-io`,
      "registry.k8s.io": `${base}-k8s-io`,
    },

    cluster: `${base}-cluster`,
    /** Account ids: the part before `@<project>.iam.gserviceaccount.com`. */
    nodeAccount: `${base}-nodes`,
    flyteAccount: `${base}-backend`,
    /** The parts of Flyte's topology core. The account of the API is `flyteAccount`, as in topology binary. */
    flyteCoreAccounts: {
      scheduler: `${base}-scheduler`,
      propeller: `${base}-propeller`,
      datacatalog: `${base}-catalog`,
    },
    backupPlan: `${base}-backup`,

    oidcSecret: `${base}-oidc-client`,
    /** Address of an internal Flyte that has a name. */
    internalEndpoint: `${base}-internal`,
    /** Address, certificate and SSL policy of an internal Flyte with sign-in. */
    internalHttpsEndpoint: `${base}-internal-https`,
    /** Address, certificate and SSL policy of a public Flyte. */
    publicEndpoint: `${base}-public`,

    /** Whom CI is: made by `platform bootstrap`. */
    deployerAccount: `${base}-deploy`,
    plannerAccount: `${base}-plan`,
    /** Custom roles have no hyphen. */
    plannerRole: `${base}_plan`.replaceAll("-", "_"),
    githubPool: `${base}-github`,

    stackNames: {
      foundation: `${name}-foundation`,
      data: `${name}-data`,
      cluster: `${name}-cluster`,
      platform: `${name}-platform`,
    },
  };
}
