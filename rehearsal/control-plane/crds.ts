import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubeApi } from "../api/client";
import { type Condition, isTrue } from "../api/objects";
import type { Tools } from "../tools/build";

export const CRDS = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };

interface Crd {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** Kueue's own CRDs, and the one of provisioning requests that GKE serves, out of the modules of Kueue's build. */
export async function installCrds(api: KubeApi, { sources }: Tools): Promise<void> {
  const kueue = join(sources.kueue, "config/components/crd/bases");
  const files = [
    ...readdirSync(kueue).map((file) => join(kueue, file)),
    join(sources.autoscaler, "config/crd/autoscaling.x-k8s.io_provisioningrequests.yaml"),
  ];
  const made = await Promise.all(files.map((file) => api.createYaml(CRDS, readFileSync(file, "utf8"))));
  await established(
    api,
    made.map(({ metadata }) => metadata.name),
  );
}

export async function established(api: KubeApi, names: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const { items } = await api.list<Crd>(CRDS);
    const ready = items.filter((crd) => isTrue(crd, "Established")).map(({ metadata }) => metadata.name);
    if (names.every((name) => ready.includes(name))) return;
    await sleep(100);
  }
  throw new Error("the CRDs are not established after 30 s");
}
