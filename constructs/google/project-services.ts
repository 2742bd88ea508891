import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { check, type Rule } from "../rules";

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

export interface ProjectServicesProps {
  /** Project id. Change: replaces each entry, which only forgets it (the APIs stay on). */
  readonly project: string;
  /**
   * APIs to switch on, by short name, for example `compute`.
   *
   * Change: an added one is switched on; a removed one stays on, Terraform only forgets it.
   * @default every API in `platformServices`
   */
  readonly services?: readonly string[];
}

/** Switches on a project's APIs. They are never switched off again: other workloads of the project may use them. */
export class ProjectServices extends Construct {
  /** Everything of the project that the first use of an API must wait for. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ProjectServicesProps) {
    super(scope, id);
    check(this, props, projectServicesRules);
    const services = props.services ?? Object.keys(platformServices);
    this.ready = services.map(
      (service) =>
        new ProjectService(this, service, {
          project: props.project,
          service: `${service}.googleapis.com`,
          disableOnDestroy: false,
          disableDependentServices: false,
        }),
    );
  }
}

export const projectServicesRules: readonly Rule<ProjectServicesProps>[] = [
  ({ services = [] }) => {
    const wrong = services.find((service) => !/^[a-z][a-z0-9-]*$/.test(service));
    return wrong === undefined
      ? undefined
      : `services must hold short API names such as "compute", got ${JSON.stringify(wrong)}`;
  },
  ({ services = [] }) => {
    const twice = services.find((service, index) => services.indexOf(service) !== index);
    return twice === undefined
      ? undefined
      : `services must name each API once, got ${JSON.stringify(twice)} twice`;
  },
];
