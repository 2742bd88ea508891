import { type AdmissionPolicy, cel } from "./admission-policy";
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
  registries: readonly string[],
): AdmissionPolicy {
  return {
    name: `tasks-images-${resource}`,
    judges: [createdJobs({ apiGroup, resources: [resource] })],
    variables: {
      registries: cel(registries),
      // A text for each template, since CEL has no list of all lists.
      foreign: `(${templates}).map(t, (${imagesIn("initContainers")} + ${imagesIn("containers")}).filter(i, !variables.registries.exists(r, i.startsWith(r))).join(", ")).filter(found, found != "")`,
    },
    validations: [
      {
        expression: "variables.foreign.size() == 0",
        messageExpression: `${whichJob} + " must not run " + variables.foreign.join(", ") + "; push it to " + variables.registries[0] + ", or have its prefix added to policies.admission.registries"`,
      },
    ],
  };
}
