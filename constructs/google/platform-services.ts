/**
 * Every API that the platform uses, and who needs it. The key is the API's short name: `<key>.googleapis.com`.
 *
 * `cloudresourcemanager` and `serviceusage` must be on before the first deploy, because enabling an API goes through
 * them; they are listed so that nobody switches them off later.
 */
export const platformServices: Readonly<Record<string, string>> = {
  artifactregistry: "image repository, and its mirrors of public registries",
  binaryauthorization: "cluster: only trusted images may start",
  certificatemanager: "certificate of a public Flyte",
  cloudkms: "customer-managed encryption keys",
  cloudresourcemanager: "project number, grants on the project",
  compute: "network, firewall, NAT, and every node",
  container: "cluster",
  containerfilesystem: "nodes: image streaming, so that a large GPU image starts before it is fully pulled",
  containerscanning: "image repository: vulnerability scanning",
  containersecurity: "cluster: security posture findings",
  dns: "cluster: Autopilot resolves names through Cloud DNS",
  file: "Filestore volumes made by the cluster's CSI driver",
  gkebackup: "backup plan",
  iam: "service accounts, and grants on them",
  iamcredentials: "Flyte signs download URLs; CI takes a service account's place",
  logging: "cluster and task logs",
  monitoring: "metrics, managed Prometheus",
  secretmanager: "database password",
  servicenetworking: "private address of the database",
  serviceusage: "this list",
  sqladmin: "database",
  storage: "buckets",
  sts: "identities without keys: pods and CI trade their token here",
};
