import type { Manifest } from "../api/objects";
import type { KueueConfiguration } from "../control-plane/kueue";
import { milliseconds } from "./time";
import type { Synthesised } from "./synthesised";

/** The durations of Kueue's configuration that a rehearsal can live long enough to see. */
const durations: readonly (readonly string[])[] = [
  ["waitForPodsReady", "timeout"],
  ["waitForPodsReady", "recoveryTimeout"],
  ["objectRetentionPolicies", "workloads", "afterFinished"],
  ["objectRetentionPolicies", "workloads", "afterDeactivatedByKueue"],
  ["admissionFairSharing", "usageHalfLifeTime"],
  ["admissionFairSharing", "usageSamplingInterval"],
];

/**
 * The same objects in the rehearsal's time. Backoffs are whole seconds to Kueue, so that they become a second at
 * least; everything that Google's side reads (run limits, time to give up) stays, and the stand-in scales it.
 */
export function scaled(synthesised: Synthesised, factor: number): Synthesised {
  const kueue = structuredClone(synthesised.kueue) as Record<string, unknown>;
  for (const path of durations) scaleAt(kueue, path, factor);
  const manifests = synthesised.queues.manifests.map((manifest) => scaledManifest(manifest, factor));
  return { ...synthesised, kueue: kueue as KueueConfiguration, queues: { ...synthesised.queues, manifests } };
}

function scaleAt(root: Record<string, unknown>, path: readonly string[], factor: number): void {
  const [key = "", ...rest] = path;
  const value = root[key];
  if (rest.length > 0 && typeof value === "object" && value)
    scaleAt(value as Record<string, unknown>, rest, factor);
  else if (typeof value === "string")
    root[key] = `${Math.max(1, Math.round(milliseconds(value) / factor))}ms`;
}

function scaledManifest(manifest: Manifest, factor: number): Manifest {
  if (manifest.kind !== "ProvisioningRequestConfig") return manifest;
  const spec = manifest["spec"] as { retryStrategy?: Record<string, number> };
  const { retryStrategy } = spec;
  if (!retryStrategy) return manifest;
  const { backoffBaseSeconds = 60, backoffMaxSeconds = 1800 } = retryStrategy;
  const seconds = (value: number) => Math.max(1, Math.round((value * 1_000) / factor / 1_000));
  return {
    ...manifest,
    spec: {
      ...spec,
      retryStrategy: {
        ...retryStrategy,
        backoffBaseSeconds: seconds(backoffBaseSeconds),
        backoffMaxSeconds: seconds(backoffMaxSeconds),
      },
    },
  };
}
