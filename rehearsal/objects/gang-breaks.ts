import type { Manifest } from "../api/objects";
import type { Break } from "./breaks";
import type { Synthesised } from "./synthesised";

interface PolicySpec {
  readonly mutations?: readonly { readonly jsonPatch: { readonly expression: string } }[];
  readonly validations?: readonly { readonly messageExpression: string }[];
}

function onPolicies(
  synthesised: Synthesised,
  change: (manifest: Manifest) => readonly Manifest[],
): Synthesised {
  const policies = synthesised.policies.map((release) => ({
    ...release,
    manifests: release.manifests.flatMap(change),
  }));
  return { ...synthesised, policies };
}

/** The policy neither sets what becomes of a failed job's pods nor asks for it. */
function withoutCleanUp(manifest: Manifest): Manifest[] {
  const spec = manifest["spec"] as PolicySpec | undefined;
  const { mutations, validations } = spec ?? {};
  const changed = {
    ...spec,
    ...(mutations && {
      mutations: mutations.map((mutation) => ({
        ...mutation,
        jsonPatch: {
          expression: mutation.jsonPatch.expression.replaceAll('value: "Running"', 'value: "None"'),
        },
      })),
    }),
    ...(validations && {
      validations: validations.filter((each) => !each.messageExpression.includes("clean_pod_policy")),
    }),
  };
  return [mutations || validations ? { ...manifest, spec: changed } : manifest];
}

/** Flyte's configuration as it comes: a Ray cluster lives an hour longer than its job. */
function withoutRaysEnd(synthesised: Synthesised): Synthesised {
  const { ttlSecondsAfterFinished: _, ...ray } = synthesised.plugins["ray"] ?? {};
  return { ...synthesised, plugins: { ...synthesised.plugins, ray } };
}

/** What goes wrong with tasks on several nodes. */
export const gangBreaks: readonly Break[] = [
  {
    name: "gang-framework",
    mistake: "Kueue does not know PyTorchJob: each pod of a gang queues for itself",
    scenario: "gang",
    apply: (synthesised) => {
      const integrations = synthesised.kueue["integrations"] as { readonly frameworks: readonly string[] };
      const frameworks = integrations.frameworks.filter((name) => !name.startsWith("kubeflow.org/"));
      return {
        ...synthesised,
        kueue: { ...synthesised.kueue, integrations: { ...integrations, frameworks } },
      };
    },
  },
  {
    name: "gang-labels",
    mistake: "nobody copies a gang's queue to its job",
    scenario: "gang",
    apply: (synthesised) =>
      onPolicies(synthesised, (manifest) =>
        manifest.kind.startsWith("MutatingAdmission") ? [] : [manifest],
      ),
  },
  {
    name: "gang-clean-up",
    mistake: "a failed gang keeps its other pods: cleanPodPolicy is None, as Flyte and the operator leave it",
    scenario: "gang",
    apply: (synthesised) => onPolicies(synthesised, withoutCleanUp),
  },
  {
    name: "ray-end",
    mistake: "a Ray cluster lives on for an hour, Flyte's default, and nothing refuses that",
    scenario: "ray",
    apply: (synthesised) =>
      onPolicies(withoutRaysEnd(synthesised), (manifest) =>
        manifest.metadata.name === "gang-rayjobs" ? [] : [manifest],
      ),
  },
];
