import { TASKS } from "../../constructs/kueue/names";
import { QUEUE_LABEL } from "../../constructs/kueue/objects/local-queues";
import { PRIORITY_LABEL } from "../../constructs/kueue/objects/priorities";
import type { KubeApi } from "../api/client";
import { ApiError, ignoring } from "../api/errors";
import type { KubeObject, Pod } from "../api/objects";
import { collections } from "../api/paths";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Tools } from "../tools/build";
import { eventually } from "./eventually";
import { helmInstall } from "./helm";
import type { ManifestRelease, Synthesised } from "./synthesised";

interface AdmissionPolicy extends KubeObject {
  readonly metadata: KubeObject["metadata"] & { readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly typeChecking?: {
      readonly expressionWarnings?: readonly { readonly fieldRef: string; readonly warning: string }[];
    };
  };
}

interface AdmissionPolicyBinding extends KubeObject {
  readonly spec: { readonly validationActions: readonly string[] };
}

/** The release beside the walls, of what may be only noted in the audit log. */
const TASTE = "admission-policies";

export function refusesTaste(release: ManifestRelease): boolean {
  return release.name === TASTE && refuses(release);
}

/** Whether a release of admission policies refuses anything; it may only note it in the audit log. */
function refuses({ manifests }: ManifestRelease): boolean {
  return manifests.some(
    (manifest) =>
      manifest.kind === "ValidatingAdmissionPolicyBinding" &&
      (manifest as unknown as AdmissionPolicyBinding).spec.validationActions.includes("Deny"),
  );
}

/** Installs the admission policies, and waits until the API server has checked them and goes by them. */
export async function installPolicies(
  plane: ControlPlane,
  tools: Tools,
  { policies, tenants }: Synthesised,
): Promise<void> {
  const { api } = plane;
  for (const release of policies) {
    const metadata = { name: release.namespace };
    await api.create({ apiVersion: "v1", kind: "Namespace", metadata }).catch(ignoring(409));
    await helmInstall(plane, tools, release);
  }
  await typesChecked(api);
  const namespace = tenants.flatMap(({ manifests }) => manifests).find(({ kind }) => kind === "Namespace");
  if (namespace && policies.some(refuses))
    await eventually("the admission policies in force", () => inForce(api, namespace.metadata.name));
}

/** Warnings fail: an expression that names a field which no pod has refuses every pod, or none. */
export async function typesChecked(api: KubeApi): Promise<void> {
  let warnings: string[] = [];
  await eventually("the admission policies' types checked", async () => {
    const { items } = await api.list<AdmissionPolicy>(collections.admissionPolicies);
    warnings = items.flatMap(({ metadata, status }) =>
      (status?.typeChecking?.expressionWarnings ?? []).map(
        ({ fieldRef, warning }) => `${metadata.name} ${fieldRef}: ${warning}`,
      ),
    );
    return items.every(({ metadata, status }) => status?.observedGeneration === metadata.generation);
  });
  if (warnings.length > 0) throw new Error(`admission policies with wrong types:\n${warnings.join("\n")}`);
}

/** What the API server answers while a policy holds already and the facts that it needs have not reached it. */
const NO_FACTS = "no params found";

/** A policy holds from a moment after its creation; until then it lets everything in. One wall may be missing on purpose. */
export async function inForce(api: KubeApi, namespace: string): Promise<boolean> {
  const bad = await refusalOf(api, namespace, {
    [QUEUE_LABEL]: "a-queue-of-nobody",
    [PRIORITY_LABEL]: "nobody",
  });
  const good = await refusalOf(api, namespace, { [QUEUE_LABEL]: TASKS });
  return bad?.status === 422 && !good?.said.includes(NO_FACTS);
}

async function refusalOf(
  api: KubeApi,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Promise<ApiError | undefined> {
  const probe: Pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "probe", namespace, labels },
    spec: { containers: [{ name: "probe", image: "ghcr.io/flyteorg/probe" }] },
  };
  return api.tryCreate(probe).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ApiError) return error;
      throw error;
    },
  );
}
