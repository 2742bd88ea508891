import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../kubernetes/manifest-release";
import { namespaceOf, tenantRelease } from "./names";
import { checkQueues } from "./queue-check";
import { tenantObjects } from "./tenant-objects";
import type { Queues } from "./types";

export interface TenantsProps {
  /** Teams with their projects, and the flavors that they have quota of. */
  readonly queues: Queues;

  /** Flyte's domains: a project has a namespace in each. */
  readonly domains: readonly string[];

  /** Namespace of the Helm releases, one that is there before those of the tenants. */
  readonly releaseNamespace: string;

  /** Path of the chart: `ManifestChart.path`. */
  readonly chart: string;

  /**
   * What must be there first: the queues, and the namespace of the releases.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A release for each project-domain: its namespace, queues, PodTemplates and network policy. One each, so that a plan
 * shows whose things change, and a project that leaves takes along its queues and nobody else's.
 */
export class Tenants extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TenantsProps) {
    super(scope, id);
    checkQueues(this, props);
    this.ready = tenantsOf(props).flatMap((tenant) => this.addTenant(tenant, props));
  }

  private addTenant(tenant: Tenant, props: TenantsProps): ITerraformDependable[] {
    const { project, domain } = tenant;
    return new ManifestRelease(this, namespaceOf(project, domain), {
      name: tenantRelease(project, domain),
      namespace: props.releaseNamespace,
      chart: props.chart,
      manifests: tenantObjects({ ...tenant, queues: props.queues, domains: props.domains }),
      // Flyte makes the namespace of a project that somebody created in the console before it was given to a team.
      takeOwnership: true,
      dependsOn: props.dependsOn,
    }).ready;
  }
}

interface Tenant {
  readonly team: string;
  readonly project: string;
  readonly domain: string;
}

function tenantsOf({ queues, domains }: TenantsProps): readonly Tenant[] {
  return Object.entries(queues.teams).flatMap(([team, { projects }]) =>
    projects.flatMap((project) => domains.map((domain) => ({ team, project, domain }))),
  );
}
