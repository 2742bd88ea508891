import { problemsFor } from "./support";

const flyte = (changes: Record<string, unknown>) => problemsFor({ flyte: changes });

describe("the backend's size", () => {
  test.each([[1], [6.5]])("may be 1 vCPU with %p GiB", (memoryGib) => {
    expect(flyte({ cpu: 1, memoryGib })).toEqual([]);
  });

  test("fails for a CPU that Autopilot would round", () =>
    expect(flyte({ cpu: 0.6, memoryGib: 1 })).toEqual([
      "flyte.cpu must be in steps of 0.25, got 0.6; Autopilot would change it",
    ]));

  test.each([[0.9], [6.6]])("fails for 1 vCPU with %p GiB", (memoryGib) => {
    expect(flyte({ cpu: 1, memoryGib })).toEqual([
      `flyte.memoryGib must be 1 to 6.5 for 1 vCPU, 1 to 6.5 GiB each, got ${memoryGib}; Autopilot would change it`,
    ]);
  });
});

describe("domains", () => {
  test("fails for one that is named twice", () => {
    expect(flyte({ domains: ["production", "staging", "production"] })).toEqual([
      'flyte.domains must name each domain once, got "production" more than once',
    ]);
  });
});

describe("generation and topology", () => {
  test("fails for Flyte 2, with the record that says why", () => {
    expect(flyte({ generation: 2 })).toEqual([
      "flyte.generation must be 1, got 2; Flyte 2 has no sign-in of its own, no namespaces for projects and no documentation for Google Cloud yet: docs/decisions/0012-flyte-1.md",
    ]);
  });

  test("topology core has its own chart with its own values", () => {
    expect(flyte({ topology: "core", extraValues: { flyteadmin: { replicaCount: 3 } } })).toEqual([]);
    expect(flyte({ topology: "core", extraValues: { flyteadmn: {} } })).toEqual([
      'flyte.extraValues.flyteadmn is not a value of the flyte-core chart; did you mean "flyteadmin"?',
    ]);
    expect(flyte({ topology: "binary", extraValues: { flyteadmin: {} } })[0]).toMatch(
      /^flyte\.extraValues\.flyteadmin is not a value of the flyte-binary chart/,
    );
  });

  test("fails for core where its service accounts' names would be too long", () => {
    const long = { name: "development1", prefix: "machine" };
    expect(problemsFor({ ...long, flyte: { topology: "core" } })).toEqual([]);
    expect(problemsFor({ ...long, prefix: "machines", flyte: { topology: "core" } })).toEqual([
      'flyte.topology must be "binary" with this prefix and name, got "core"; the service account "machines-development1-scheduler" would have 31 characters, and 30 are allowed',
    ]);
  });
});

describe("web sites that may call Flyte", () => {
  test.each([["https://notebooks.acme.example"], ["http://localhost:3000"]])("may be %j", (origin) => {
    expect(flyte({ corsOrigins: [origin] })).toEqual([]);
  });

  test.each([["*"], ["https://notebooks.acme.example/"], ["notebooks.acme.example"], ["null"]])(
    "fails for %j",
    (origin) => {
      expect(flyte({ corsOrigins: [origin] })).toEqual([
        `flyte.corsOrigins[0] must be a scheme, a host and perhaps a port, without a slash at its end, got ${JSON.stringify(origin)}`,
      ]);
    },
  );
});
