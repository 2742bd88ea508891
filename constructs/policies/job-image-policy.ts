import type { AdmissionPolicy } from "./admission-policy";
import { type AllowedImages, foreignImages, isForeign, namesOf } from "./allowed-images";
import { createdJobs, whichJob } from "./walls/job-walls";

/** A kind of job whose pods somebody makes later. */
export interface JobTemplates {
  readonly apiGroup: string;
  /** Plural name of the kind. */
  readonly resource: string;
  /** The pod templates of `object`, in the API server's expression language (CEL): a list. */
  readonly templates: string;
}

/** The images of one of a template's lists of containers. */
const imagesIn = (list: string) =>
  `(has(t.spec) && has(t.spec.${list}) ? t.spec.${list}.filter(c, has(c.image)).map(c, c.image) : [])`;

/**
 * A job whose pods may not run. The API server would refuse the pods to the operator, which tries again for ever, and the
 * task would go on as if it waited; a job that is refused is a task that has failed.
 */
export function jobImagePolicy(
  { apiGroup, resource, templates }: JobTemplates,
  allowed: AllowedImages,
): AdmissionPolicy {
  return {
    name: `tasks-images-${resource}`,
    judges: [createdJobs({ apiGroup, resources: [resource] })],
    variables: {
      ...namesOf(allowed),
      // A text for each template, since CEL has no list of all lists.
      foreign: `(${templates}).map(t, (${imagesIn("initContainers")} + ${imagesIn("containers")}).filter(i, ${isForeign(allowed)}).join(", ")).filter(found, found != "")`,
    },
    validations: [
      {
        expression: "variables.foreign.size() == 0",
        messageExpression: foreignImages(whichJob),
      },
    ],
  };
}
