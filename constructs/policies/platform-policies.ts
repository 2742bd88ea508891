import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { byName, type Manifest } from "../kubernetes/manifest";
import { ManifestRelease } from "../kubernetes/manifest-release";
import { namespaceOf } from "../kueue/names";
import { localQueues } from "../kueue/objects/local-queues";
import { priorityClasses } from "../kueue/objects/priorities";
import { resolveFlavor } from "../kueue/provisioning";
import type { Queues } from "../kueue/types";
import { check, type Rule } from "../rules";
import { hasFileServers, type Volumes, volumesNamed } from "../volumes/types";
import { admissionPolicies, type AdmissionPoliciesProps } from "./admission-policies";
import type { JobTemplates } from "./images-of";
import { networkPolicies, type NetworkPoliciesProps } from "./network-policies";
import { walls, type WallsProps } from "./walls/walls";

export interface PlatformPoliciesProps {
  /** Teams with their projects, and the flavors that they have queues for. */
  readonly queues: Queues;

  /** Flyte's domains: a project has a namespace in each. */
  readonly domains: readonly string[];

  /**
   * By team, its own repository of images, which no other team's pods run.
   *
   * Shape: as images name it, with a slash at its end.
   * @default none
   */
  readonly teamRepositories?: Readonly<Record<string, string>>;

  /** Every volume that a team may name. @default none */
  readonly volumes?: Volumes;

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
    "access" | "proxiesCidr" | "webhookCallersCidr" | "apiServerCidr" | "databaseCidr" | "internet" | "allow"
  >;

  /**
   * What is asked of tasks' pods beside the walls between tenants, which are always there.
   *
   * @default - nothing
   */
  readonly admission?: Pick<AdmissionPoliciesProps, "mode" | "registries" | "images">;

  /** What tasks become beside pods: kinds of job that Kueue admits as a whole. @default none */
  readonly jobs?: WallsProps["jobs"];

  /** Service accounts of tasks whose pods make pods. @default none */
  readonly podMakers?: WallsProps["podMakers"];

  /** Walls of add-ons. @default none */
  readonly walls?: WallsProps["more"];

  /** Pods of tasks that reach the API server. @default none */
  readonly apiClients?: NetworkPoliciesProps["apiClients"];

  /** Where such jobs say what their pods are like. @default nothing that is judged before the pods themselves */
  readonly jobTemplates?: readonly JobTemplates[];

  /** What must be there first: the namespaces of tasks and of Flyte. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** What tasks may do in the cluster: a release of NetworkPolicies, the walls between tenants, and one of admission policies. */
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
    this.ready = [
      ...(props.network
        ? release(
            "network-policies",
            networkPolicies({ ...props, ...props.network, tenantNamespaces: Object.keys(tenantsOf(props)) }),
          )
        : []),
      ...release("walls", walls(wallsProps(props))),
      ...(props.admission
        ? release("admission-policies", admissionPolicies({ ...props.admission, jobs: props.jobTemplates }))
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

function wallsProps(props: PlatformPoliciesProps): WallsProps {
  const flavors = byName(props.queues.flavors);
  return {
    tenants: tenantsOf(props),
    namespace: props.flyteNamespace,
    jobs: props.jobs,
    jobTemplates: props.jobTemplates,
    podMakers: props.podMakers,
    fileServers: hasFileServers(props.volumes ?? {}),
    more: props.walls,
    gpus: flavors.length > 0,
    // A ladder's class has the flavor's name.
    gpuClasses: flavors.filter(([, { provisioning }]) => provisioning === "ladder").map(([name]) => name),
    runLimits: flavors
      .filter(([, { provisioning }]) => provisioning === "flex-start")
      .map(([name, flavor]) => resolveFlavor(name, flavor))
      .map(({ accelerator, maxRunSeconds }) => ({ accelerator, seconds: maxRunSeconds })),
  };
}

/** What each project-domain may name, by its namespace. */
function tenantsOf({
  queues,
  domains,
  volumes = {},
  teamRepositories = {},
}: PlatformPoliciesProps): WallsProps["tenants"] {
  const names = (objects: readonly Manifest[]) => objects.map(({ metadata }) => metadata.name);
  const tenants = Object.entries(queues.teams).flatMap(([teamName, team]) => {
    const { [teamName]: repository } = teamRepositories;
    return team.projects.flatMap((project) =>
      domains.map((domain) => {
        const namespace = namespaceOf(project, domain);
        const facts = {
          queues: names(localQueues({ queues, domains, namespace, domain, teamName, team })),
          priorities: names(priorityClasses(queues, [domain])),
          repositories: repository === undefined ? [] : [repository],
          buckets: [
            ...volumesNamed(volumes, team.volumes).flatMap(({ bucket }) => bucket ?? []),
            ...Object.keys(team.access?.buckets ?? {}),
          ],
        };
        return [namespace, facts] as const;
      }),
    );
  });
  return Object.fromEntries(tenants);
}
