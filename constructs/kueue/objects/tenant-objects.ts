import { localQueues } from "./local-queues";
import type { Manifest } from "../../kubernetes/manifest";
import { byName } from "../../kubernetes/manifest";
import { namespaceOf } from "../names";
import { defaultPodTemplate, flavorPodTemplate } from "./pod-templates";
import { tenantNamespace, tenantNetworkPolicy } from "./tenant-namespace";
import { type LookedAt, teamAccess } from "./team-access";
import type { Queues, Team } from "../types";
import { type FileServers, serverClaims } from "../../volumes/claims";
import { type Volumes, volumesNamed } from "../../volumes/types";

export interface TenantObjectsProps {
  readonly queues: Queues;

  /** All of Flyte's domains. */
  readonly domains: readonly string[];

  /** The team that owns the project: a key of `queues.teams`. */
  readonly team: string;

  readonly project: string;
  readonly domain: string;

  /**
   * Kinds of job that tasks become beside pods: the team's people may look at them.
   *
   * @default - none
   */
  readonly jobs?: readonly LookedAt[];

  /** Every volume that a team may name. @default none */
  readonly volumes?: Volumes;

  /** Those volumes' file servers. @default none */
  readonly fileServers?: FileServers;

  /**
   * Objects of others in each namespace of tasks.
   *
   * @default - none
   */
  readonly more?: (namespace: string) => readonly Manifest[];
}

/** Everything in the namespace of one project-domain, the namespace first. */
export function tenantObjects(props: TenantObjectsProps): readonly Manifest[] {
  const { queues, domains, domain } = props;
  const team = teamOf(props);
  const namespace = namespaceOf(props.project, domain);
  const volumes = volumesNamed(props.volumes ?? {}, team.volumes);
  const usable = byName(queues.flavors).filter(([name]) => Object.hasOwn(team.gpus ?? {}, name));
  return [
    tenantNamespace(namespace),
    tenantNetworkPolicy(namespace),
    defaultPodTemplate({ namespace, domain, volumes }),
    ...usable.map(([name, flavor]) => flavorPodTemplate(name, flavor, { namespace, domain, volumes })),
    ...localQueues({ queues, domains, namespace, domain, teamName: props.team, team }),
    ...serverClaims(namespace, volumes, props.fileServers ?? {}),
    ...(team.group === undefined ? [] : teamAccess(namespace, team.group, props.jobs)),
    ...(props.more?.(namespace) ?? []),
  ];
}

function teamOf({ queues, team }: TenantObjectsProps): Team {
  const found = queues.teams[team];
  if (!found) throw new Error(`team ${JSON.stringify(team)} is not in queues.teams`);
  return found;
}
