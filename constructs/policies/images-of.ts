import { addedContainers, containers, listOf } from "./pod-expressions";

// Where images are named, in CEL.

/** A kind of job whose pods somebody makes later. */
export interface JobTemplates {
  readonly apiGroup: string;
  /** Plural name of the kind. */
  readonly resource: string;
  /** The pod templates of `object`, in the API server's expression language (CEL): a list. */
  readonly templates: string;
}

/** Every image that a pod runs or mounts. */
export const imagesOf = (pod: string) =>
  `(${containers}).map(c, c.image) + ${addedContainers}.map(c, c.image) + ${listOf("object.spec.volumes")}.filter(v, has(v.image) && has(v.image.reference)).map(v, v.image.reference)`.replaceAll(
    "object.",
    `${pod}.`,
  );

/** The images of one of a template's lists of containers. */
const inList = (list: string) =>
  `(has(t.spec) && has(t.spec.${list}) ? t.spec.${list}.filter(c, has(c.image)).map(c, c.image) : [])`;

/** Images `i` of a job's templates for which a condition holds: a text for each template, since CEL has no list of all lists. */
export const imagesIn = (templates: string, condition: string) =>
  `(${templates}).map(t, (${inList("initContainers")} + ${inList("containers")}).filter(i, ${condition}).join(", ")).filter(found, found != "")`;
