import type { AdmissionPolicy } from "./admission-policy";
import { type AllowedImages, foreignImages, isForeign, namesOf } from "./allowed-images";
import { imagesIn, type JobTemplates } from "./images-of";
import { createdJobs, whichJob } from "./walls/job-walls";

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
      foreign: imagesIn(templates, isForeign(allowed)),
    },
    validations: [
      {
        expression: "variables.foreign.size() == 0",
        messageExpression: foreignImages(whichJob),
      },
    ],
  };
}
