import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { byName } from "../kubernetes/manifest";
import { ManifestRelease } from "../kubernetes/manifest-release";
import { namespaceOf } from "../kueue/names";
import { localQueues } from "../kueue/objects/local-queues";
import { priorityClasses } from "../kueue/objects/priorities";
import type { Queues } from "../kueue/types";
import { check, type Rule } from "../rules";
import { admissionPolicies } from "./admission-policies";
import type { AdmissionMode } from "./admission-policy";
import { networkPolicies, type NetworkPoliciesProps } from "./network-policies";

export interface PlatformPoliciesProps {
  /** Teams with their projects, and the flavors that they have queues for. */
  readonly queues: Queues;

  /** Flyte's domains: a project has a namespace in each. */
  readonly domains: readonly string[];

  /** Namespace of Flyte, and of the releases. */
  readonly flyteNamespace: string;

  /** Path of the chart of plain objects: `ManifestChart.path`. */
  readonly chart: string;

  /**
   * Who may talk to whom.
   *
   * @default - everybody to everybody, as far as the namespaces of tasks let them in
   */
  readonly network?: Pick<
    NetworkPoliciesProps,
    "access" | "proxiesCidr" | "databaseCidr" | "internet" | "allow"
  >;

  /**
   * Which pods of tasks may be.
   *
   * @default - all that Pod Security lets in
   */
  readonly admission?: { readonly mode: AdmissionMode; readonly registries: readonly string[] };

  /** What must be there first: the namespaces of tasks and of Flyte. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** What tasks may do in the cluster: a release of NetworkPolicies, and one of admission policies. */
export class PlatformPolicies extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PlatformPoliciesProps) {
    super(scope, id);
    check(this, props, platformPoliciesRules);
    const release = (name: string, manifests: readonly object[]) =>
      new ManifestRelease(this, name, {
        name,
        namespace: props.flyteNamespace,
        chart: props.chart,
        manifests,
        dependsOn: props.dependsOn,
      }).ready;
    const queues = queuesByNamespace(props);
    this.ready = [
      ...(props.network
        ? release(
            "network-policies",
            networkPolicies({ ...props, ...props.network, tenantNamespaces: Object.keys(queues) }),
          )
        : []),
      ...(props.admission
        ? release(
            "admission-policies",
            admissionPolicies({
              ...props.admission,
              queues,
              gpus: Object.keys(props.queues.flavors).length > 0,
              // A ladder's class has the flavor's name.
              gpuClasses: byName(props.queues.flavors).flatMap(([name, { provisioning }]) =>
                provisioning === "ladder" ? [name] : [],
              ),
              priorityClasses: priorityClasses(props.queues, props.domains).map(
                ({ metadata }) => metadata.name,
              ),
            }),
          )
        : []),
    ];
  }
}

export const platformPoliciesRules: readonly Rule<PlatformPoliciesProps>[] = [
  ({ admission }) => {
    const open = admission?.registries.find((registry) => !registry.endsWith("/"));
    return open === undefined
      ? undefined
      : `admission.registries must each end in a slash, got ${JSON.stringify(open)}; a project whose name begins the same would be let in`;
  },
];

/** The names of the LocalQueues of each project-domain, by its namespace. */
function queuesByNamespace({
  queues,
  domains,
}: PlatformPoliciesProps): Readonly<Record<string, readonly string[]>> {
  const tenants = Object.entries(queues.teams).flatMap(([teamName, team]) =>
    team.projects.flatMap((project) =>
      domains.map((domain) => {
        const namespace = namespaceOf(project, domain);
        const objects = localQueues({ queues, domains, namespace, domain, teamName, team });
        return [namespace, objects.map(({ metadata }) => metadata.name)] as const;
      }),
    ),
  );
  return Object.fromEntries(tenants);
}
