import { knownImages } from "../../../constructs/known-images";
import { problemsFor } from "./support";

const database = (changes: Record<string, unknown>, rest: Record<string, unknown> = {}) =>
  problemsFor({ database: changes, ...rest });

describe("the database's tier", () => {
  test.each([
    ["db-custom-1-3840"],
    ["db-custom-2-3840"],
    ["db-custom-2-13312"],
    ["db-custom-96-88576"],
    ["db-custom-96-638976"],
    ["db-f1-micro"],
    ["db-g1-small"],
  ])("may be %s in edition ENTERPRISE", (tier) => {
    expect(database({ tier })).toEqual([]);
  });

  test.each([["db-perf-optimized-N-2"], ["db-perf-optimized-N-128"]])(
    "may be %s in ENTERPRISE_PLUS",
    (tier) => {
      expect(database({ tier, edition: "ENTERPRISE_PLUS" })).toEqual([]);
    },
  );

  test.each([
    ["db-custom-0-3840", 'must have 1 or an even number of vCPUs up to 96, got "db-custom-0-3840"'],
    ["db-custom-3-7680", 'must have 1 or an even number of vCPUs up to 96, got "db-custom-3-7680"'],
    ["db-custom-98-102400", 'must have 1 or an even number of vCPUs up to 96, got "db-custom-98-102400"'],
    [
      "db-custom-2-7681",
      'must have memory in steps of 256 MB, got "db-custom-2-7681"; the nearest is db-custom-2-7680',
    ],
    ["db-custom-1-3584", 'must have 3840 to 6656 MB of memory for 1 vCPU, got "db-custom-1-3584"'],
    ["db-custom-1-6912", 'must have 3840 to 6656 MB of memory for 1 vCPU, got "db-custom-1-6912"'],
    ["db-custom-2-13568", 'must have 3840 to 13312 MB of memory for 2 vCPUs, got "db-custom-2-13568"'],
    ["db-custom-96-88320", 'must have 88576 to 638976 MB of memory for 96 vCPUs, got "db-custom-96-88320"'],
    [
      "db-perf-optimized-N-2",
      'must be db-custom-<vCPUs>-<MB> with edition ENTERPRISE, got "db-perf-optimized-N-2"; choose such a tier, or edition "ENTERPRISE_PLUS"',
    ],
  ])("fails as %s in edition ENTERPRISE", (tier, problem) => {
    expect(database({ tier })).toEqual([`database.tier ${problem}`]);
  });

  test.each([
    [
      "db-custom-2-7680",
      'must be db-perf-optimized-N-<vCPUs> with edition ENTERPRISE_PLUS, got "db-custom-2-7680"; choose such a tier, or edition "ENTERPRISE"',
    ],
    [
      "db-perf-optimized-N-6",
      'must have one of 2, 4, 8, 16, 32, 48, 64, 80, 96, 128 vCPUs, got "db-perf-optimized-N-6"',
    ],
  ])("fails as %s in ENTERPRISE_PLUS", (tier, problem) => {
    expect(database({ tier, edition: "ENTERPRISE_PLUS" })).toEqual([`database.tier ${problem}`]);
  });
});

describe("the database's backups", () => {
  const backups = (changes: Record<string, unknown>, rest: Record<string, unknown> = {}) =>
    database({ backups: changes, ...rest });

  test("may be off without deletionProtection only", () => {
    const off = { highAvailability: false, backups: { enabled: false } };
    expect(database(off)).toEqual([]);
    expect(database(off, { deletionProtection: true })).toEqual([
      "database.backups.enabled must be true while deletionProtection is true, got false",
    ]);
  });

  test("fails for point-in-time recovery without them", () => {
    expect(backups({ enabled: false, pointInTimeRecovery: true }, { highAvailability: false })).toEqual([
      "database.backups.pointInTimeRecovery must be false without backups (database.backups.enabled is false), got true",
    ]);
  });

  test("keep the log for as long as the edition can", () => {
    const plus = { edition: "ENTERPRISE_PLUS", tier: "db-perf-optimized-N-2" };
    expect(backups({ logRetentionDays: 7 })).toEqual([]);
    expect(backups({ logRetentionDays: 8 })).toEqual([
      "database.backups.logRetentionDays must be at most 7 with edition ENTERPRISE, got 8; ENTERPRISE_PLUS keeps up to 35",
    ]);
    expect(backups({ logRetentionDays: 35, retained: 35 }, plus)).toEqual([]);
    expect(backups({ logRetentionDays: 36, retained: 36 }, plus)).toEqual([
      "database.backups.logRetentionDays must be a whole number from 1 to 35 (days), got 36",
    ]);
  });

  test("reach as far back as the log", () => {
    expect(backups({ retained: 7 })).toEqual([]);
    const without = { retained: 6, pointInTimeRecovery: false };
    expect(backups(without, { highAvailability: false })).toEqual([]);
    expect(backups({ retained: 6 })).toEqual([
      "database.backups.retained must be at least database.backups.logRetentionDays (7), got 6; a log without a backup before it restores nothing",
    ]);
  });
});

describe("encrypted buckets", () => {
  test("fails anywhere but where the keys are", () => {
    const encryption = { enabled: true };
    expect(problemsFor({ encryption, storage: { location: "us-central1" } })).toEqual([]);
    expect(problemsFor({ storage: { location: "US" } })).toEqual([]);
    expect(problemsFor({ encryption, storage: { location: "US" } })).toEqual([
      'storage.location must be the region "us-central1" with encryption, where the keys are, got "US"',
    ]);
  });
});

test.each([[1], [90]])("keys may be renewed every %d days", (rotationDays) => {
  expect(problemsFor({ encryption: { enabled: true, rotationDays } })).toEqual([]);
});

test.each([[0], [91]])("fails for keys that are renewed every %d days", (rotationDays) => {
  expect(problemsFor({ encryption: { enabled: true, rotationDays } })).toEqual([
    `encryption.rotationDays must be a whole number from 1 to 90 (days), got ${rotationDays}`,
  ]);
});

test("keys for nodes and secrets need keys of one's own", () => {
  expect(problemsFor({ encryption: { enabled: true, nodes: true, secrets: true } })).toEqual([]);
  expect(problemsFor({ encryption: { nodes: true, secrets: true } })).toEqual([
    "encryption.nodes and encryption.secrets must be false without encryption.enabled, which makes the keys, got true",
  ]);
});

describe("digests of the platform's images", () => {
  const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
  const digests = (digests: Record<string, string>) => problemsFor({ registry: { digests } });

  test("may be given for every one of them", () =>
    expect(digests(Object.fromEntries(knownImages.map((name) => [name, digest])))).toEqual([]));

  test.each([
    ["registry.k8s.io/kubectl:v1.36.0", digest.toUpperCase(), "sha256 in small letters"],
    ["registry.k8s.io/kubectl:v1.36.0", digest.slice(0, -1), "64 digits"],
    ["registry.k8s.io/kubectl:v1.36.0", "v1.36.0", "a digest"],
  ])("fail for %s: %s is not %s", (name, wrong) =>
    expect(digests({ [name]: wrong })).toEqual([
      `registry.digests["${name}"] must be "sha256:" and 64 hexadecimal digits, got "${wrong}"`,
    ]),
  );

  test("fail for an image that nobody pulls, and for one of another version, both at once", () =>
    expect(
      digests({
        "registry.k8s.io/kubect:v1.36.0": digest,
        "ghcr.io/flyteorg/flyte-binary-release:v1.15.0": digest,
      }),
    ).toEqual([
      'registry.digests["registry.k8s.io/kubect:v1.36.0"] is not an image of the platform\'s; did you mean "registry.k8s.io/kubectl:v1.36.0"?',
      'registry.digests["ghcr.io/flyteorg/flyte-binary-release:v1.15.0"] is of another version than the platform\'s ghcr.io/flyteorg/flyte-binary-release:v1.16.8; ask "crane digest ghcr.io/flyteorg/flyte-binary-release:v1.16.8"',
    ]));

  test("fail for something that names no version", () =>
    expect(digests({ kubectl: digest })).toHaveLength(1));
});
