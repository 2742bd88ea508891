import { durationName, durationSeconds } from "../durations";
import type { Manifest } from "../../kubernetes/manifest";
import { byName } from "../../kubernetes/manifest";
import { GPU_RESOURCE, PROVISIONING_REQUEST } from "../node-labels";
import { resolveFlavor } from "../provisioning";
import type { Flavor, Queues } from "../types";
import { KUEUE_API } from "../names";

const defaultRetry = { limit: 3, baseSeconds: 30, maxSeconds: 120 };

/**
 * Name of a queued flavor's AdmissionCheck and ProvisioningRequestConfig: `h100-dws-24h`. It carries the parameters, so
 * that a plan says plainly what a change of them is: Kueue deletes the requests of everything in the flavor's queues and
 * makes new ones, for running tasks too (observed), which are stopped when theirs fails. docs/upgrading.md has the way
 * around it.
 */
export function checkName(name: string, flavor: Flavor): string {
  const { maxRunSeconds, validUntil } = resolveFlavor(name, flavor);
  const wait = validUntil && durationSeconds(validUntil);
  return [name, durationName(maxRunSeconds), ...(wait ? ["within", durationName(wait)] : [])].join("-");
}

/** What asks DWS for nodes, for each queued flavor; nothing at all without one. */
export function admissionChecks({ flavors }: Pick<Queues, "flavors">): Manifest[] {
  return byName(flavors)
    .filter(([, flavor]) => flavor.provisioning === "queued")
    .flatMap(([flavorName, flavor]) => {
      const name = checkName(flavorName, flavor);
      return [admissionCheck(name), provisioningRequestConfig(name, flavorName, flavor)];
    });
}

function admissionCheck(name: string): Manifest {
  return {
    apiVersion: KUEUE_API,
    kind: "AdmissionCheck",
    metadata: { name },
    spec: {
      controllerName: "kueue.x-k8s.io/provisioning-request",
      parameters: { apiGroup: "kueue.x-k8s.io", kind: "ProvisioningRequestConfig", name },
    },
  };
}

function provisioningRequestConfig(name: string, flavorName: string, flavor: Flavor): Manifest {
  const { maxRunSeconds, validUntil, retry = defaultRetry, pinToRequest } = resolveFlavor(flavorName, flavor);
  const wait = validUntil && durationSeconds(validUntil);
  return {
    apiVersion: KUEUE_API,
    kind: "ProvisioningRequestConfig",
    metadata: { name },
    spec: {
      provisioningClassName: "queued-provisioning.gke.io",
      // The run limit stands here and nowhere else: an annotation of another value makes Kueue delete and make the
      // request again without end.
      parameters: {
        maxRunDurationSeconds: String(maxRunSeconds),
        ...(wait && { ValidUntilSeconds: String(wait) }),
      },
      // Left empty, pods without a GPU would ask for nodes too.
      managedResources: [GPU_RESOURCE],
      retryStrategy: {
        backoffLimitCount: retry.limit,
        backoffBaseSeconds: retry.baseSeconds,
        backoffMaxSeconds: retry.maxSeconds,
      },
      // GKE takes one pod set a request.
      podSetMergePolicy: "IdenticalWorkloadSchedulingRequirements",
      ...(pinToRequest && {
        podSetUpdates: {
          nodeSelector: [
            { key: PROVISIONING_REQUEST, valueFromProvisioningClassDetail: "ResizeRequestName" },
          ],
        },
      }),
    },
  };
}
