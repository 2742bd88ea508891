import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { EncryptionKeys } from "../constructs/google/encryption-keys";
import { Network } from "../constructs/google/network";
import { platformServices } from "../constructs/google/platform-services";
import { ProjectServices } from "../constructs/google/project-services";
import { ServiceAgents } from "../constructs/google/service-agents";
import { datasetsOf } from "../constructs/team-access";
import { hasFileServers } from "../constructs/volumes/types";
import { WebhookFirewall } from "../constructs/google/webhook-firewall";
import type { Environment } from "../src/environment/define";
import { EnvironmentStack } from "./environment-stack";

/** What everything else stands on and what rarely changes: APIs, network, encryption keys. */
export class FoundationStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, "foundation", environment);
    const services = new ProjectServices(this, "services", {
      project: environment.project,
      services: [
        ...Object.keys(platformServices),
        ...this.addOns.services,
        // Grants on datasets go through it.
        ...(datasetsOf(environment.queues.teams).length > 0 ? ["bigquery"] : []),
      ],
    });
    this.addNetwork(services.ready);
    if (environment.encryption.enabled) this.addKeys(services.ready);
  }

  /** An existing network gets nothing but the firewall rule that webhooks need. */
  private addNetwork(dependsOn: ITerraformDependable[]): void {
    const { project, region, network, deletionProtection } = this.environment;
    if (network.existing) {
      new WebhookFirewall(this, "webhooks", {
        project: network.existing.project ?? project,
        name: this.names.firewallWebhooks,
        network: this.networkId,
        nodesCidr: network.nodesCidr,
        nodeTag: this.names.nodeTag,
        ports: this.addOns.controlPlanePorts,
        dependsOn,
      });
      return;
    }
    new Network(this, "network", {
      project,
      region,
      names: this.names,
      nodesCidr: network.nodesCidr,
      podsCidr: network.podsCidr,
      servicesCidr: network.servicesCidr,
      privateServicesCidr: network.privateServicesCidr,
      proxiesCidr: network.proxiesCidr,
      controlPlanePorts: this.addOns.controlPlanePorts,
      flowLogs: network.flowLogs,
      labels: this.labels,
      deletionProtection,
      dependsOn,
    });
  }

  private addKeys(dependsOn: ITerraformDependable[]): void {
    const { project, region, encryption, volumes, deletionProtection } = this.environment;
    const { members: agents } = new ServiceAgents(this, "agents", { project });
    const names = this.names.keys;
    new EncryptionKeys(this, "keys", {
      project,
      location: region,
      keyRingName: this.names.keyRing,
      rotationDays: encryption.rotationDays,
      labels: this.labels,
      deletionProtection,
      keys: {
        database: { name: names.database, users: { "cloud-sql": agents.cloudSql } },
        storage: {
          name: names.storage,
          users: {
            storage: agents.storage,
            ...(hasFileServers(volumes) && { filestore: agents.filestore }),
          },
        },
        registry: { name: names.registry, users: { "artifact-registry": agents.artifactRegistry } },
        cluster: { name: names.cluster, users: { container: agents.container, backup: agents.gkeBackup } },
        ...(encryption.nodes && { nodes: { name: names.nodes, users: { compute: agents.compute } } }),
        ...(encryption.secrets && {
          secrets: { name: names.secrets, users: { "secret-manager": agents.secretManager } },
        }),
      },
      dependsOn,
    });
  }
}
