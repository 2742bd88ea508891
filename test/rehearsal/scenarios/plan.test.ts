import type { Expectation } from "../../../rehearsal/expectations/expectation";
import { scenarios } from "../../../rehearsal/scenarios";
import { planTasks } from "../../../rehearsal/scenarios/plan";
import type { Scenario, TaskGroup } from "../../../rehearsal/scenarios/scenario";
import { exampleModel } from "../support/example";

const model = exampleModel();

function plan(group: Partial<TaskGroup>, more: Partial<Scenario> = {}) {
  const tasks = [{ name: "train", team: 0, flavor: "queued", count: 1, runs: "1h", ...group }];
  return planTasks(
    { name: "s", question: "?", hoursPerMinute: 1, atMost: "1h", tasks, expect: [], ...more },
    model,
  );
}

describe("a planned task", () => {
  test("takes the team's first flavor of the mode, and a whole node when queued", () =>
    expect(plan({})).toEqual([
      expect.objectContaining({
        id: "train",
        team: "product",
        template: "h100-dws",
        flavor: "h100-dws",
        gpus: 8,
      }),
    ]));

  test("is the first team's that may use the flavor, unless a team is named", () => {
    const group = { name: "train", flavor: "queued", count: 1, runs: "1h" };
    const tasks = [group, { ...group, name: "other", team: 1 }];
    const scenario = { name: "s", question: "?", hoursPerMinute: 1, atMost: "1h", tasks, expect: [] };
    expect(planTasks(scenario, model).map((each) => each.team)).toEqual(["product", "research"]);
  });

  test("takes one GPU otherwise", () =>
    expect(plan({ flavor: "on-demand" })[0]).toMatchObject({ flavor: "l4", gpus: 1 }));

  test("without a GPU uses the team's default template", () =>
    expect(plan({ flavor: "cpu" })[0]).toMatchObject({ template: "tasks", flavor: "cpu", gpus: 0 }));

  test("may wait in the queue of a GPU it does not use", () =>
    expect(plan({ flavor: "cpu", queueOf: "queued" })[0]).toMatchObject({ gpus: 0, queue: "h100-dws" }));

  test("may run an image of its own team, or of another one that has a repository", () => {
    const teams = model.teams.map((team) => ({ ...team, repository: `${team.name}.pkg.dev/images/` }));
    const imageOf = (imageOf: TaskGroup["imageOf"]) => {
      const tasks = [{ name: "train", team: 0, flavor: "cpu", count: 1, runs: "1h", imageOf }];
      const scenario = { name: "s", question: "?", hoursPerMinute: 1, atMost: "1h", tasks, expect: [] };
      return planTasks(scenario, { ...model, teams })[0]?.pod;
    };
    expect(imageOf("own-team")).toEqual({ container: { image: "product.pkg.dev/images/task:1" } });
    expect(imageOf("another-team")).toEqual({ container: { image: "research.pkg.dev/images/task:1" } });
    expect(imageOf(undefined)).toBeUndefined();
  });

  test("as a Ray cluster takes no flavor's template, which its head would have too, and says its queue itself", () => {
    const more = { nodes: 2, ray: true };
    expect(plan(more)[0]).toMatchObject({ template: "tasks", flavor: "h100-dws", gpus: 8, written: true });
    expect(plan({ ...more, forgetful: true })[0]).toMatchObject({ written: false });
  });

  test("is one of many, at its own time", () =>
    expect(plan({ count: 3, at: "1m", every: "2m" }).map(({ id, atMs }) => [id, atMs])).toEqual([
      ["train-1", 60_000],
      ["train-2", 180_000],
      ["train-3", 300_000],
    ]));
});

describe("what an environment lacks", () => {
  test.each<[Partial<TaskGroup>, Partial<Scenario>, string]>([
    [{}, { needs: { teams: 3 } }, "needs 3 teams, test has 2"],
    [{}, { needs: { repositories: true } }, "needs two teams with a repository of their own"],
    [{ imageOf: "another-team" }, {}, "needs a repository of another-team, test has none"],
    [{}, { needs: { volumes: true } }, "needs teams with buckets as volumes (queues.teams.<name>.volumes)"],
    [{}, { needs: { provisioning: ["spot"] } }, "needs a flavor with provisioning spot"],
    [{ team: "ops" }, {}, 'needs team "ops"; test has product, research'],
    [{ flavor: "spot" }, {}, "needs a flavor spot for team product"],
    [{ domain: "production" }, {}, "needs a namespace of team product for domain production"],
  ])("fails on %j %j", (group, more, message) => expect(() => plan(group, more)).toThrow(message));

  test("may be policies that refuse, instead of only noting it", () => {
    const scenario = { name: "s", question: "?", hoursPerMinute: 1, atMost: "1h", tasks: [], expect: [] };
    const needs = { admission: "enforce" } as const;
    expect(planTasks({ ...scenario, needs }, model)).toEqual([]);
    expect(() => planTasks({ ...scenario, needs }, { ...model, refuses: false })).toThrow(
      'needs policies.admission.mode "enforce"',
    );
  });
});

/** Groups of tasks that an expectation names. */
function groupsOf(expectation: Expectation): readonly string[] {
  switch (expectation.that) {
    case "refused":
      return Object.keys(expectation.groups);
    case "tasks-succeed":
    case "rejections-end":
    case "waits-visibly":
      return expectation.groups ?? [];
    case "waits-at-most":
      return [expectation.group];
    case "goes-first":
      return [expectation.first, expectation.second];
    default:
      return [];
  }
}

describe("the shipped scenarios", () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    "%s end by themselves",
    (_, scenario) => {
      const hours = Number(/^(\d+)h$/.exec(scenario.atMost)?.[1]);
      expect(hours / scenario.hoursPerMinute).toBeLessThanOrEqual(5);
      expect(scenario.expect.length).toBeGreaterThan(0);
    },
  );

  test("expect refusals only where policies refuse: elsewhere they are skipped", () => {
    const refusing = scenarios.filter(({ expect: all }) => all.some(({ that }) => that === "refused"));
    expect(refusing.map(({ needs }) => needs?.admission)).toEqual(["enforce", "enforce"]);
  });

  // An expectation of tasks that are not there would always hold.
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    "%s expect only of tasks that they have",
    (_, { tasks, capacity = {}, expect: expectations }) => {
      const groups = tasks.map(({ name }) => name);
      const faults = Object.values(capacity).flatMap((model) => Object.keys(model.faults ?? {}));
      expect(groups).toEqual(expect.arrayContaining([...expectations.flatMap(groupsOf), ...faults]));
    },
  );
});
