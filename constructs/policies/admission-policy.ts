import type { Manifest } from "../kubernetes/manifest";
import { TENANT_LABEL } from "./network-policies";

/** What happens to a pod that breaks a rule: it is refused, or only noted in the audit log. */
export type AdmissionMode = "enforce" | "audit";

/** One thing that a pod must satisfy, in the API server's expression language (CEL). */
export interface Validation {
  /** True for a pod that may be. */
  readonly expression: string;
  /** What the user reads otherwise: an expression that gives a text. */
  readonly messageExpression: string;
}

export interface AdmissionPolicy {
  readonly name: string;
  readonly validations: readonly Validation[];
  /** Expressions that the validations use as `variables.<name>`; a later one may use an earlier. */
  readonly variables: Readonly<Record<string, string>>;
  /** Judge containers that are added to a running pod as well. @default false */
  readonly ephemeralContainers?: boolean;
  /**
   * ConfigMap of this name in the pod's own namespace, as `params`. Where there is none, the policy does not apply.
   *
   * @default - no parameters
   */
  readonly configMap?: string;
}

/** The policy, and the binding that applies it to the namespaces of tasks. */
export function admissionPolicy(policy: AdmissionPolicy, mode: AdmissionMode): readonly Manifest[] {
  const { name, validations, variables, configMap, ephemeralContainers = false } = policy;
  const rule = { apiGroups: [""], apiVersions: ["v1"] };
  return [
    {
      apiVersion: API,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            { ...rule, operations: ["CREATE"], resources: ["pods"] },
            ...(ephemeralContainers
              ? [{ ...rule, operations: ["UPDATE"], resources: ["pods/ephemeralcontainers"] }]
              : []),
          ],
        },
        ...(configMap !== undefined && { paramKind: { apiVersion: "v1", kind: "ConfigMap" } }),
        variables: Object.entries(variables).map(([variable, expression]) => ({
          name: variable,
          expression,
        })),
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
        // No namespace in the reference means that of the pod.
        ...(configMap !== undefined && {
          paramRef: { name: configMap, parameterNotFoundAction: "Allow" },
        }),
      },
    },
  ];
}

/** A text or list of texts as CEL writes it; JSON's quotes and escapes are CEL's too. */
export function cel(value: string | readonly string[]): string {
  return JSON.stringify(value);
}

const API = "admissionregistration.k8s.io/v1";
