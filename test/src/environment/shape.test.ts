import { Token } from "cdktf";
import { config, least, messageFor, problemsFor } from "./support";

describe("unknown keys", () => {
  test.each([
    [{ projct: "x" }, 'projct is not a known key; did you mean "project"?'],
    [{ Region: "x" }, 'Region is not a known key; did you mean "region"?'],
    [
      { queues: { ...least.queues, flavours: {} } },
      'queues.flavours is not a known key; did you mean "flavors"?',
    ],
    [{ flyte: { cpus: 1 } }, 'flyte.cpus is not a known key; did you mean "cpu"?'],
    [
      { flyte: { cup: 1 } },
      "flyte.cup is not a known key; known keys are generation, topology, domains, access, corsOrigins, secretsWebhook, cpu, memoryGib, extraValues",
    ],
    [
      { flyte: { access: { mode: "port-forward", host: "flyte.acme.example" } } },
      'flyte.access.host is not a known key with mode "port-forward"; it goes with "internal" or "public"',
    ],
    [
      { flyte: { access: { mode: "internal", dnsZoen: "acme" } } },
      'flyte.access.dnsZoen is not a known key with mode "internal"; did you mean "dnsZone"?',
    ],
    [{ tier: "x" }, "tier is not a known key; did you mean database.tier or volumes.<name>.filestore.tier?"],
    [
      { startTime: "x" },
      "startTime is not a known key; did you mean cluster.maintenance.startTime or cluster.maintenance.exclusions.<name>.startTime or database.backups.startTime?",
    ],
    [
      { backup: { everyHour: true } },
      "backup.everyHour is not a known key; known keys are enabled, cron, retainDays",
    ],
    [
      { backup: { "every hour": true } },
      'backup["every hour"] is not a known key; known keys are enabled, cron, retainDays',
    ],
    [
      { queues: { teams: { a: { projects: ["x"], cpu: 1, memoryGib: 1, gpus: { l4: { nominl: 1 } } } } } },
      "queues.teams.a.gpus.l4.nominal must be a whole number from 0 to 100000 (GPUs), got nothing",
    ],
  ])("fails for %j", (changes, problem) => {
    expect(problemsFor(changes)[0]).toBe(problem);
  });

  test("fails for two of them together, in one object and in two", () => {
    expect(problemsFor({ nmae: 1, backup: { corn: "", retain: 1 } })).toEqual([
      'backup.corn is not a known key; did you mean "cron"?',
      "backup.retain is not a known key; known keys are enabled, cron, retainDays",
      'nmae is not a known key; did you mean "name"?',
    ]);
  });
});

describe("the value that was meant", () => {
  const meant = (gpu: string) =>
    problemsFor({ queues: { ...least.queues, flavors: { a: { gpu, provisioning: "spot" } } } })[0]?.split(
      "; ",
    )[1];

  test.each([
    ["H100", "h100-80gb"],
    ["h100-mega", "h100-mega-80gb"],
    ["a100", "a100-40gb"],
    ["l40", "l4"],
    ["rtx", "rtx-pro-6000"],
  ])("of %s is %s", (gpu, expected) => {
    expect(meant(gpu)).toBe(`did you mean "${expected}"?`);
  });

  test("of something else is not guessed", () => {
    expect(meant("mystery")).toBeUndefined();
  });
});

describe("shapes", () => {
  test.each([
    [
      { name: "Prod" },
      'name must be 2 to 12 lower-case letters and digits, starting with a letter, got "Prod"',
    ],
    [
      { deletionProtection: "no" },
      'deletionProtection must be true or false, got "no"; write false, without quotes',
    ],
    [
      { region: "us-central1-a" },
      'region must be a region such as "us-central1", got "us-central1-a"; that is a zone: use region "us-central1"',
    ],
    [
      { project: "123456789012" },
      'project must be a Google Cloud project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter, not ending with a hyphen, got "123456789012"; that is a project number: use the project\'s id',
    ],
    [
      { state: { bucket: "gs://acme-state" } },
      'state.bucket must be a bucket name: 3 to 63 lower-case letters, digits, hyphens, dots and underscores, got "gs://acme-state"; write the name only, without gs://',
    ],
    [
      { name: "prod-eu" },
      "name must be 2 to 12 lower-case letters and digits, starting with a letter, got \"prod-eu\"; `cdktf deploy '<name>-*'` must mean one environment, so no hyphen",
    ],
    [
      { queues: { ...least.queues, flavors: { a: { gpu: "L4", provisioning: "spot" } } } },
      'queues.flavors.a.gpu must be one of "t4", "l4", "a100-40gb", "a100-80gb", "h100-80gb", "h100-mega-80gb", "h200-141gb", "b200", "rtx-pro-6000", got "L4"; did you mean "l4"?',
    ],
    [
      { network: "10.0.0.0/8" },
      'network must be an object, got "10.0.0.0/8"; its keys are nodesCidr, podsCidr, servicesCidr, privateServicesCidr, proxiesCidr, flowLogs, existing',
    ],
    [
      { network: { nodesCidr: "10.0.0.0" } },
      'network.nodesCidr must be an IPv4 range such as "10.0.0.0/20", got "10.0.0.0"; add the size: "/20" is 4,096 addresses, "/32" is one',
    ],
    [
      { database: { version: "postgres_17" } },
      'database.version must be one of "POSTGRES_15", "POSTGRES_16", "POSTGRES_17", "POSTGRES_18", got "postgres_17"; did you mean "POSTGRES_17"?',
    ],
    [
      { database: { passwordVersion: 1.5 } },
      "database.passwordVersion must be a whole number from 1 to 9999, got 1.5",
    ],
    [
      { database: { diskSizeGib: "20" } },
      'database.diskSizeGib must be a whole number from 10 to 65536 (GiB), got "20"; write the number alone, without quotes, in GiB',
    ],
    [
      { queues: { teams: { a: { projects: ["x"], cpu: 1, memoryGib: "16Gi" } } } },
      'queues.teams.a.memoryGib must be a whole number from 1 to 100000000 (GiB), got "16Gi"; write the number alone, without quotes, in GiB',
    ],
    [
      { queues: { teams: {} } },
      'queues.teams must name at least one team, got none; tasks run in a team\'s projects: { research: { projects: ["vision"], cpu: 64, memoryGib: 256 } }',
    ],
    [
      { storage: { softDeleteDays: "7 days" } },
      'storage.softDeleteDays must be 0 (off) or a whole number from 7 to 90 (days), got "7 days"; write the number alone, without quotes, in days',
    ],
    [
      { flyte: { access: {} } },
      'flyte.access.mode must be one of "port-forward", "internal", "public", got nothing',
    ],
    [
      { flyte: { access: { mode: "ingress" } } },
      'flyte.access.mode must be one of "port-forward", "internal", "public", got "ingress"',
    ],
    [
      { flyte: { domains: [] } },
      "flyte.domains must be a list of Flyte domains (lower-case letters, digits and hyphens), at least one, got an empty list",
    ],
    [
      { registry: { writers: { ci: "allUsers" } } },
      'registry.writers.ci must be an IAM member such as "serviceAccount:ci@acme-tools.iam.gserviceaccount.com", "group:…" or "principalSet://…", got "allUsers"',
    ],
    [
      { labels: { "Cost Center": "x" } },
      'labels["Cost Center"] must be named with up to 63 lower-case letters, digits, hyphens and underscores, starting with a letter',
    ],
    [
      { queues: { teams: { a: { projects: ["x", "Y"], cpu: 1, memoryGib: 1 } } } },
      'queues.teams.a.projects[1] must be up to 63 lower-case letters, digits and hyphens, starting with a letter, not ending with a hyphen, got "Y"',
    ],
    [
      { queues: { teams: { a: { projects: ["x"], cpu: 1, memoryGib: 1, gpus: { l4: "8" } } } } },
      'queues.teams.a.gpus.l4 must be a whole number of GPUs from 0 to 100000, or { nominal, borrowing?, lending? }, got "8"; write the number alone, without quotes',
    ],
    [
      { queues: { teams: { a: { projects: ["x"], cpu: 1, memoryGib: 1, gpus: { l4: { nominal: -1 } } } } } },
      "queues.teams.a.gpus.l4.nominal must be a whole number from 0 to 100000 (GPUs), got -1",
    ],
  ])("fails for %j", (changes, problem) => {
    expect(problemsFor(changes)).toEqual([problem]);
  });

  test("fails with the beginning of a long value", () => {
    const got = (length: number) => problemsFor({ region: "x".repeat(length) })[0]?.split(", got ")[1];
    expect(got(80)).toBe(`"${"x".repeat(80)}"`);
    expect(got(81)).toBe(`"${"x".repeat(77)}…"`);
  });

  // Just outside, at, at, just outside.
  test.each([
    ["name", ["a", "ab", "abcdefghijkl", "abcdefghijklm"]],
    ["project", ["a".repeat(5), "a".repeat(6), "a".repeat(30), "a".repeat(31)]],
    ["prefix", ["", "a", "a", "a".repeat(21)]],
    ["state.bucket", ["aa", "aaa", "a".repeat(63), "a".repeat(64)]],
    ["database.diskSizeGib", [9, 10, 65536, 65537]],
    ["database.maxConnections", [13, 14, 262143, 262144]],
    ["database.passwordVersion", [0, 1, 9999, 10000]],
    ["database.backups.retained", [0, 7, 365, 366]],
    ["storage.softDeleteDays", [6, 7, 90, 91]],
    ["storage.softDeleteDays", [-1, 0, 0, 1]],
    ["storage.noncurrentVersionDays", [0, 1, 3650, 3651]],
    ["registry.keepVersions", [0, 1, 1000, 1001]],
    ["registry.untaggedDays", [0, 1, 365, 366]],
    ["backup.retainDays", [0, 1, 360, 361]],
    ["kueue.replicas", [0, 1, 3, 4]],
    ["database.backups.startTime", ["24:00", "00:00", "23:59", "23:60"]],
  ])("%s has its limits: %j", (path, [below, least1, most, above]) => {
    const problem = (value: unknown) => problemsFor(nested(path.split("."), value)).join("\n");
    expect(problem(least1)).toBe("");
    expect(problem(most)).toBe("");
    for (const value of [below, above])
      expect(problem(value)).toMatch(new RegExp(`^${path} must be .*, got ${JSON.stringify(value)}$`));
  });
});

describe("plain data", () => {
  test.each([
    [{ prefix: "a${var.x}" }, 'prefix must be plain text, got a Terraform expression "a${var.x}"'],
    [{ prefix: "%{ if x }" }, 'prefix must be plain text, got a Terraform expression "%{ if x }"'],
    [
      { labels: { a: Token.asString({ resolve: () => "x" }) } },
      expect.stringMatching(
        /^labels\.a must be plain text, got a Terraform expression "\$\{TfToken\[TOKEN\.\d+\]\}"$/,
      ),
    ],
    [
      { queues: { teams: { a: { projects: Token.asList({ resolve: () => [] }), cpu: 1, memoryGib: 1 } } } },
      expect.stringMatching(
        /^queues\.teams\.a\.projects\[0\] must be plain text, got a Terraform expression "#\{TfToken\[TOKEN\.\d+\]\}"$/,
      ),
    ],
    [
      { database: { diskSizeGib: Token.asNumber({ resolve: () => 1 }) } },
      "database.diskSizeGib must be a plain number, got a Terraform token; write the number itself",
    ],
    [
      { labels: { a: Token.asAny({ resolve: () => "x" }) } },
      "labels.a must be plain data, got a Terraform token; write the value itself",
    ],
    [
      { flyte: { extraValues: { configuration: { inline: [Token.asString({ resolve: () => "x" })] } } } },
      expect.stringMatching(
        /^flyte\.extraValues\.configuration\.inline\[0\] must be plain text, got a Terraform expression "\$\{TfToken\[TOKEN\.\d+\]\}"$/,
      ),
    ],
    [
      { database: { tier: undefined } },
      "database.tier must have a value, got undefined; leave the key out for its default, or look for a misspelt import",
    ],
    [{ cluster: null }, "cluster must have a value, got null; leave the key out for its default"],
    [
      { database: { maxConnections: () => 100 } },
      "database.maxConnections must be plain data, got a function",
    ],
    [{ database: { maxConnections: NaN } }, "database.maxConnections must be a number, got NaN"],
    [{ labels: new Map() }, "labels must be plain data, got a Map"],
    [
      { cluster: { maintenance: { startTime: new Date(0) } } },
      "cluster.maintenance.startTime must be plain data, got a Date",
    ],
  ])("fails for anything else: %#", (changes, problem) => {
    expect(problemsFor(changes)).toEqual([problem]);
  });

  test("fails once for what a value holds, not again for the value's shape", () => {
    expect(problemsFor({ state: { bucket: [null] }, labels: { a: { b: null } } })).toEqual([
      "state.bucket[0] and labels.a.b must have a value, got null; leave the key out for its default",
    ]);
  });

  test("fails for an object that contains itself", () => {
    const values: Record<string, unknown> = {};
    values["configuration"] = values;
    expect(problemsFor({ flyte: { extraValues: values } })).toEqual([
      "flyte.extraValues.configuration must be plain data, got an object that contains itself",
    ]);
  });

  test("an object may stand in two places", () => {
    const labels = { a: "b" };
    expect(
      problemsFor({ labels, flyte: { extraValues: { commonLabels: labels, commonAnnotations: labels } } }),
    ).toEqual([]);
  });

  test("Helm values may hold the template languages of others", () => {
    const inline = { a: "${HOME}", b: "{{ .Values.x }}", c: "%{x}" };
    expect(problemsFor({ flyte: { extraValues: { configuration: { inline } } } })).toEqual([]);
  });

  test("fails without showing what may be a secret", () => {
    const message = messageFor(
      config({
        flyte: { extraValues: { configuration: { auth: { internal: { clientSecret: "hunter2" } } } } },
        database: { password: "hunter2" },
      }),
    );
    expect(message).not.toContain("hunter2");
    expect(message.split("\n").slice(1)).toEqual([
      "- database.password is not a known key; known keys are version, edition, tier, diskSizeGib, highAvailability, maxConnections, passwordVersion, backups",
      "- flyte.extraValues.configuration.auth.internal.clientSecret must not hold a secret: values end in Terraform's state; keep it in Secret Manager and mount it, or name a Kubernetes Secret",
    ]);
  });
});

function nested(path: readonly string[], value: unknown): Record<string, unknown> {
  const [first = "", ...rest] = path;
  return { [first]: rest.length === 0 ? value : nested(rest, value) };
}
