import { admissionChecks, checkName } from "../../../../constructs/kueue/objects/admission-checks";
import type { Flavor } from "../../../../constructs/kueue/types";
import { cpuOnly, everyMode, find, names } from "../queues";

const queued = (flavor: Partial<Flavor> = {}): Flavor => ({ gpu: "l4", provisioning: "queued", ...flavor });
const config = (flavor: Partial<Flavor>) => {
  const objects = admissionChecks({ flavors: { dws: queued(flavor) } });
  return find(objects, "ProvisioningRequestConfig", names(objects, "AdmissionCheck")[0]!)["spec"];
};

describe("the check of a queued flavor", () => {
  test("asks DWS with the run limit, for GPUs only", () => {
    const objects = admissionChecks(everyMode);
    expect(objects).toEqual([
      {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "AdmissionCheck",
        metadata: { name: "h100-dws-24h" },
        spec: {
          controllerName: "kueue.x-k8s.io/provisioning-request",
          parameters: {
            apiGroup: "kueue.x-k8s.io",
            kind: "ProvisioningRequestConfig",
            name: "h100-dws-24h",
          },
        },
      },
      {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "ProvisioningRequestConfig",
        metadata: { name: "h100-dws-24h" },
        spec: {
          provisioningClassName: "queued-provisioning.gke.io",
          parameters: { maxRunDurationSeconds: "86400" },
          managedResources: ["nvidia.com/gpu"],
          retryStrategy: { backoffLimitCount: 3, backoffBaseSeconds: 30, backoffMaxSeconds: 120 },
          podSetMergePolicy: "IdenticalWorkloadSchedulingRequirements",
        },
      },
    ]);
  });

  test("exists only for queued flavors", () => {
    expect(admissionChecks(cpuOnly)).toEqual([]);
    const { "h100-dws": _, ...others } = everyMode.flavors;
    expect(admissionChecks({ flavors: others })).toEqual([]);
  });

  test("gives up waiting after validUntil", () => {
    expect(config({ maxRunDuration: "90m", validUntil: "6h" }).parameters).toEqual({
      maxRunDurationSeconds: "5400",
      ValidUntilSeconds: "21600",
    });
  });

  test("runs 7 days when nothing is said", () => {
    expect(config({}).parameters).toEqual({ maxRunDurationSeconds: "604800" });
  });

  test("takes the retries as they are", () => {
    expect(config({ retry: { limit: 0, baseSeconds: 5, maxSeconds: 7 } }).retryStrategy).toEqual({
      backoffLimitCount: 0,
      backoffBaseSeconds: 5,
      backoffMaxSeconds: 7,
    });
  });

  test("pins pods to their request's nodes when told to", () => {
    expect(config({ pinToRequest: true }).podSetUpdates).toEqual({
      nodeSelector: [
        {
          key: "autoscaling.gke.io/provisioning-request",
          valueFromProvisioningClassDetail: "ResizeRequestName",
        },
      ],
    });
    expect(config({ pinToRequest: false })).not.toHaveProperty("podSetUpdates");
  });
});

describe("the name of a check", () => {
  test.each([
    [{ maxRunDuration: "24h" }, "dws-24h"],
    [{ maxRunDuration: "1d" }, "dws-24h"],
    [{ maxRunDuration: "1440m" }, "dws-24h"],
    [{ maxRunDuration: "90m" }, "dws-90m"],
    [{}, "dws-168h"],
    [{ maxRunDuration: "24h", validUntil: "2d" }, "dws-24h-within-48h"],
  ])("of %p is %s", (flavor, name) => {
    expect(checkName("dws", queued(flavor))).toBe(name);
  });

  test("stays when only what Kueue changes in place changes", () => {
    const name = checkName("dws", queued());
    expect(checkName("dws", queued({ retry: { limit: 1, baseSeconds: 1, maxSeconds: 1 } }))).toBe(name);
    expect(checkName("dws", queued({ pinToRequest: true }))).toBe(name);
  });
});
