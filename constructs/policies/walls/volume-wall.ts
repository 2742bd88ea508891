import { GCS_FUSE } from "../../volumes/pod-volumes";
import { type AdmissionPolicy, cel, created } from "../admission-policy";
import type { JobTemplates } from "../images-of";
import { listOf, who } from "../pod-expressions";
import { createdJobs, whichJob } from "./job-walls";
import { type FactsOfNamespaces, factsOfNamespace } from "./tenant-facts";

export interface GuardedVolumes {
  /** Buckets that teams have, as volumes or by name. */
  readonly buckets: readonly string[];
  /** Whether there are file servers, which answer whichever pod's node asks. */
  readonly fileServers: boolean;
}

const attributes = "v.csi.volumeAttributes";
const bucketOf = `${attributes}["bucketName"]`;

/** Volumes `v` of a list that mount a bucket of another team. */
const othersBucket = `has(v.csi) && v.csi.driver == ${cel(GCS_FUSE)} && has(${attributes}) && "bucketName" in ${attributes} && ${bucketOf} in variables.buckets && !(${bucketOf} in variables.names)`;

const foreign = "variables.foreign.size() == 0";
const byAddress = "!variables.byAddress";

const rules = (who: string, fileServers: boolean) => [
  {
    expression: foreign,
    messageExpression: `${who} + " must not mount a bucket of another team (" + variables.foreign.join(", ") + "); have it given to your team, as a volume or by access (queues.teams)"`,
  },
  ...(fileServers
    ? [
        {
          expression: byAddress,
          messageExpression: `${who} + " must not mount a file server by its address (nfs); the volumes of your team are there by themselves, under /mnt"`,
        },
      ]
    : []),
];

/**
 * A volume is its team's. Of a bucket Google refuses another team's identity, after a while and in its own words. A file
 * server asks for none: its node mounts it, for any pod that names its address. That there is no other way to it:
 * each claim is bound to its volume, and no tenant makes volumes.
 */
export function volumeWall(
  { buckets, fileServers }: GuardedVolumes,
  params: FactsOfNamespaces,
): AdmissionPolicy {
  const volumes = listOf("object.spec.volumes");
  return {
    name: "wall-volumes",
    // A pod keeps its volumes.
    judges: [created],
    params,
    variables: {
      ...factsOfNamespace,
      buckets: cel(buckets),
      foreign: `${volumes}.filter(v, ${othersBucket}).map(v, ${bucketOf})`,
      ...(fileServers && { byAddress: `${volumes}.exists(v, has(v.nfs))` }),
    },
    validations: rules(who, fileServers),
  };
}

/** The same of a job, whose pods the API server would refuse to the operator for ever. */
export function jobVolumeWall(
  { apiGroup, resource, templates }: JobTemplates,
  { buckets, fileServers }: GuardedVolumes,
  params: FactsOfNamespaces,
): AdmissionPolicy {
  const volumes = "(has(t.spec) && has(t.spec.volumes) ? t.spec.volumes : [])";
  return {
    name: `wall-volumes-${resource}`,
    judges: [createdJobs({ apiGroup, resources: [resource] })],
    params,
    variables: {
      ...factsOfNamespace,
      buckets: cel(buckets),
      // A text for each template, since CEL has no list of all lists.
      foreign: `(${templates}).map(t, ${volumes}.filter(v, ${othersBucket}).map(v, ${bucketOf}).join(", ")).filter(found, found != "")`,
      ...(fileServers && { byAddress: `(${templates}).exists(t, ${volumes}.exists(v, has(v.nfs)))` }),
    },
    validations: rules(whichJob, fileServers),
  };
}
