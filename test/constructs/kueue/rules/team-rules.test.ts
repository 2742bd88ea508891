import type {
  GpuQuota,
  Order,
  Preemption,
  Queues,
  StopPolicy,
  Team,
} from "../../../../constructs/kueue/types";
import { cpuOnly, domains, everyMode, problems, withTeam } from "../queues";

const l4: Queues["flavors"] = { l4: { gpu: "l4", provisioning: "on-demand" } };
const dws: Queues["flavors"] = { dws: { gpu: "l4", provisioning: "queued" } };

/** Two teams that share one flavor. */
function shared(a: number | GpuQuota, b: number | GpuQuota | undefined): Queues {
  const of = (project: string, quota: number | GpuQuota | undefined): Team => ({
    projects: [project],
    cpu: 10,
    memoryGib: 40,
    ...(quota !== undefined && { gpus: { l4: quota } }),
  });
  return { flavors: l4, teams: { a: of("pa", a), b: of("pb", b) }, priorities: {} };
}

test("teams with and without GPUs pass", () => {
  expect(problems(everyMode)).toEqual([]);
  expect(problems(cpuOnly)).toEqual([]);
});

describe("a team", () => {
  test("fails under a reserved name or one that is no label", () => {
    const team = { projects: ["p"], cpu: 1, memoryGib: 1 };
    expect(
      problems({ ...cpuOnly, teams: { environment: team, Data: { ...team, projects: ["q"] } } }),
    ).toEqual([
      'teams.environment must have another name: "default", "environment", "general", "gpu-hosts", "tasks" mean something of their own, got "environment"',
      'teams.Data must be named with 1 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last, got "Data"',
    ]);
  });

  test.each([
    [
      { preemption: "any" as Preemption },
      'preemption must be one of "never", "reclaim", "lower-priority", got "any"',
    ],
    [{ order: "fair" as Order }, 'order must be one of "priority", "usage", got "fair"'],
    [
      { stopPolicy: "hold" as StopPolicy },
      'stopPolicy must be one of "None", "Hold", "HoldAndDrain", got "hold"; did you mean "Hold"?',
    ],
  ])("fails for a word that does not exist: %p", (part, message) => {
    expect(problems(withTeam(part))).toEqual([`teams.team.${message}`]);
  });

  test.each(["cpu", "memoryGib", "weight"])("has a %s above 0", (field) => {
    expect(problems(withTeam({ [field]: 0.5 }))).toEqual([]);
    expect(problems(withTeam({ [field]: 0 }))).toEqual([
      `teams.team.${field} must be a number above 0, got 0`,
    ]);
    expect(problems(withTeam({ [field]: NaN }))).toEqual([
      `teams.team.${field} must be a number above 0, got NaN`,
    ]);
  });
});

describe("GPU quotas", () => {
  test("fails for a flavor that does not exist", () => {
    expect(problems(withTeam({ gpus: { l5: 1 } }, l4))).toEqual([
      'teams.team.gpus.l5 must be one of "l4", got "l5"; did you mean "l4"?',
    ]);
    expect(problems(withTeam({ gpus: { l4: 1 } }))).toEqual([
      'teams.team.gpus.l4 must be left out: there is no flavor "l4", nor any other',
    ]);
  });

  test.each([0, 1, 1_000_000])("%d passes", (nominal) => {
    expect(problems(withTeam({ gpus: { l4: nominal } }, l4))).toEqual([]);
  });

  test.each([-1, 1.5])("fails for %d", (nominal) => {
    expect(problems(withTeam({ gpus: { l4: nominal } }, l4))).toEqual([
      `teams.team.gpus.l4.nominal must be a whole number of GPUs from 0 to 1000000, got ${nominal}`,
    ]);
  });

  test("fails for a limit that is no whole number", () => {
    expect(problems(shared({ nominal: 4, borrowing: 1.5, lending: -1 }, 4))).toEqual([
      "teams.a.gpus.l4.borrowing must be a whole number of GPUs from 0 to 1000000, got 1.5",
      "teams.a.gpus.l4.lending must be a whole number of GPUs from 0 to 1000000, got -1",
    ]);
  });

  test("lends at most its nominal quota", () => {
    expect(problems(shared({ nominal: 4, lending: 4 }, 4))).toEqual([]);
    expect(problems(shared({ nominal: 4, lending: 5 }, 4))).toEqual([
      "teams.a.gpus.l4.lending must be at most the nominal quota of 4, got 5",
    ]);
  });
});

describe("borrowing and lending", () => {
  const nobodyLends =
    'teams.a.gpus.l4.borrowing must be left out: no other team has quota of flavor "l4" to lend, got 4';
  const nobodyBorrows =
    'teams.a.gpus.l4.lending must be left out: no other team may borrow flavor "l4", got 4';

  test("passes with a partner, and as 0 without one", () => {
    expect(problems(shared({ nominal: 4, borrowing: 4, lending: 4 }, 1))).toEqual([]);
    expect(problems(shared({ nominal: 4, borrowing: 0, lending: 0 }, undefined))).toEqual([]);
  });

  test.each([[undefined], [0], [{ nominal: 4, lending: 0 }]])(
    "fails to borrow from a team with %p",
    (other) => {
      expect(problems(shared({ nominal: 4, borrowing: 4 }, other))).toEqual([nobodyLends]);
    },
  );

  test.each([[undefined], [{ nominal: 4, borrowing: 0 }]])("fails to lend to a team with %p", (other) => {
    expect(problems(shared({ nominal: 4, lending: 4 }, other))).toEqual([nobodyBorrows]);
  });
});

describe("flavors in one queue", () => {
  const l4s = (names: readonly string[], provisioning: "on-demand" | "queued"): Queues["flavors"] =>
    Object.fromEntries(names.map((name) => [name, { gpu: "l4", provisioning }]));
  const quotas = (flavors: Queues["flavors"]) =>
    Object.fromEntries(Object.keys(flavors).map((name) => [name, 1]));

  test("fails for two that Kueue cannot tell apart", () => {
    const flavors = l4s(["l4", "l4-b"], "on-demand");
    expect(problems(withTeam({ gpus: quotas(flavors) }, flavors))).toEqual([
      'teams.team.gpus.l4-b must not be beside "l4": both are l4 on-demand in the team\'s one queue, where Kueue tells flavors apart by gpu and provisioning only; keep one of them',
    ]);
    expect(problems(withTeam({ gpus: { l4: 1 } }, flavors))).toEqual([]);
  });

  test("passes for two with queues or reservations of their own", () => {
    const queued = l4s(["a", "b"], "queued");
    expect(problems(withTeam({ gpus: quotas(queued) }, queued))).toEqual([]);
    const reserved: Queues["flavors"] = {
      a: { gpu: "l4", provisioning: "reservation", reservation: "r" },
      b: { gpu: "l4", provisioning: "reservation", reservation: "s" },
    };
    expect(problems(withTeam({ gpus: quotas(reserved) }, reserved))).toEqual([]);
  });

  test("stay within Kueue's limit of a resource group", () => {
    const reserved = (count: number): Queues["flavors"] =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `r${index}`,
          { gpu: "l4", provisioning: "reservation", reservation: `r${index}` },
        ]),
      );
    expect(problems(withTeam({ gpus: quotas(reserved(64)) }, reserved(64)))).toEqual([]);
    expect(problems(withTeam({ gpus: quotas(reserved(65)) }, reserved(65)))).toEqual([
      "teams.team.gpus must name at most 64 flavors without a queue of their own (Kueue's limit), got 65",
    ]);
  });
});

describe("projects", () => {
  const teams = (...projects: string[][]): Queues => ({
    ...cpuOnly,
    teams: Object.fromEntries(
      projects.map((own, index) => [`t${index}`, { projects: own, cpu: 1, memoryGib: 4 }]),
    ),
  });

  test("fails for one project in two teams, or twice in one", () => {
    expect(problems(teams(["vision"], ["nlp", "vision"]))).toEqual([
      'teams.t1.projects must not name "vision", which team "t0" has: a Flyte project belongs to one team',
    ]);
    expect(problems(teams(["vision", "vision"]))).toEqual([
      'teams.t0.projects must name each project once, got "vision" twice',
    ]);
  });

  test("fails for a name that is no label", () => {
    expect(problems(teams(["Vision"]))).toEqual([
      'teams.t0.projects must be named with 1 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last, got "Vision"',
    ]);
  });

  test("have release names within Helm's 53 characters", () => {
    const project = (length: number) => teams(["p".repeat(length)]);
    expect(problems(project(34))).toEqual([]); // tenant-<34>-development
    expect(problems(project(35))).toEqual([
      `teams.t0.projects must give release names of at most 53 characters (Helm's limit), got "tenant-${"p".repeat(35)}-development" with 54; shorten the project`,
    ]);
  });

  test("fails for two that would share a namespace", () => {
    expect(problems(teams(["a"], ["a-b"]), ["b-c", "c"])).toEqual([
      'teams.t1.projects must not name both "a" and "a-b": each would have a namespace "a-b-c"',
    ]);
  });
});

describe("ClusterQueues of flavors with their own", () => {
  test("fails for two of one name", () => {
    const team = { cpu: 1, memoryGib: 4 };
    const queues: Queues = {
      flavors: { c: dws["dws"]!, "b-c": dws["dws"]! },
      teams: {
        a: { ...team, projects: ["p"], gpus: { "b-c": 1 } },
        "a-b": { ...team, projects: ["q"], gpus: { c: 1 } },
      },
      priorities: {},
    };
    expect(problems(queues)).toEqual([
      'teams.a-b.gpus.c must not need the ClusterQueue "a-b-c", which flavor "b-c" of team "a" has; rename one',
    ]);
    expect(
      problems({ ...queues, teams: { ...queues.teams, "a-b-c": { ...team, projects: ["r"] } } }),
    ).toEqual([
      'teams.a.gpus.b-c must not need the ClusterQueue "a-b-c", which team "a-b-c" has; rename one',
      'teams.a-b.gpus.c must not need the ClusterQueue "a-b-c", which team "a-b-c" has; rename one',
    ]);
  });

  test("have names within 63 characters", () => {
    const named = (length: number): Queues => ({
      flavors: dws,
      teams: { ["t".repeat(length)]: { projects: ["p"], cpu: 1, memoryGib: 4, gpus: { dws: 1 } } },
      priorities: {},
    });
    expect(problems(named(59))).toEqual([]);
    const team = "t".repeat(60);
    expect(problems(named(60))).toEqual([
      `teams.${team}.gpus.dws must give a ClusterQueue name of at most 63 characters, got "${team}-dws" with 64; shorten the team or the flavor`,
    ]);
  });
});

describe("priorities", () => {
  test.each([-1_000_000_000, 0, 1_000_000_000])("%d passes", (production) => {
    expect(problems({ ...cpuOnly, priorities: { production } })).toEqual([]);
  });

  test.each([-1_000_000_001, 1_000_000_001, 0.5])("fails for %d", (production) => {
    expect(problems({ ...cpuOnly, priorities: { production } })).toEqual([
      `priorities.production must be a whole number from -1000000000 to 1000000000, got ${production}`,
    ]);
  });

  test("fails for a domain that Flyte does not have", () => {
    expect(problems({ ...cpuOnly, priorities: { prod: 1 } }, domains)).toEqual([
      'priorities.prod must be one of "development", "staging", "production", got "prod"; did you mean "production"?',
    ]);
  });
});
