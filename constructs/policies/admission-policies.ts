import type { Manifest } from "../kubernetes/manifest";
import {
  type AdmissionMode,
  type AdmissionPolicy,
  admissionPolicy,
  created,
  debugged,
  updated,
} from "./admission-policy";
import { type AllowedImages, foreignImages, isForeign, namesOf } from "./allowed-images";
import { imagesOf, type JobTemplates } from "./images-of";
import { jobImagePolicy } from "./job-image-policy";
import { addedContainers, containers, notOnItsWayOut, operators, who } from "./pod-expressions";

export interface AdmissionPoliciesProps {
  readonly mode: AdmissionMode;

  /**
   * Where images may come from: what an image's name must begin with.
   *
   * Shape: each ends in a slash, or another project whose name begins the same would be let in.
   */
  readonly registries: readonly string[];

  /** Single images from elsewhere, by their whole names. @default none */
  readonly images?: readonly string[];

  /** Kinds of job whose pods operators make. @default none */
  readonly jobs?: readonly JobTemplates[];
}

/**
 * What an environment asks of its tasks' pods beside the walls: matters of taste, which may be only noted. No webhook, so
 * nothing that could be away.
 */
export function admissionPolicies(props: AdmissionPoliciesProps): readonly Manifest[] {
  const { mode, jobs = [] } = props;
  const ofJobs = jobs.map((job) => jobImagePolicy(job, props));
  return [imagePolicy(props), privilegePolicy, ...ofJobs].flatMap((policy) => admissionPolicy(policy, mode));
}

/** A pod's images may change while it runs. What it has had already is not judged again, nor a pod that is on its way out. */
function imagePolicy(allowed: AllowedImages): AdmissionPolicy {
  return {
    name: "tasks-images",
    judges: [created, updated, debugged],
    when: notOnItsWayOut,
    variables: {
      images: imagesOf("object"),
      before: `oldObject == null ? [] : ${imagesOf("oldObject")}`,
      ...namesOf(allowed),
      foreign: `variables.images.filter(i, !(i in variables.before) && ${isForeign(allowed)})`,
    },
    validations: [
      {
        expression: "variables.foreign.size() == 0",
        messageExpression: foreignImages(who),
      },
    ],
  };
}

const modest = [
  "!has(c.securityContext)",
  "(!(has(c.securityContext.allowPrivilegeEscalation) && c.securityContext.allowPrivilegeEscalation) && !(has(c.securityContext.capabilities) && has(c.securityContext.capabilities.add) && c.securityContext.capabilities.add.size() > 0))",
].join(" || ");

const says = "has(c.securityContext) && has(c.securityContext.allowPrivilegeEscalation)";

/**
 * What Pod Security's "baseline" lets through. A container that says nothing may escalate as well; the PodTemplates say it
 * for each container that Flyte makes. Operators' pods have helpers of their operator's, which say nothing.
 */
const privilegePolicy: AdmissionPolicy = {
  name: "tasks-privileges",
  judges: [created, debugged],
  variables: {
    modest: [`(${containers})`, addedContainers].map((list) => `${list}.all(c, ${modest})`).join(" && "),
    silent: `(${containers}).filter(c, !(${says})).map(c, c.name)`,
    judged: `oldObject == null && ${operators}.size() == 0`,
  },
  validations: [
    {
      expression: "variables.modest",
      messageExpression: `${who} + " must not escalate its privileges or add capabilities (securityContext)"`,
    },
    {
      expression: "!variables.judged || variables.silent.size() == 0",
      messageExpression: `${who} + " must say allowPrivilegeEscalation: false in the securityContext of " + variables.silent.join(", ") + "; the platform's PodTemplates do, name one of them: @task(pod_template_name=...)"`,
    },
  ],
};
