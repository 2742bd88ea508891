import type { Manifest } from "../../../constructs/kubernetes/manifest";

// Policies' specs, which the Manifest type leaves open.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Any = any;

const ofKind = (manifests: readonly Manifest[], kind: string): Any[] =>
  manifests.filter((object) => object.kind === kind);

export const policiesOf = (manifests: readonly Manifest[]) => ofKind(manifests, "ValidatingAdmissionPolicy");
export const bindingsOf = (manifests: readonly Manifest[]) =>
  ofKind(manifests, "ValidatingAdmissionPolicyBinding");
export const policyOf = (manifests: readonly Manifest[], name: string): Any =>
  policiesOf(manifests).find(({ metadata }) => metadata.name === name);
