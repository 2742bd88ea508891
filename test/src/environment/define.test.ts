import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  defineEnvironment,
  defineEnvironments,
  type EnvironmentConfig,
} from "../../../src/environment/define";
import { config, least, messageFor } from "./support";

describe("an environment that says the least", () => {
  const environment = defineEnvironment(least);

  test("has every default", () => {
    expect(environment).toEqual({
      name: "demo",
      project: "acme-demo",
      region: "us-central1",
      prefix: "flyte",
      state: { bucket: "acme-state", prefix: "demo", project: "acme-demo" },
      labels: {},
      deletionProtection: false,
      network: {
        nodesCidr: "10.0.0.0/20",
        podsCidr: "10.4.0.0/14",
        servicesCidr: "10.8.0.0/20",
        privateServicesCidr: "10.9.0.0/20",
        flowLogs: true,
      },
      cluster: {
        releaseChannel: "REGULAR",
        controlPlane: { dnsEndpoint: true, authorizedNetworks: {} },
        maintenance: {
          startTime: "2026-01-03T01:00:00Z",
          endTime: "2026-01-03T09:00:00Z",
          recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
          exclusions: {},
        },
        binaryAuthorization: false,
      },
      database: {
        version: "POSTGRES_17",
        edition: "ENTERPRISE",
        tier: "db-custom-2-7680",
        diskSizeGib: 20,
        highAvailability: true,
        passwordVersion: 1,
        backups: {
          enabled: true,
          retained: 14,
          pointInTimeRecovery: true,
          logRetentionDays: 7,
          startTime: "03:00",
        },
      },
      storage: {
        location: "us-central1",
        accessLogProject: "acme-demo",
        softDeleteDays: 7,
        versioning: true,
        noncurrentVersionDays: 30,
      },
      volumes: {},
      registry: {
        immutableTags: false,
        keepVersions: 20,
        untaggedDays: 14,
        mirrors: true,
        digests: {},
        readFrom: {},
        writers: {},
      },
      encryption: { enabled: false, nodes: false, secrets: false, rotationDays: 90 },
      backup: { enabled: true, cron: "0 3 * * *", retainDays: 30 },
      queues: {
        flavors: {},
        teams: { research: { projects: ["vision"], cpu: 32, memoryGib: 128, gpus: {} } },
        priorities: { production: 1000, staging: 500, development: 100 },
      },
      addOns: {},
      kueue: { replicas: 2, waitForPodsReady: "168h", retainDeactivated: "3h" },
      monitoring: { enabled: true, notificationChannels: {}, waitingHours: 12 },
      flyte: {
        generation: 1,
        topology: "binary",
        domains: ["development", "staging", "production"],
        access: { mode: "port-forward" },
        cpu: 1,
        secretsWebhook: false,
        memoryGib: 2,
        extraValues: {},
      },
      policies: {
        network: { enabled: false, internet: true, allow: {} },
        admission: { mode: "audit", registries: [] },
      },
    });
  });

  test("is protected when it does not say otherwise", () => {
    const { name, project, region, state, queues } = least;
    expect(defineEnvironment({ name, project, region, state, queues }).deletionProtection).toBe(true);
  });

  test("is frozen, in every part", () => {
    const parts: object[] = [environment];
    for (const part of parts) {
      expect(Object.isFrozen(part)).toBe(true);
      parts.push(...Object.values(part).filter((inner) => typeof inner === "object"));
    }
    expect(parts.length).toBeGreaterThan(20);
  });

  test("is a copy: the configuration stays as it was, and may be frozen itself", () => {
    const extraValues = { configuration: { inline: { list: [1] } } };
    const written = config({ flyte: { extraValues } });
    const before = structuredClone(written);
    const { flyte } = defineEnvironment(Object.freeze(written));
    expect(written).toEqual(before);
    expect(Object.isFrozen(extraValues.configuration)).toBe(false);
    expect(flyte.extraValues).toEqual(extraValues);
  });
});

describe("defaults that follow from other keys", () => {
  test("give way to what is written", () => {
    const environment = defineEnvironment(
      config({
        state: { bucket: "acme-state", prefix: "platform/demo" },
        storage: { location: "US" },
        database: { highAvailability: false, backups: { pointInTimeRecovery: false } },
        queues: { ...least.queues, priorities: { production: 7 } },
      }),
    );
    expect(environment.state.prefix).toBe("platform/demo");
    expect(environment.storage.location).toBe("US");
    expect(environment.database.backups.pointInTimeRecovery).toBe(false);
    expect(environment.queues.priorities).toEqual({ production: 7 });
  });

  test("fit the domains that there are", () => {
    const { queues } = defineEnvironment(config({ flyte: { domains: ["production", "research"] } }));
    expect(queues.priorities).toEqual({ production: 1000 });
  });

  test("switch point-in-time recovery off with the backups", () => {
    const { database } = defineEnvironment(
      config({ database: { highAvailability: false, backups: { enabled: false } } }),
    );
    expect(database.backups.pointInTimeRecovery).toBe(false);
  });
});

describe("problems", () => {
  test("fails with all of an environment's problems at once, and its file", () => {
    expect(
      messageFor(
        config({
          name: "prod",
          network: { nodesCidr: "10.1.0.0/20", podsCidr: "10.0.0.0/14" },
          queues: {
            flavors: { "h100-dws": { gpu: "h100-80gb", gpusPerNode: 3, provisioning: "queued" } },
            teams: { research: { projects: ["vision"], cpu: 32, memoryGib: 128, gpus: { "h100-dws": 8 } } },
          },
        }),
      ),
    ).toBe(
      [
        'environment "prod" has 2 problems (environments/prod.ts):',
        "- network.podsCidr 10.0.0.0/14 overlaps network.nodesCidr 10.1.0.0/20; choose ranges that do not overlap",
        '- queues.flavors.h100-dws.gpusPerNode must be one of 1, 2, 4, 8 for gpu "h100-80gb", got 3',
      ].join("\n"),
    );
  });

  test("fails with a wrong shape and what the other sections break together", () => {
    expect(messageFor(config({ region: 7, network: { nodesCidr: "10.0.0.0/25" } }))).toBe(
      [
        'environment "demo" has 2 problems (environments/demo.ts):',
        '- region must be a region such as "us-central1", got 7',
        '- network.nodesCidr must be between a /8 and a /24, got "10.0.0.0/25"; a /24 holds 252 nodes',
      ].join("\n"),
    );
  });

  test("fails with the problems of all environments at once", () => {
    expect(
      messageFor(
        config({ region: "mars" }),
        least,
        config({ name: "other", project: "acme-other", prefix: "-" }),
      ),
    ).toBe(
      [
        'environment "demo" has 1 problem (environments/demo.ts):',
        '- region must be a region such as "us-central1", got "mars"',
        "",
        'environment "demo" has 1 problem (environments/demo.ts):',
        '- name must be unique, got "demo", which another environment has',
        "",
        'environment "other" has 1 problem (environments/other.ts):',
        '- prefix must be up to 20 lower-case letters, digits and hyphens, starting with a letter, not ending with a hyphen, got "-"',
      ].join("\n"),
    );
  });

  test("names the folder that was given", () => {
    expect(() => defineEnvironment(config({ prefix: "" }), { folder: "examples/minimal" })).toThrow(
      'environment "demo" has 1 problem (examples/minimal/demo.ts):\n- prefix must be',
    );
    expect(() => defineEnvironments([config({ prefix: "" })], "examples/minimal")).toThrow(
      'environment "demo" has 1 problem (examples/minimal/demo.ts):\n- prefix must be',
    );
  });

  test.each([
    [undefined, "nothing"],
    [null, "null"],
    ["prod", '"prod"'],
    [7, "7"],
    [[], "an empty list"],
    [[least], "a list"],
    [() => least, "a function"],
  ])("fails once when it is no object: %p", (value, got) => {
    expect(messageFor(value)).toBe(
      `environment 1 of the list has 1 problem (environments/index.ts):\n- it must be an object, got ${got}; does its file export what index.ts imports, and import nothing that imports it?`,
    );
  });

  test("fails for an empty one with everything that is required", () => {
    expect(messageFor(least, {})).toBe(
      [
        "environment 2 of the list has 5 problems (environments/index.ts):",
        "- name must be 2 to 12 lower-case letters and digits, starting with a letter, got nothing",
        "- project must be a Google Cloud project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter, not ending with a hyphen, got nothing",
        '- region must be a region such as "us-central1", got nothing',
        "- state must be an object with bucket, got nothing",
        "- queues must be an object with teams, got nothing",
      ].join("\n"),
    );
  });
});

describe("warnings", () => {
  test("say which environment they are about, and fail nothing", () => {
    expect(defineEnvironments([least, config({ name: "live", project: "acme-live" })]).warnings).toEqual([
      'environment "live": deletionProtection is off in an environment called "live"; one destroy takes its cluster, database and buckets',
    ]);
  });
});

describe("the file that a message names", () => {
  const folder = mkdtempSync(join(tmpdir(), "environments-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const named = (configured: unknown) => {
    try {
      defineEnvironments([configured as EnvironmentConfig], folder);
      return "";
    } catch (error) {
      return /\((.*)\):/.exec((error as Error).message)?.[1]?.replace(`${folder}/`, "");
    }
  };

  test("is the one that says the environment's name, whatever it is called", () => {
    file("index.ts", 'import { prod } from "./eu";');
    file("eu.ts", 'export const prod = { name: "prod", region: "mars" };');
    file("lab.json", '{ "name": "lab" }');
    expect(named(config({ name: "prod", region: "mars" }))).toBe("eu.ts");
    expect(named(config({ name: "lab", region: "mars" }))).toBe("lab.json");
  });

  test("is the list where no file says it, or where it is no environment", () => {
    expect(named(config({ name: "made", region: "mars" }))).toBe("index.ts");
    expect(named(undefined)).toBe("index.ts");
  });
});

describe("what is listed in place of an environment", () => {
  test.each<[unknown, string]>([
    [
      Promise.resolve(least),
      "must be an object, got a Promise; environments are read at once: list what it resolves to",
    ],
    [
      { default: least },
      'must be an environment, got an object that holds one as "default"; list that, not the module around it',
    ],
    [
      '{ "name": "dev" }',
      'must be an object, got "{ \\"name\\": \\"dev\\" }"; that is JSON text: JSON.parse makes an object of it',
    ],
  ])("fails for %p", (given, problem) => {
    expect(messageFor(given).split("\n")[1]).toBe(`- it ${problem}`);
  });
});
