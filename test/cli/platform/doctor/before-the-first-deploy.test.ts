import { examine } from "./examine";
import type { Reply } from "./fake-google";

describe("before the first deploy", () => {
  test("nothing is wrong with what is not there yet", async () => {
    const gone: Reply = { status: 404, body: { error: { message: "not found" } } };
    const { code, diagnoses } = await examine({
      "GET /sql/projects/acme-dev/instances/flyte-dev-database": gone,
      "GET /container/projects/acme-dev/locations/us-central1/clusters/flyte-dev-cluster": gone,
    });
    expect(code).toBe(0);
    expect(
      diagnoses.filter(({ level }) => level === "later").map(({ subject, text }) => [subject, text]),
    ).toEqual([
      ["flyte-dev-database", "not deployed"],
      ["flyte-dev-cluster", "not deployed"],
    ]);
  });
});

describe("before the first deploy, with the Compute Engine API off", () => {
  const off: Reply = {
    status: 403,
    body: {
      error: {
        message:
          "Compute Engine API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project=123 then retry.",
      },
    },
  };
  const gone: Reply = { status: 404, body: { error: { message: "not found" } } };
  const AT = "GET /compute/projects/acme-dev";
  const METRICS =
    "GET /quotas/projects/acme-dev/services/compute.googleapis.com/consumerQuotaMetrics/compute.googleapis.com";
  const fresh = {
    [AT]: off,
    [`${AT}/regions/us-central1`]: off,
    [`${AT}/aggregated/subnetworks`]: off,
    [`${AT}/global/addresses`]: off,
    [`${AT}/aggregated/acceleratorTypes?filter=name+=+"nvidia-l4"`]: off,
    [`${METRICS}/active_resize_requests`]: gone,
    "GET /sql/projects/acme-dev/instances/flyte-dev-database": gone,
    "GET /container/projects/acme-dev/locations/us-central1/clusters/flyte-dev-cluster": gone,
  };
  const limit = (effectiveLimit: string): Reply => ({
    body: {
      consumerQuotaLimits: [{ quotaBuckets: [{ effectiveLimit, dimensions: { region: "us-central1" } }] }],
    },
  });

  test("nothing is unknown, and what the deploy will show is said", async () => {
    const { code, bad, diagnoses } = await examine(fresh);
    expect(code).toBe(0);
    expect(diagnoses.filter(({ part }) => part === "region" || part === "ranges")).toEqual(
      ["region", "ranges"].map((part) => ({
        part,
        subject: "compute.googleapis.com",
        level: "later",
        text: "off: this can be seen after the first deploy, which switches it on",
        fix: "to see it before: gcloud services enable compute.googleapis.com --project acme-dev",
      })),
    );
    expect(bad).toEqual([
      {
        part: "quotas",
        subject: "Compute Engine",
        level: "warning",
        text: "can't be seen while the Compute Engine API is off; needed: 12 CPUS, 12 CPUS_ALL_REGIONS, 600 SSD_TOTAL_GB, 1 IN_USE_ADDRESSES, 2 NVIDIA_L4_GPUS, 16 PREEMPTIBLE_NVIDIA_H100_GPUS, 18 GPUS_ALL_REGIONS, 2 active_resize_requests",
        fix: "see them before the first deploy: gcloud services enable compute.googleapis.com --project acme-dev, then run this again",
      },
    ]);
  });

  test("quotas that Service Usage knows are judged", async () => {
    const { code, bad } = await examine({
      ...fresh,
      [`${METRICS}/cpus`]: limit("8"),
      [`${METRICS}/cpus_all_regions`]: limit("500"),
      [`${METRICS}/ssd_total_gb`]: limit("5000"),
      [`${METRICS}/in_use_addresses`]: limit("8"),
      [`${METRICS}/nvidia_l4_gpus`]: limit("0"),
      [`${METRICS}/preemptible_nvidia_h100_gpus`]: limit("16"),
      [`${METRICS}/gpus_all_regions`]: limit("64"),
      [`${METRICS}/active_resize_requests`]: limit("100"),
    });
    expect(code).toBe(2);
    expect(bad.map(({ subject, level }) => [subject, level])).toEqual([
      ["CPUS", "warning"],
      ["NVIDIA_L4_GPUS", "problem"],
    ]);
  });

  test("an API that Terraform needs to switch on others is a problem", async () => {
    const message =
      "Service Usage API has not been used in project 123 before or it is disabled. Visit https://console.developers.google.com/apis/api/serviceusage.googleapis.com/overview";
    const { bad } = await examine({
      "GET /services/projects/acme-dev/services": { status: 403, body: { error: { message } } },
    });
    expect(bad).toEqual([
      {
        part: "APIs",
        subject: "serviceusage.googleapis.com",
        level: "problem",
        text: "off: Terraform needs it",
        fix: "gcloud services enable serviceusage.googleapis.com --project acme-dev",
      },
    ]);
  });
});
