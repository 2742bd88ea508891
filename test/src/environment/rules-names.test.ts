import { nameLimits } from "../../../src/environment/rules/names";
import { namesFor } from "../../../src/environment/names";
import { config, messageFor, problemsFor } from "./support";

describe("names and their services' limits", () => {
  // The node account "<prefix>-<name>-backend" has 30 characters at most.
  test.each([
    ["a".repeat(17), "demo", undefined],
    [
      "a".repeat(18),
      "demo",
      `prefix must have at most 17 characters with name "demo", got "${"a".repeat(18)}"; the service account "${"a".repeat(18)}-demo-backend" would have 31, and 30 are allowed`,
    ],
    ["a".repeat(9), "abcdefghijkl", undefined],
    [
      "a".repeat(10),
      "abcdefghijkl",
      `prefix must have at most 9 characters with name "abcdefghijkl", got "aaaaaaaaaa"; the service account "aaaaaaaaaa-abcdefghijkl-backend" would have 31, and 30 are allowed`,
    ],
  ])("prefix %j with name %j", (prefix, name, problem) => {
    expect(problemsFor({ prefix, name })).toEqual(problem ? [problem] : []);
  });

  test("every name of the cloud is checked", () => {
    const environment = { name: "demo", project: "acme-demo", prefix: "flyte" };
    const names = namesFor(environment);
    const checked = nameLimits.flatMap((limit) => limit.names(names, environment));
    const own = [...Object.values(names), ...Object.values(names.mirrors)].filter(
      (name) => typeof name === "string" && name.includes("demo"),
    );
    expect(own.length).toBeGreaterThan(15);
    expect(
      own.filter((name) => !checked.some((text) => text === name || text === `acme-demo:${name}`)),
    ).toEqual([]);
  });

  test("the longest names that an environment can have fit all other services", () => {
    const longest = { name: "abcdefghijkl", project: "p".repeat(30), prefix: "a".repeat(9) };
    const names = namesFor(longest);
    for (const { names: of, longest: limit } of nameLimits)
      for (const name of of(names, longest)) expect(name.length).toBeLessThanOrEqual(limit);
  });
});

describe("names that Google keeps for itself", () => {
  test.each([["goog-analytics"], ["my-google-project"]])("fails for project %j", (project) => {
    expect(problemsFor({ project })).toEqual([
      `project must not start with "goog" or contain "google", got "${project}"; the buckets' names start with it, and Google refuses them`,
    ]);
  });

  test("lets through what only looks like them", () => {
    expect(problemsFor({ project: "my-goog-project", labels: { "my-goog": "x" } })).toEqual([]);
  });

  test("fails for a label", () => {
    expect(problemsFor({ labels: { "goog-managed": "x" } })).toEqual([
      'labels.goog-managed must not start with "goog", which Google keeps for itself',
    ]);
  });
});

describe("two environments", () => {
  const dev = config({ name: "dev" });
  const other = (changes: Record<string, unknown>) =>
    config({ name: "prod", project: "acme-other", ...changes });

  test("may share a state bucket and a prefix of their names", () => {
    expect(messageFor(dev, other({}))).toBe("");
  });

  test("fails in one project, with both files and the reason: their pods would be the same identities", () => {
    const also = config({ name: "lab", prefix: "own", state: { bucket: "own-state" } });
    const reason =
      'must be a project of its own, got "acme-demo", which environment "dev" (environments/dev.ts) has already; ' +
      "all clusters of a project share one workload identity pool, so tasks and Flyte of the one would be those of the other, with its buckets and its database";
    // Said once of both.
    expect(messageFor(dev, config({ name: "prod" }), also)).toBe(
      `environment "prod", environment "lab" have 1 problem each (environments/prod.ts, environments/lab.ts):\n- project ${reason}`,
    );
  });

  test("fails in one project together with what else is wrong with it", () => {
    const broken = { name: "prod", state: { bucket: "acme-state", prefix: "dev" }, region: "mars" };
    expect(
      messageFor(dev, config(broken))
        .split("\n")
        .map((line) => line.split(" ")[1]),
    ).toEqual(['"prod"', "region", "project", "state.prefix"]);
  });

  test("fails with one name", () => {
    expect(messageFor(dev, dev)).toBe(
      'environment "dev" has 1 problem (environments/dev.ts):\n- name must be unique, got "dev", which another environment has',
    );
  });

  test("fails without guessing what a broken one would be", () => {
    const broken = (name: string) => config({ name, project: "x", prefix: "-", state: { bucket: name } });
    expect(messageFor(broken("dev"), broken("prod"))).not.toMatch(/already|another/);
    const nameless = { state: { bucket: "acme-state" } };
    expect(messageFor(nameless, nameless)).not.toMatch(/already|another/);
  });

  test("fails with one place for their state", () => {
    expect(messageFor(dev, other({ state: { bucket: "acme-state", prefix: "dev" } }))).toBe(
      'environment "prod" has 1 problem (environments/prod.ts):\n- state.prefix must not be "dev": environment "dev" keeps its state in gs://acme-state/dev already',
    );
    expect(messageFor(dev, other({ state: { bucket: "other-state", prefix: "dev" } }))).toBe("");
  });

  test.each([["dev/bootstrap"], ["dev/prod"]])("fails with the state in the other's folder: %s", (prefix) => {
    expect(messageFor(dev, other({ state: { bucket: "acme-state", prefix } }))).toContain(
      `- state.prefix must not be "${prefix}": environment "dev" keeps its state in gs://acme-state/dev already`,
    );
    expect(messageFor(other({ state: { bucket: "acme-state", prefix } }), dev)).toContain(
      `- state.prefix must not be "dev": environment "prod" keeps its state in gs://acme-state/${prefix} already`,
    );
    expect(messageFor(dev, other({ state: { bucket: "acme-state", prefix: "dev2" } }))).toBe("");
  });
});
