/** A role that deploying needs, and what for. */
export interface DeployerRole {
  readonly reason: string;
  /** Permissions of the role without which a deploy fails; what `doctor` asks Google about. */
  readonly needs: readonly string[];
}

/**
 * What the four stacks need on the project, and no more. The state is on its bucket, not here.
 * What the stacks hold and no role covers fails in test/constructs/google/deployer-roles.test.ts.
 *
 * Two would let the deployer become anybody, and are cut down where they are granted. `projectIamAdmin`: the stacks grant
 * two roles on the project (the nodes'), so a condition allows only those in `grantableRoles`. Service accounts: IAM
 * conditions do not know them, so nothing is granted on the project but to make one; the rest stands in
 * `accountRoles`, on the environment's own accounts alone. `iam.securityAdmin` would do for every resource at once, and is
 * what this list avoids.
 */
export const deployerRoles: Readonly<Record<string, DeployerRole>> = {
  "roles/serviceusage.serviceUsageAdmin": {
    reason: "switches on the APIs",
    needs: ["serviceusage.services.enable", "serviceusage.services.list"],
  },
  "roles/compute.networkAdmin": {
    reason: "network, subnet, router, NAT, and the peering for the database's private address",
    needs: ["compute.networks.create", "compute.subnetworks.create", "compute.routers.create"],
  },
  "roles/compute.securityAdmin": {
    reason: "the firewall rule from the control plane to the webhooks",
    needs: ["compute.firewalls.create"],
  },
  "roles/servicenetworking.networksAdmin": {
    reason: "the connection to Google's network in which the database stands",
    needs: ["servicenetworking.services.addPeering"],
  },
  "roles/cloudkms.admin": {
    reason: "key ring and keys, and who may use them; not the use of them",
    needs: ["cloudkms.keyRings.create", "cloudkms.cryptoKeys.setIamPolicy"],
  },
  "roles/cloudsql.admin": {
    reason: "the database, its user and its password",
    needs: ["cloudsql.instances.create", "cloudsql.users.create"],
  },
  "roles/secretmanager.admin": {
    reason:
      "the password's secret: makes it, writes a version, reads that version back to give it to the database",
    needs: ["secretmanager.secrets.create", "secretmanager.versions.access"],
  },
  "roles/storage.admin": {
    reason:
      "the buckets and who may use them, but for the bucket with the states, by a condition; no smaller role makes a bucket and sets its access",
    needs: ["storage.buckets.create", "storage.buckets.setIamPolicy"],
  },
  "roles/artifactregistry.admin": {
    reason: "the image repositories, and who may pull and push",
    needs: ["artifactregistry.repositories.create", "artifactregistry.repositories.setIamPolicy"],
  },
  "roles/container.admin": {
    reason: "the cluster, and everything in it: namespaces, Kueue, Flyte and their RBAC",
    needs: ["container.clusters.create", "container.clusterRoles.create"],
  },
  "roles/gkebackup.admin": {
    reason: "the backup plan",
    needs: ["gkebackup.backupPlans.create"],
  },
  "roles/iam.serviceAccountCreator": {
    reason: "makes an account of the stacks where bootstrap has not; gives no right on any",
    needs: ["iam.serviceAccounts.create"],
  },
  "roles/resourcemanager.projectIamAdmin": {
    reason: "grants the nodes their roles; only roles in `grantableRoles`, by a condition",
    needs: ["resourcemanager.projects.setIamPolicy"],
  },
  "roles/monitoring.editor": {
    reason: "the dashboard and the alerts of the queues",
    needs: ["monitoring.alertPolicies.create", "monitoring.dashboards.create"],
  },
};

/** What the deployer needs on the accounts of the stacks. */
export const accountRoles = {
  /** On each: to keep it as it is stated, and to say which pods may act as it. */
  keep: "roles/iam.serviceAccountAdmin",
  /** On that of the nodes: to make a cluster with it. */
  use: "roles/iam.serviceAccountUser",
} as const;

/** What a Flyte with sign-in needs on top, where Google issues its certificate. */
export const certificateRoles: Readonly<Record<string, DeployerRole>> = {
  "roles/certificatemanager.editor": {
    reason: "the certificate of Flyte's host",
    needs: ["certificatemanager.certs.create"],
  },
};

/** What teams with people of their own need on top. */
export const teamPeopleRoles: Readonly<Record<string, DeployerRole>> = {
  "roles/logging.configWriter": {
    reason: "each team's log bucket, the sink that fills it, and who may read it; not the logs themselves",
    needs: ["logging.buckets.create", "logging.sinks.create", "logging.views.setIamPolicy"],
  },
};

/** What file servers of volumes need on top. */
export const fileServerRoles: Readonly<Record<string, DeployerRole>> = {
  "roles/file.editor": {
    reason: "the file servers of volumes; not what is on them",
    needs: ["file.instances.create"],
  },
};

/** What a plan reads of them. */
export const fileServerReader = "roles/file.viewer";

/** What teams with BigQuery datasets of the environment's own project need on top. */
export const datasetRoles: Readonly<Record<string, DeployerRole>> = {
  "roles/bigquery.dataOwner": {
    reason: "who may read and write the teams' datasets; no smaller role sets a dataset's access",
    needs: ["bigquery.datasets.update"],
  },
};

/** What a plan reads of them: no row of any table. */
export const datasetReader = "roles/bigquery.metadataViewer";

/** What a DNS zone of the project needs on top. One of another project: the role on it is granted there. */
export const dnsZoneRoles: Readonly<Record<string, DeployerRole>> = {
  "roles/dns.admin": {
    reason: "the records by which Flyte's host is found, and a public one's certificate is proved",
    needs: ["dns.changes.create"],
  },
};

/** Roles that the deployer may grant and revoke on the project. */
export const grantableRoles: readonly string[] = [
  "roles/container.defaultNodeServiceAccount",
  "roles/serviceusage.serviceUsageConsumer",
  // Of teams' people: the cluster's address, and nothing in it.
  "roles/container.clusterViewer",
];

/** What a plan reads, beside the states and two secrets: each role for the resources that a refresh asks about. */
export const plannerRoles: Readonly<Record<string, string>> = {
  "roles/artifactregistry.reader": "image repositories",
  "roles/browser": "the project itself",
  "roles/certificatemanager.viewer": "the certificate of a public Flyte",
  "roles/cloudkms.viewer": "keys; not the use of them",
  "roles/cloudsql.viewer": "the database and its user",
  "roles/compute.viewer": "network, firewall, addresses; and for doctor: quotas and GPUs of the region",
  "roles/container.viewer": "the cluster, and what is in it except its secrets",
  "roles/dns.reader": "the records of Flyte's host",
  "roles/gkebackup.viewer": "the backup plan",
  "roles/iam.securityReviewer": "every grant, and the service accounts",
  "roles/monitoring.viewer": "dashboard and alerts",
  "roles/secretmanager.viewer": "secrets, without their content",
  "roles/servicenetworking.viewer":
    "the connection to the database's network; no viewer of Compute Engine's reads it",
  "roles/serviceusage.serviceUsageViewer": "which APIs are on",
  "roles/storage.bucketViewer": "the buckets, without their objects",
};

/** What a plan reads and no small role holds: the viewer of logs would read what every task writes. */
export const plannerPermissions: Readonly<Record<string, string>> = {
  "logging.buckets.get": "the teams' log buckets, without their logs",
  "logging.sinks.get": "the sinks that fill them",
  "logging.views.get": "their views",
};
