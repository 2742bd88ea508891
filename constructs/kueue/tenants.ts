import { type ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Manifest } from "../kubernetes/manifest";
import { ManifestRelease } from "../kubernetes/manifest-release";
import { namespaceOf, tenantRelease } from "./names";
import { checkQueues } from "./rules/queue-check";
import type { LookedAt } from "./objects/team-access";
import { tenantObjects } from "./objects/tenant-objects";
import type { Queues } from "./types";
import type { FileServers } from "../volumes/claims";
import type { Volumes } from "../volumes/types";

export interface TenantsProps {
  /** Teams with their projects, and the flavors that they have quota of. */
  readonly queues: Queues;

  /** Flyte's domains: a project has a namespace in each. */
  readonly domains: readonly string[];

  /** Namespace of the Helm releases, one that is there before those of the tenants. */
  readonly releaseNamespace: string;

  /** Path of the chart: `ManifestChart.path`. */
  readonly chart: string;

  /** Kinds of job that tasks become beside pods. @default none */
  readonly jobs?: readonly LookedAt[];

  /** Every volume that a team may name. @default none */
  readonly volumes?: Volumes;

  /** Those volumes' file servers. @default none */
  readonly fileServers?: FileServers;

  /** Objects of others in each namespace of tasks. @default none */
  readonly more?: (namespace: string) => readonly Manifest[];

  /**
   * What must be there first: Kueue, whose CRDs the queues are of, and the namespace of the releases. Not the
   * ClusterQueues: nothing judges a LocalQueue without one, and its tasks would wait.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A release for each project-domain: its namespace, queues, PodTemplates and network policy. One each, so that a plan
 * shows whose things change, and a project that leaves takes along its queues and nobody else's.
 *
 * A project that moves to another team gets new releases, the old ones uninstalled first: a LocalQueue's ClusterQueue is
 * immutable. Its namespaces stay, what runs goes on, what waits goes on waiting in the new team's queues.
 */
export class Tenants extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TenantsProps) {
    super(scope, id);
    checkQueues(this, props);
    const owners = new Construct(this, "owners");
    this.ready = projectsOf(props).flatMap(({ team, project }) => {
      const owner = projectOwner(owners, project, team);
      return props.domains.flatMap((domain) => this.addTenant({ team, project, domain }, owner, props));
    });
  }

  private addTenant(tenant: Tenant, owner: TerraformResource, props: TenantsProps): ITerraformDependable[] {
    const { project, domain } = tenant;
    return new ManifestRelease(this, namespaceOf(project, domain), {
      name: tenantRelease(project, domain),
      namespace: props.releaseNamespace,
      chart: props.chart,
      manifests: tenantObjects({ ...props, ...tenant }),
      // The namespace of a project that left stays, and is taken over when the project comes back.
      takeOwnership: true,
      replacedWith: owner,
      dependsOn: props.dependsOn,
    }).ready;
  }
}

interface Project {
  readonly team: string;
  readonly project: string;
}

interface Tenant extends Project {
  readonly domain: string;
}

function projectsOf({ queues }: TenantsProps): readonly Project[] {
  return Object.entries(queues.teams).flatMap(([team, { projects }]) =>
    projects.map((project) => ({ team, project })),
  );
}

/**
 * `terraform_data`, which is replaced when the team changes. Not CDKTF's `DataResource`: each of those starts Terraform
 * in every synthesis, to ask for its version.
 */
function projectOwner(scope: Construct, project: string, team: string): TerraformResource {
  const owner = new TerraformResource(scope, project, { terraformResourceType: "terraform_data" });
  owner.addOverride("triggers_replace", team);
  return owner;
}
