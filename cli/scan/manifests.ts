import type { Resources } from "./plan-shape";

/** A Kubernetes object of ours, and the Helm release that carries it. */
export interface Carried {
  readonly release: string;
  readonly manifest: { readonly kind: string; readonly metadata: { readonly name: string } };
}

/**
 * The Kubernetes objects in a stack's manifest releases, as far as they run as they are. Values of other charts are not
 * objects; a PodTemplate's container is a placeholder, which Flyte replaces by the task's own.
 */
export function manifestsOf(resources: Resources): Carried[] {
  return Object.entries(resources["helm_release"] ?? {}).flatMap(([release, { values }]) =>
    (Array.isArray(values) ? values : []).flatMap((each) => {
      const text = String(each);
      if (!text.startsWith("{")) return [];
      // Terraform's own escapes, which Helm does not see.
      const { manifests } = JSON.parse(text.replaceAll("$${", "${").replaceAll("%%{", "%{")) as {
        manifests?: Carried["manifest"][];
      };
      const running = (manifests ?? []).filter(({ kind }) => kind !== "PodTemplate");
      return running.map((manifest) => ({ release, manifest }));
    }),
  );
}
