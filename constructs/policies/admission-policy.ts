import type { Manifest } from "../kubernetes/manifest";
import { TENANT_LABEL } from "./network-policies";

/** What happens to a pod that breaks a rule: it is refused, or only noted in the audit log. */
export type AdmissionMode = "enforce" | "audit";

/** One thing that an object must satisfy, in the API server's expression language (CEL). */
export interface Validation {
  /** True for an object that may be. */
  readonly expression: string;
  /** What the user reads otherwise: an expression that gives a text. */
  readonly messageExpression: string;
}

/** What is judged, and when. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly ("CREATE" | "UPDATE" | "DELETE")[];
  readonly resources: readonly string[];
}

export interface AdmissionPolicy {
  readonly name: string;
  readonly judges: readonly ResourceRule[];
  /** Only what satisfies all of these is judged at all. @default everything */
  readonly when?: Readonly<Record<string, string>>;
  readonly validations: readonly Validation[];
  /**
   * Expressions that the validations use as `variables.<name>`; a later one may use an earlier.
   *
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * A ConfigMap that the expressions know as `params`: what is true of one namespace and not of another. It lies where no
   * tenant writes, and while it is not there, everything is refused.
   *
   * @default - no parameters
   */
  readonly params?: { readonly name: string; readonly namespace: string };
}

const pods = { apiGroups: [""], apiVersions: ["v1"] };

export const created: ResourceRule = { ...pods, operations: ["CREATE"], resources: ["pods"] };
export const updated: ResourceRule = { ...pods, operations: ["UPDATE"], resources: ["pods"] };
/** A container that is added to a running pod. */
export const debugged: ResourceRule = {
  ...pods,
  operations: ["UPDATE"],
  resources: ["pods/ephemeralcontainers"],
};

/** The policy, and the binding that applies it to the namespaces of tasks. */
export function admissionPolicy(policy: AdmissionPolicy, mode: AdmissionMode): readonly Manifest[] {
  const { name, judges, when = {}, validations, variables = {}, params } = policy;
  const conditions = named(when);
  return [
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: { resourceRules: judges },
        ...(params && { paramKind: { apiVersion: "v1", kind: "ConfigMap" } }),
        ...(conditions.length > 0 && { matchConditions: conditions }),
        variables: named(variables),
        // "Invalid" is HTTP 422, which Flyte takes as final. On 403 it spends the retries of the task.
        validations: validations.map((validation) => ({ ...validation, reason: "Invalid" })),
      },
    },
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: mode === "enforce" ? ["Deny", "Audit"] : ["Audit"],
        matchResources: { namespaceSelector: { matchLabels: TENANT_LABEL } },
        ...(params && { paramRef: { ...params, parameterNotFoundAction: "Deny" } }),
      },
    },
  ];
}

function named(expressions: Readonly<Record<string, string>>) {
  return Object.entries(expressions).map(([name, expression]) => ({ name, expression }));
}

/** A text or list of texts as CEL writes it; JSON's quotes and escapes are CEL's too. */
export function cel(value: string | readonly string[]): string {
  return JSON.stringify(value);
}

const API = "admissionregistration.k8s.io/v1";
