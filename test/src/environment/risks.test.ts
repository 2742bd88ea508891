import { gpus } from "../../../constructs/kueue/gpus";
import { gpusByRegion } from "../../../src/environment/regions";
import { least, warningsFor } from "./support";

describe("risky choices of a protected environment", () => {
  const safe = { deletionProtection: true, encryption: { enabled: true } };

  test("there is none when only the encryption is decided", () => {
    expect(warningsFor(safe)).toEqual([]);
  });

  test.each([
    [
      { encryption: {} },
      "encryption.enabled is off with deletionProtection; data is encrypted with Google's keys, and keys of your own mean a new database later",
    ],
    [
      { database: { highAvailability: false } },
      "database.highAvailability is off with deletionProtection; when the database's zone fails, Flyte stops until it is back",
    ],
    [
      { database: { tier: "db-g1-small" } },
      'database.tier is the shared-core "db-g1-small" with deletionProtection; Cloud SQL gives it no SLA',
    ],
    [
      { storage: { versioning: false, softDeleteDays: 0 } },
      "storage.softDeleteDays is 0 and versioning is off with deletionProtection; a deleted or overwritten object is gone",
    ],
    [
      { backup: { enabled: false } },
      "backup.enabled is off with deletionProtection; the cluster's objects and volumes cannot be restored",
    ],
    [
      { cluster: { releaseChannel: "RAPID" } },
      'cluster.releaseChannel is "RAPID" with deletionProtection; its versions are new and outside the SLA',
    ],
    [
      { network: { flowLogs: false } },
      "network.flowLogs is off with deletionProtection; after an incident nobody can say who talked to whom",
    ],
    [
      { kueue: { replicas: 1 } },
      "kueue.replicas is 1 with deletionProtection; while that one restarts, no task can start",
    ],
  ])("warns about %j, and only there", (changes, warning) => {
    expect(warningsFor({ ...safe, ...changes })).toEqual([warning]);
    expect(warningsFor(changes)).toEqual([]);
  });

  test("warns about a restore to the last backup only, beside a database without a standby", () => {
    const database = { highAvailability: false, backups: { pointInTimeRecovery: false } };
    expect(warningsFor({ ...safe, database })[1]).toBe(
      "database.backups.pointInTimeRecovery is off with deletionProtection; a restore loses up to a day of executions",
    );
  });

  test("warns about all of them together", () => {
    expect(warningsFor({ ...safe, backup: { enabled: false }, kueue: { replicas: 1 } })).toHaveLength(2);
  });
});

describe("risky choices of any environment", () => {
  test.each([["prod"], ["production"], ["prd"], ["live"]])("warns when %s is not protected", (name) => {
    expect(warningsFor({ name })).toEqual([
      `deletionProtection is off in an environment called "${name}"; one destroy takes its cluster, database and buckets`,
    ]);
  });

  test("warns about buckets in another region, not about multi-regions", () => {
    expect(warningsFor({ storage: { location: "us-east1" } })).toEqual([
      'storage.location is "us-east1" and the cluster in "us-central1"; every read and write crosses regions, slowly and at a price',
    ]);
    expect(warningsFor({ storage: { location: "US" } })).toEqual([]);
  });

  test("warns about what public access leaves open where deletionProtection does not close it", () => {
    const oidc = { baseUrl: "https://idp.acme.example", clientId: "flyte" };
    const open = { flyte: { access: { mode: "public", host: "flyte.acme.example", oidc } } };
    const closed = { network: { enabled: true }, admission: { mode: "enforce" } };
    expect(warningsFor(open)).toEqual([
      'policies.network.enabled is off with flyte.access.mode "public"; a task reaches Flyte, the database and every other pod past the sign-in',
      'policies.admission.mode is "audit" with flyte.access.mode "public"; what a signed-in user starts may run any image, and escalate its privileges',
    ]);
    expect(warningsFor({ ...open, policies: closed })).toEqual([]);
    expect(warningsFor({ ...open, deletionProtection: true, encryption: { enabled: true } })).toEqual([]);
  });

  test("warns about internal access without sign-in", () => {
    const oidc = { baseUrl: "https://idp.acme.example", clientId: "flyte" };
    const signedIn = { mode: "internal", host: "flyte.corp.acme.example", oidc };
    expect(warningsFor({ flyte: { access: { mode: "internal" } } })).toEqual([
      'flyte.access.mode is "internal" without sign-in (flyte.access.oidc); whoever reaches the VPC can run tasks',
    ]);
    expect(warningsFor({ flyte: { access: signedIn }, network: { proxiesCidr: "10.9.16.0/23" } })).toEqual(
      [],
    );
  });

  test("warns about a region that nobody knows, with the one that was meant", () => {
    expect(warningsFor({ region: "europe-west44" })).toEqual([
      'region is "europe-west44", which is none of the regions known here; did you mean "europe-west4"? (a newer one is fine)',
    ]);
    expect(warningsFor({ region: "moon-base1" })).toEqual([
      'region is "moon-base1", which is none of the regions known here (a newer one is fine)',
    ]);
  });

  describe("a GPU that the region lacks", () => {
    const gpu = (region: string, key: string) =>
      warningsFor({
        region,
        queues: {
          flavors: { x: { gpu: key, provisioning: "spot" } },
          teams: { research: { projects: ["vision"], cpu: 32, memoryGib: 128, gpus: { x: 8 } } },
        },
      });

    test("warns, and names the regions of the same continent that have it", () => {
      expect(gpu("europe-west12", "a100-80gb")).toEqual([
        'queues.flavors.x.gpu is "a100-80gb", which Google has not listed in europe-west12; its tasks would wait for ever; it is in europe-west4',
      ]);
    });

    test("warns, and names all others when that continent has none", () => {
      expect(gpu("southamerica-east1", "a100-80gb")).toEqual([
        'queues.flavors.x.gpu is "a100-80gb", which Google has not listed in southamerica-east1; its tasks would wait for ever; it is in asia-southeast1, europe-west4, us-central1, us-east4, us-east5',
      ]);
    });

    test.each([
      ["europe-west4", "a100-80gb"],
      ["europe-west12", "t4"],
    ])("does not warn where it is, or where nobody knows: %s, %s", (region, key) => {
      expect(gpu(region, key)).toEqual([]);
    });

    test("knows only GPUs of the catalogue", () => {
      const unknown = Object.values(gpusByRegion)
        .flat()
        .filter((key) => !(key in gpus));
      expect(unknown).toEqual([]);
    });
  });

  test("warns by the rules of constructs/kueue, under the environment's path", () => {
    const flavors = { l4: { gpu: "l4", provisioning: "on-demand" } };
    expect(warningsFor({ queues: { ...least.queues, flavors } })).toEqual([
      "queues.flavors.l4 is of no use: no team has quota of it, so no namespace has its PodTemplate",
    ]);
  });

  describe("patience with GPUs", () => {
    const queues = (provisioning: string) => ({
      flavors: {
        x: { gpu: "a100-80gb", provisioning, ...(provisioning === "reservation" && { reservation: "r" }) },
      },
      teams: { research: { projects: ["vision"], cpu: 32, memoryGib: 128, gpus: { x: 1 } } },
    });
    const kueue = (waitForPodsReady: string) => ({ waitForPodsReady });

    test.each(["on-demand", "spot", "flex-start"])("warns when %s may wait for less than a day", (mode) => {
      expect(warningsFor({ queues: queues(mode), kueue: kueue("24h") })).toEqual([]);
      expect(warningsFor({ queues: queues(mode), kueue: kueue("1439m") })).toEqual([
        'kueue.waitForPodsReady is "1439m"; a task of x whose node takes longer is stopped and asks again, last in line; a day is little for scarce GPUs',
      ]);
    });

    test.each(["queued", "reservation"])("%s does not wait after it is admitted", (mode) => {
      expect(warningsFor({ queues: queues(mode), kueue: kueue("30m") })).toEqual([]);
    });
  });
});
