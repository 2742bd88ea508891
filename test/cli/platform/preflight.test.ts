import { breakLock, readLock } from "../../../cli/platform/preflight/lock";
import { preflight } from "../../../cli/platform/preflight/preflight";
import { newer } from "../../../cli/platform/preflight/tools";
import { googleClient, GoogleError, type GoogleRequest } from "../../../cli/platform/google/client";
import { limits } from "../../../cli/platform/limits";
import type { Stack } from "../../../cli/platform/workspace";
import { UserError } from "../../../cli/platform/exit";
import { FakeBucket } from "../../faults/support/fake-bucket";
import { prod } from "../../support/environments/prod";
import { testContext } from "./test-context";

const bucket = new FakeBucket();
beforeAll(() => bucket.start());
afterAll(() => bucket.stop());
beforeEach(() => {
  bucket.fault = () => undefined;
  bucket.objects.clear();
  bucket.metadata = {
    versioning: { enabled: true },
    iamConfiguration: {
      uniformBucketLevelAccess: { enabled: true },
      publicAccessPrevention: "enforced",
    },
  };
});

const stack: Stack = {
  name: "demo-data",
  folder: "/nowhere",
  dependencies: [],
  state: { bucket: "state", prefix: "demo/data" },
  projects: [],
  outputs: [],
  protected: [],
};
const LOCK = "demo/data/default.tflock";
const NOON = Date.parse("2026-11-21T12:00:00Z");

/** How long Google may take. Long: a busy machine is no silent one. */
let patience = 10_000;
afterEach(() => (patience = 10_000));

function context(options = {}) {
  const world = { env: bucket.variables, limits: { ...limits, request: patience }, now: Date.now };
  const sleep = () => Promise.resolve();
  const google = googleClient({ ...world, sleep, token: () => Promise.resolve("fake") });
  return testContext({
    configs: [prod],
    google,
    options,
    now: () => NOON,
    env: { PATH: process.env["PATH"] },
  });
}

const problems = async (options = {}, stacks: readonly Stack[] = [stack]) =>
  (await preflight(context(options), stacks))
    .filter(({ ok, subject }) => !ok && subject !== "terraform")
    .map(({ subject, text, fix }) => `${subject} ${text}; ${fix}`);

describe("the state bucket", () => {
  test("passes when it is versioned and closed", async () => {
    expect(await problems()).toEqual([]);
  });

  test("fails with the one command that mends all it lacks", async () => {
    bucket.metadata = { iamConfiguration: { publicAccessPrevention: "inherited" } };
    expect(await problems()).toEqual([
      'state bucket "state" has no versioning, no uniform access, no public access prevention; ' +
        "gcloud storage buckets update gs://state --versioning --uniform-bucket-level-access --public-access-prevention",
    ]);
  });

  test.each([
    [404, "make it: npm run platform -- bootstrap dev"],
    [401, "log in again: gcloud auth application-default login"],
    [403, "you need roles/storage.objectAdmin and roles/storage.legacyBucketReader on gs://state"],
  ])("fails with %p: %s", async (status, fix) => {
    bucket.fault = () => status;
    expect(await problems()).toEqual([`state bucket "state" injected (HTTP ${status}); ${fix}`]);
  });

  test("fails within its limit when nobody answers", async () => {
    bucket.fault = () => "hang";
    patience = 300;
    const [problem] = await problems();
    expect(problem).toMatch(/^state bucket "state" 127\.0\.0\.1:\d+ did not answer within 1 s; /);
  });
});

describe("whose the state bucket is", () => {
  const owned: Stack = { ...stack, state: { ...stack.state, project: "acme-demo" } };
  const asked = async (projectReply: () => Promise<unknown>) => {
    const given = context();
    const google = {
      ...given.google,
      request: <T>(request: GoogleRequest) =>
        request.product === "resourceManager"
          ? (projectReply() as Promise<T>)
          : given.google.request<T>(request),
    };
    const findings = await preflight({ ...given, google }, [owned]);
    return findings.filter(({ subject }) => subject === 'state bucket "state"');
  };
  const number = (name: string) => () => Promise.resolve({ name });

  test("passes when it is the project's", async () => {
    bucket.metadata["projectNumber"] = "7";
    expect(await asked(number("projects/7"))).toMatchObject([{ ok: true }]);
  });

  test("fails when it is another's, however well it is closed", async () => {
    bucket.metadata["projectNumber"] = "666";
    expect(await asked(number("projects/7"))).toMatchObject([
      {
        ok: false,
        text: 'belongs to project number 666, not to project "acme-demo"',
        fix: "choose another name; where that project is yours too, name it in the environment's file: state.project",
      },
    ]);
  });

  test("fails when nobody says whose it is", async () => {
    expect(await asked(number("projects/7"))).toMatchObject([{ ok: false }]);
    bucket.metadata["projectNumber"] = "7";
    expect(await asked(() => Promise.reject(new GoogleError("denied (HTTP 403)", 403)))).toMatchObject([
      {
        ok: false,
        text: "can't be told from a stranger's: denied (HTTP 403)",
        fix: "you need roles/browser on project acme-demo",
      },
    ]);
  });
});

describe("the lock", () => {
  const held = (created: string) =>
    bucket.put(LOCK, JSON.stringify({ Who: "me@ci", Operation: "OperationTypePlan", Created: created }));

  test.each([
    ["2026-11-21T11:59:30Z", "30 s"],
    ["2026-11-21T11:01:00Z", "59 min"],
    ["2026-11-19T10:55:00Z", "49 h 5 min"],
    ["nonsense", "an unknown time"],
  ])("fails with its owner and age: made at %s, held since %s", async (created, age) => {
    const id = held(created);
    expect(await problems()).toEqual([
      `lock of demo-data is held by me@ci (plan) since ${age}; ` +
        `wait until that run ends; if it is gone for good: npm run platform -- deploy dev --unlock ${id}`,
    ]);
  });

  test("is broken by its own ID only", async () => {
    const id = held("2026-11-21T11:00:00Z");
    expect(await problems({ unlock: [String(id + 1)] })).toHaveLength(1);
    expect(await problems({ unlock: ["1", String(id)] })).toEqual([]);
    expect(await readLock(context().google, stack)).toBeUndefined();
  });

  test("is waited for as long as --lock-wait says", async () => {
    held("2026-11-21T11:00:00Z");
    let clock = NOON;
    const sleep = (milliseconds: number) => {
      clock += milliseconds;
      if (clock - NOON >= 20_000) bucket.objects.clear();
      return Promise.resolve();
    };
    const wait = async (lock: number) => {
      const given = { ...context(), limits: { ...limits, lock }, now: () => clock, sleep };
      return (await preflight(given, [stack])).find(({ subject }) => subject === "lock of demo-data")?.ok;
    };
    expect(await wait(10_000)).toBe(false);
    expect(await wait(30_000)).toBe(true);
  });

  test("stays when it is a newer one by the time it is broken", async () => {
    const old = held("2026-11-21T11:00:00Z");
    held("2026-11-21T12:00:00Z");
    await expect(breakLock(context().google, stack, String(old))).rejects.toThrow("pre-conditions");
    expect(bucket.objects.has(LOCK)).toBe(true);
  });
});

test("without credentials nothing else is asked", async () => {
  const google = {
    ...context().google,
    token: () =>
      Promise.reject(new UserError("credentials for Google can't be had (none); run: gcloud auth login")),
  };
  const findings = await preflight({ ...context(), google }, [stack]);
  expect(findings.map(({ subject }) => subject)).toEqual(["terraform", "credentials"]);
  expect(findings[1]).toMatchObject({ ok: false, fix: "gcloud auth login" });
});

test.each([
  ["1.11.4", "1.11", "1.11.4"],
  ["1.9.8", "1.11", "1.11"],
  ["1.12.0-rc1", "1.11", "1.12.0-rc1"],
  ["2.0.0", "1.11.5", "2.0.0"],
  ["1.11", "1.11.0", "1.11"],
])("of %s and %s the newer is %s", (a, b, expected) => expect(newer(a, b)).toBe(expected));
