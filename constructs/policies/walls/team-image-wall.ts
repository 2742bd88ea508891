import { type AdmissionPolicy, cel, created, debugged, updated } from "../admission-policy";
import { imagesIn, imagesOf, type JobTemplates } from "../images-of";
import { notOnItsWayOut, who } from "../pod-expressions";
import { createdJobs, whichJob } from "./job-walls";
import { type FactsOfNamespaces, factsOfNamespace } from "./tenant-facts";

/**
 * Repositories of the teams that the namespace may not take images from: all but its own. Without the registry's host,
 * which may be written in more ways than one, and each is the same image.
 */
const others = (repositories: readonly string[]) =>
  `${cel(repositories)}.filter(r, !(r in variables.names)).map(r, ${pathOf("r")})`;

const pathOf = (name: string) => `${name}.substring(${name}.indexOf("/") + 1)`;

const anothers = `variables.others.exists(r, ${pathOf("i")}.startsWith(r))`;

/** What is said of images that are in the variable `foreign`. */
const refusal = (who: string) =>
  `${who} + " must not run an image of another team (" + variables.foreign.join(", ") + "); push it to your own team's repository, or have that one added to policies.admission.registries"`;

/**
 * A team's images are for its own namespaces: they hold its code, and the nodes' account, which pulls for every pod, may
 * read them all. What a pod has had already is not judged again, nor a pod that is on its way out.
 *
 * @param repositories of all teams, each with a slash at its end
 */
export function teamImageWall(repositories: readonly string[], params: FactsOfNamespaces): AdmissionPolicy {
  return {
    name: "wall-team-images",
    judges: [created, updated, debugged],
    when: notOnItsWayOut,
    params,
    variables: {
      ...factsOfNamespace,
      images: imagesOf("object"),
      before: `oldObject == null ? [] : ${imagesOf("oldObject")}`,
      others: others(repositories),
      foreign: `variables.images.filter(i, !(i in variables.before) && ${anothers})`,
    },
    validations: [{ expression: "variables.foreign.size() == 0", messageExpression: refusal(who) }],
  };
}

/** The same of a job, whose pods the API server would refuse to the operator for ever. */
export function jobTeamImageWall(
  { apiGroup, resource, templates }: JobTemplates,
  repositories: readonly string[],
  params: FactsOfNamespaces,
): AdmissionPolicy {
  return {
    name: `wall-team-images-${resource}`,
    judges: [createdJobs({ apiGroup, resources: [resource] })],
    params,
    variables: {
      ...factsOfNamespace,
      others: others(repositories),
      foreign: imagesIn(templates, anothers),
    },
    validations: [{ expression: "variables.foreign.size() == 0", messageExpression: refusal(whichJob) }],
  };
}
