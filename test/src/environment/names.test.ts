import { namesFor } from "../../../src/environment/names";

describe("names of an environment", () => {
  const names = namesFor({ name: "prod", project: "acme-ml", prefix: "flyte" });

  // Addresses in the cloud: a changed name is a new resource, and the old one is destroyed.
  test("are what they have always been", () => {
    expect(names).toEqual({
      network: "flyte-prod-network",
      subnet: "flyte-prod-subnet",
      proxies: "flyte-prod-proxies",
      podsRange: "pods",
      servicesRange: "services",
      router: "flyte-prod-router",
      nat: "flyte-prod-nat",
      firewallWebhooks: "flyte-prod-webhooks",
      nodeTag: "flyte-prod-nodes",
      privateServicesRange: "flyte-prod-private-services",
      keyRing: "flyte-prod-keys",
      keys: {
        database: "database",
        storage: "storage",
        registry: "registry",
        cluster: "cluster",
        nodes: "nodes",
        secrets: "secrets",
      },
      database: "flyte-prod-database",
      databaseName: "flyte",
      databaseUser: "flyte",
      databaseSecret: "flyte-prod-database-password",
      metadataBucket: "acme-ml-prod-metadata",
      dataBucket: "acme-ml-prod-data",
      internalEndpoint: "flyte-prod-internal",
      internalHttpsEndpoint: "flyte-prod-internal-https",
      oidcSecret: "flyte-prod-oidc-client",
      publicEndpoint: "flyte-prod-public",
      registry: "flyte-prod",
      mirrors: {
        "docker.io": "flyte-prod-docker-io",
        "ghcr.io": "flyte-prod-ghcr-io",
        "registry.k8s.io": "flyte-prod-k8s-io",
      },
      cluster: "flyte-prod-cluster",
      nodeAccount: "flyte-prod-nodes",
      flyteAccount: "flyte-prod-backend",
      flyteCoreAccounts: {
        scheduler: "flyte-prod-scheduler",
        propeller: "flyte-prod-propeller",
        datacatalog: "flyte-prod-catalog",
      },
      backupPlan: "flyte-prod-backup",
      deployerAccount: "flyte-prod-deploy",
      plannerAccount: "flyte-prod-plan",
      plannerRole: "flyte_prod_plan",
      githubPool: "flyte-prod-github",
      stackNames: {
        foundation: "prod-foundation",
        data: "prod-data",
        cluster: "prod-cluster",
        platform: "prod-platform",
      },
    });
  });

  test("are frozen", () => {
    expect(Object.isFrozen(names)).toBe(true);
    expect(Object.isFrozen(names.mirrors)).toBe(true);
  });
});
