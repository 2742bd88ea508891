import { config, least, messageFor, problemsFor } from "./support";

const research = least.queues.teams["research"]!;
const teams = (...volumes: string[]) => ({ teams: { research: { ...research, volumes } } });
/** Problems of these volumes, all of them the one team's. */
const problems = (volumes: Readonly<Record<string, unknown>>, more: object = {}) =>
  problemsFor({ volumes, queues: teams(...Object.keys(volumes)), ...more });
const server = { tier: "REGIONAL", sizeGib: 1024 };

describe("volumes", () => {
  test("are fine: a bucket, a file server, a claim", () => {
    expect(
      problems({
        datasets: { bucket: "acme-datasets", readOnly: true, cacheGib: 4 },
        scratch: { filestore: server },
        weights: { claim: "weights", readOnly: true },
      }),
    ).toEqual([]);
  });

  test("fail when they are nothing, or two things", () => {
    expect(problems({ a: {}, b: { bucket: "acme-b", claim: "b" } })).toEqual([
      "volumes.a must have one of bucket, filestore, claim, got none; make two volumes of two things",
      "volumes.b must have one of bucket, filestore, claim, got bucket and claim; make two volumes of two things",
    ]);
  });

  test("fail with keys that go with another kind", () => {
    expect(problems({ a: { filestore: server, readOnly: true }, b: { claim: "b", cacheGib: 1 } })).toEqual([
      "volumes.a.readOnly must be left out with filestore; it goes with bucket and claim",
      "volumes.b.cacheGib must be left out with claim; it goes with bucket",
    ]);
  });

  test("fail as the platform's own buckets, and say what these hold", () => {
    const own = { a: "acme-demo-demo-data", b: "acme-demo-demo-metadata", c: "acme-state", d: "acme-logs" };
    const volumes = Object.fromEntries(Object.entries(own).map(([name, bucket]) => [name, { bucket }]));
    const holds = [
      "what tasks of all teams hand on",
      "Flyte's metadata of all teams",
      "Terraform's state",
      "the access logs",
    ];
    expect(problems(volumes, { storage: { accessLogBucket: "acme-logs" } })).toEqual(
      Object.entries(own).map(
        ([name, bucket], index) =>
          `volumes.${name}.bucket must be a bucket of your own, got "${bucket}", which holds ${holds[index]}; make another one for it`,
      ),
    );
  });

  test("fail when two are one bucket: teams of the one would have the other", () => {
    expect(problems({ a: { bucket: "acme-data" }, b: { bucket: "acme-data" } })).toEqual([
      'volumes.b.bucket must be a bucket of this volume alone, got "acme-data", which is volumes.a too: teams that have either would have both; give them volume "a"',
    ]);
  });

  test("fail as another environment's bucket, from either side", () => {
    const other = config({ name: "other", project: "acme-other", state: { bucket: "other-state" } });
    const mounting = (bucket: string) => ({ volumes: { a: { bucket } }, queues: teams("a") });
    expect(messageFor(other, config(mounting("acme-other-other-data")))).toContain(
      'volumes.a.bucket must be a bucket of your own, got "acme-other-other-data", which is environment "other"\'s (environments/other.ts); make another one for it',
    );
    expect(messageFor(config(mounting("other-state")), other)).toContain(
      'name must not be "other" with this project: its bucket "other-state" is volumes.a.bucket of environment "demo" (environments/demo.ts); make another one there',
    );
  });

  test("fail as what Filestore does not have, in words of the environment", () => {
    expect(problems({ a: { filestore: { tier: "ZONAL", sizeGib: 1024 } } })).toEqual([
      'volumes.a.filestore.zone must be a zone of us-central1 with tier ZONAL, such as "us-central1-b", got nothing',
    ]);
    const basic = { tier: "BASIC_HDD", sizeGib: 1024, zone: "us-central1-b" };
    expect(problems({ a: { filestore: basic } }, { encryption: { enabled: true } })).toEqual([
      'volumes.a.filestore.tier must be one of "ZONAL", "REGIONAL" with encryption.enabled, got "BASIC_HDD", which takes no key of your own',
    ]);
  });

  test("fail with a file server's name that Filestore does not take", () => {
    const long = { prefix: "p".repeat(9), name: "n".repeat(12) };
    const volumes = (name: string) => ({ [name]: { filestore: server } });
    expect(problems(volumes("v".repeat(34)), long)).toEqual([]);
    expect(problems(volumes("v".repeat(35)), long)).toEqual([
      `volumes.${"v".repeat(35)} must have at most 34 characters in its name, because it is a file server, got 35; Filestore allows 63 with what the environment puts before`,
    ]);
  });

  test("fail for a flavor that is none", () => {
    expect(problems({ a: { claim: "a", flavors: ["h100"] } })).toEqual([
      'volumes.a.flavors[0] must be a flavor of queues.flavors (there is none), got "h100"',
    ]);
  });
});

describe("the volumes of teams", () => {
  const volumes = { datasets: { bucket: "acme-datasets" } };

  test("fail when there is no such volume, or it is named twice", () => {
    expect(problemsFor({ volumes, queues: teams("dataset", "datasets", "datasets") })).toEqual([
      'queues.teams.research.volumes[0] must be one of "datasets", got "dataset"; did you mean "datasets"?',
      'queues.teams.research.volumes[2] must not be named twice, got "datasets"',
    ]);
    expect(problemsFor({ queues: teams("datasets") })).toEqual([
      'queues.teams.research.volumes[0] must be left out: there is no volume "datasets", nor any other in volumes',
    ]);
  });

  test("fail when no team names one: nobody would see it, and a file server would be paid for", () => {
    expect(problemsFor({ volumes })).toEqual([
      'volumes.datasets must be a volume of some team, got none that names it; add "datasets" to queues.teams.<name>.volumes, or take it out',
    ]);
  });

  test("fail when what is beside each task takes more than a pod's disk, or than the team's memory", () => {
    const cached = (cacheGib: number) => ({ a: { bucket: "acme-a", cacheGib }, b: { bucket: "acme-b" } });
    expect(problems(cached(4))).toEqual([]);
    expect(problems(cached(5))).toEqual([
      "queues.teams.research.volumes must take at most 9 GiB of a task's disk, got 10 (all cacheGib, 1 for the mount itself, 4 where one can be written): Autopilot gives a pod without GPU 10; lower cacheGib",
    ]);
    const small = { teams: { research: { ...research, memoryGib: 1, volumes: ["datasets"] } } };
    expect(problemsFor({ volumes, queues: small })).toEqual([
      "queues.teams.research.memoryGib must be at least 2 with its buckets as volumes, got 1: the mount of each takes 256 MiB beside every task, and no task would fit",
    ]);
  });
});
