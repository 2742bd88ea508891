import { QUEUE_LABEL } from "../kueue/objects/local-queues";
import { GPU_RESOURCE } from "../kueue/node-labels";
import { cel } from "./admission-policy";

// What policies ask of a pod, in CEL. Kubernetes leaves out what is empty, so that each step asks `has()` first.

/** A list of the pod, empty where it has none. */
export const listOf = (path: string) => `(has(${path}) ? ${path} : [])`;

/**
 * Containers that the pod starts with. In a variable only: where an expression is checked before it is used, CEL holds
 * the two lists for different types.
 */
export const containers = `object.spec.containers + ${listOf("object.spec.initContainers")}`;

/** Containers that somebody adds to the running pod, which are another type to CEL. */
export const addedContainers = listOf("object.spec.ephemeralContainers");

export const gpu = `(${containers}).exists(c, has(c.resources) && has(c.resources.limits) && ${cel(GPU_RESOURCE)} in c.resources.limits)`;

const has = (map: "labels" | "annotations", key: string) =>
  `(has(object.metadata.${map}) && ${cel(key)} in object.metadata.${map})`;
export const hasLabel = (key: string) => has("labels", key);
export const hasAnnotation = (key: string) => has("annotations", key);
export const label = (key: string) => `${hasLabel(key)} ? object.metadata.labels[${cel(key)}] : ""`;

export const queue = label(QUEUE_LABEL);

/** Whether a pod waits for its queue: Kueue's gate is on it. */
export const gated = (pod: string) =>
  `(has(${pod}.spec.schedulingGates) && ${pod}.spec.schedulingGates.exists(g, g.name == "kueue.x-k8s.io/admission"))`;

/**
 * The object whose controller made the pod, an operator's say, as a list of one or none. Flyte's own pods belong to
 * their execution, which no controller of Kubernetes and no queue knows, and count as nobody's.
 */
export const operators = `${listOf("object.metadata.ownerReferences")}.filter(o, has(o.controller) && o.controller && !o.apiVersion.startsWith("flyte.lyft.com/"))`;

const nodeAffinity = "object.spec.affinity.nodeAffinity";
const hasNodeAffinity = `has(object.spec.affinity) && has(${nodeAffinity})`;
const required = `${nodeAffinity}.requiredDuringSchedulingIgnoredDuringExecution`;
const preferred = `${nodeAffinity}.preferredDuringSchedulingIgnoredDuringExecution`;

/** Terms of the nodes that the pod must have. They are alternatives. */
export const requiredTerms = `${hasNodeAffinity} && has(${required}) ? ${required}.nodeSelectorTerms : []`;

/** Terms of the nodes that the pod would rather have. */
export const preferredTerms = `${hasNodeAffinity} && has(${preferred}) ? ${preferred}.map(p, p.preference) : []`;

export const selector = "has(object.spec.nodeSelector) ? object.spec.nodeSelector : {}";

/** Whether the pod tolerates a taint of that key, by its name or with all others. */
export const tolerates = (key: string) =>
  `${listOf("object.spec.tolerations")}.exists(t, !has(t.key) || t.key in ["", ${cel(key)}])`;

/** For what judges a running pod: nothing holds up its end. */
export const notOnItsWayOut = { "not-on-its-way-out": "!has(object.metadata.deletionTimestamp)" };

/** How every message begins. */
export const who = `"pod " + (has(object.metadata.name) ? object.metadata.name : object.metadata.generateName)`;
