import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { AutopilotCluster } from "../constructs/google/autopilot-cluster";
import { BackupPlan } from "../constructs/google/backup-plan";
import { ServiceIdentity } from "../constructs/google/service-identity";
import type { Environment } from "../src/environment/define";
import { EnvironmentStack } from "./environment-stack";
import { stackAccounts } from "./service-accounts";

/**
 * What nodes may do on the project: logs and metrics; and use the project's APIs, without which GKE pulls images whole
 * instead of streaming them (the first role has no `serviceusage.services.use`).
 * @see cloud.google.com/kubernetes-engine/docs/how-to/image-streaming#requirements (2026-11)
 */
const nodeRoles = ["roles/container.defaultNodeServiceAccount", "roles/serviceusage.serviceUsageConsumer"];

/** The Autopilot cluster, whom its nodes are, and its backups. */
export class ClusterStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, "cluster", environment);
    const cluster = this.addCluster();
    if (environment.backup.enabled) this.addBackups(cluster);
    this.addOutputs(cluster);
  }

  private addCluster(): AutopilotCluster {
    const { project, region, cluster, network, deletionProtection } = this.environment;
    const { nodes } = stackAccounts(this.environment);
    const identity = new ServiceIdentity(this, "nodes", {
      project,
      accountId: nodes.accountId,
      displayName: nodes.displayName,
      projectRoles: nodeRoles,
    });
    return new AutopilotCluster(this, "cluster", {
      project,
      location: region,
      name: this.names.cluster,
      network: this.networkId,
      subnetwork: this.subnetworkId,
      podsRange: network.existing?.podsRange ?? this.names.podsRange,
      servicesRange: network.existing?.servicesRange ?? this.names.servicesRange,
      nodeServiceAccount: identity.email,
      nodeTags: [this.names.nodeTag],
      releaseChannel: cluster.releaseChannel,
      dnsEndpoint: cluster.controlPlane.dnsEndpoint,
      authorizedNetworks: cluster.controlPlane.authorizedNetworks,
      maintenance: cluster.maintenance,
      binaryAuthorization: cluster.binaryAuthorization,
      securityGroup: cluster.securityGroup,
      kmsKeyName: this.keyId("cluster"),
      nodeKmsKeyName: this.keyId("nodes"),
      labels: this.labels,
      deletionProtection,
      dependsOn: identity.ready,
    });
  }

  private addBackups(cluster: AutopilotCluster): void {
    const { project, region, backup, deletionProtection } = this.environment;
    new BackupPlan(this, "backup", {
      project,
      location: region,
      name: this.names.backupPlan,
      cluster: cluster.clusterId,
      cron: backup.cron,
      retainDays: backup.retainDays,
      kmsKeyName: this.keyId("cluster"),
      labels: this.labels,
      deletionProtection,
      dependsOn: cluster.ready,
    });
  }

  private addOutputs(cluster: AutopilotCluster): void {
    const { project, region } = this.environment;
    const endpoint = this.environment.cluster.controlPlane.dnsEndpoint ? " --dns-endpoint" : "";
    new TerraformOutput(this, "cluster_name", { value: cluster.name });
    new TerraformOutput(this, "get_credentials", {
      value: `gcloud container clusters get-credentials ${this.names.cluster} --location ${region} --project ${project}${endpoint}`,
      description: "Points kubectl at the cluster.",
    });
  }
}
