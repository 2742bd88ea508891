import type { Expectation } from "../../../rehearsal/expectations/expectation";
import { judge } from "../../../rehearsal/expectations/judge";
import type { TaskStory } from "../../../rehearsal/story/task-story";
import { HOUR, MINUTE, attempt, result, story, task } from "../support/result";

const broken = (expectation: Expectation, ...stories: TaskStory[]) =>
  judge(result(stories, [expectation]))[0]?.broken;
const cpu = { gpus: 0, provisioning: "cpu", flavor: "cpu" } as const;

describe("outcomes", () => {
  test("hold when every task succeeds", () =>
    expect(broken({ that: "tasks-succeed" }, story(task("train"), [attempt()]))).toEqual([]));

  test("fails on a task that still waits, and says for what", () => {
    const waiting = attempt({ admitted: undefined, running: undefined, ended: undefined, end: "unfinished" });
    expect(broken({ that: "tasks-succeed" }, story(task("train"), [waiting], "unfinished"))).toEqual([
      "train has quota and still waits for capacity",
    ]);
    const queued = { ...waiting, reserved: undefined };
    expect(broken({ that: "tasks-succeed" }, story(task("train"), [queued], "unfinished"))).toEqual([
      "train still waits for quota",
    ]);
  });

  test("fails on a refusal that does not say what to do, and on none", () => {
    const refusal = { at: 0, message: "pod train must be in a queue of its namespace (tasks)" };
    const refused = { ...story(task("train"), [], "failed"), refusal };
    const expectation = { that: "refused", groups: { train: "must be in a queue" } } as const;
    expect(broken(expectation, refused)).toEqual([]);
    expect(broken({ that: "refused", groups: { train: "must be rich" } }, refused)).toEqual([
      "train was refused: pod train must be in a queue of its namespace (tasks)",
    ]);
    expect(broken(expectation, story(task("train"), [attempt()]))).toEqual(["train succeeded"]);
  });

  test("fails on a pod that Kueue counts without what is beside it", () => {
    const expectation = { that: "counted", cpu: { train: "1250m" } } as const;
    expect(broken(expectation, story(task("train"), [attempt({ cpu: "1250m" })]))).toEqual([]);
    expect(broken(expectation, story(task("train"), [attempt({ cpu: "1" })]))).toEqual([
      "search-development/train-n0-0 counts as 1",
    ]);
    expect(broken(expectation, story(task("train"), [attempt()]))).toEqual([
      "search-development/train-n0-0 counts as nothing",
    ]);
  });

  test("fails on a rejected pod that stays gated", () => {
    const gated = attempt({
      ended: undefined,
      end: "unfinished",
      rejection: { at: MINUTE, message: "no capacity" },
    });
    const expectation = { that: "rejections-end", groups: ["train"], within: "1h" } as const;
    expect(broken(expectation, story(task("train"), [gated], "unfinished"))).toEqual([
      "train is gated for ever: no capacity",
    ]);
    expect(broken(expectation, story(task("train"), [{ ...gated, ended: 61 * MINUTE }], "failed"))).toEqual(
      [],
    );
    expect(
      broken(expectation, story(task("train"), [{ ...gated, ended: 62 * MINUTE }], "failed")),
    ).toHaveLength(1);
  });

  test("fails on an eviction, unless the scenario is about it", () => {
    const evicted = story(task("train"), [
      attempt({ end: "taken-away", reason: "WorkloadEvictedDueToPreempted" }),
    ]);
    expect(broken({ that: "no-evictions" }, evicted)).toEqual([
      "train was thrown out 1h 10m after its submission: WorkloadEvictedDueToPreempted",
    ]);
    expect(broken({ that: "no-evictions", except: ["Preempted"] }, evicted)).toEqual([]);
    expect(broken({ that: "evicted-for", reason: "Preempted", team: 0 }, evicted)).toEqual([]);
    expect(broken({ that: "evicted-for", reason: "Stopped", team: "product" }, evicted)).toEqual([
      "no task of product was, only for WorkloadEvictedDueToPreempted",
    ]);
  });

  test.each([
    ["10m", []],
    ["9m", ["train waited 10m"]],
  ])("judges a wait of ten minutes against %s", (wait, expected) =>
    expect(
      broken({ that: "waits-at-most", group: "train", wait }, story(task("train"), [attempt()])),
    ).toEqual(expected),
  );
});

describe("admission", () => {
  test("fails on a pod that was not held back, or ran without quota", () => {
    expect(
      broken({ that: "no-pod-starts-ungated" }, story(task("train"), [attempt({ gated: false })])),
    ).toEqual(["search-development/train-n0-0 was not held back when it was made"]);
    expect(
      broken({ that: "no-pod-starts-ungated" }, story(task("train"), [attempt({ reserved: undefined })])),
    ).toEqual(["search-development/train-n0-0 ran without quota"]);
  });

  test("fails on another flavor than meant, and on a CPU task on a GPU", () => {
    expect(
      broken({ that: "tasks-land-as-meant" }, story(task("train"), [attempt({ flavor: "l4" })])),
    ).toEqual(["train means h100-dws and got l4"]);
    expect(broken({ that: "tasks-land-as-meant" }, story(task("prepare", cpu), [attempt()]))).toEqual([
      "prepare needs no GPU and was sent to nodes with nvidia-h100-80gb",
    ]);
  });

  test("fails on a queued task without a request, and on a request of any other", () => {
    expect(
      broken({ that: "requests-as-meant" }, story(task("train"), [attempt({ requests: new Set() })])),
    ).toEqual(["train ran without a provisioning request"]);
    expect(broken({ that: "requests-as-meant" }, story(task("prepare", cpu), [attempt()]))).toEqual([
      "prepare is not queued and asked for nodes",
    ]);
  });
});

describe("quotas", () => {
  const many = (count: number, change = {}) =>
    Array.from({ length: count }, (_, index) => story(task(`train-${index}`, change), [attempt()]));

  test("hold up to the nominal quota and what may be borrowed", () => {
    expect(broken({ that: "quotas-hold" }, ...many(3))).toEqual([]);
    expect(broken({ that: "quotas-hold" }, ...many(4))).toEqual([
      "product held 32 of 24 GPUs of h100-dws at 0s",
    ]);
  });

  test("fails when a less urgent task overtakes", () => {
    const late = attempt({ pod: "search-production/release-n0-0", known: 0, reserved: HOUR });
    const stories = [
      story(task("release"), [late]),
      story(task("experiment"), [attempt({ reserved: 30 * MINUTE })]),
    ];
    expect(broken({ that: "goes-first", first: "release", second: "experiment" }, ...stories)).toEqual([
      "search-development/train-n0-0 got quota before search-production/release-n0-0",
    ]);
  });

  test("fails when what waiting teams borrow is not by their weights", () => {
    // Quotas of 16 each, weights of 1 and 2: of what both borrow, a third is due to product.
    const busy = (team: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        story(task(`${team}-${index}`, { team }), [attempt({ ended: 2 * HOUR })]),
      );
    const waiting = (team: string) =>
      story(task(`${team}-waits`, { team }), [attempt({ reserved: undefined })], "unfinished");
    const play = (product: number, research: number, ...more: TaskStory[]) =>
      broken(
        { that: "shares-by-weight", within: 0.1 },
        ...busy("product", product),
        ...busy("research", research),
        ...more,
      );
    const both = [waiting("product"), waiting("research")];
    expect(play(3, 4, ...both)).toEqual([]);
    expect(play(4, 3, ...both)).toEqual([
      "product got 67 %, its weight is 33 %",
      "research got 33 %, its weight is 67 %",
    ]);
    // Who does not wait has what it wants: nobody is kept from anything.
    expect(play(4, 3, waiting("product"))).toEqual([]);
  });

  test("fails when nodes idle too much", () => {
    const node = {
      name: "n",
      flavor: "h100-dws",
      namespace: "search-development",
      gpus: 8,
      created: 0,
      removed: 2 * HOUR,
    };
    const idle = {
      ...result([story(task("train"), [attempt()])], [{ that: "idle-share-at-most", share: 0.49 }]),
      nodes: [node],
    };
    expect(judge(idle)[0]?.broken).toEqual(["50 %: 8.0 of 16.0 GPU-hours"]);
  });
});

describe("what is always judged", () => {
  test("fails when a process talked to a stranger", () => {
    const [verdict] = judge({ ...result([]), strangers: ["kueue 08080808:443"] });
    expect(verdict).toEqual({
      sentence: "no process talked to anything but this machine",
      broken: ["kueue 08080808:443 is not on this machine"],
    });
  });

  test("shows five findings, and how many more there are", () => {
    const stories = Array.from({ length: 9 }, (_, index) => story(task(`t${index}`), [], "unfinished"));
    expect(broken({ that: "tasks-succeed" }, ...stories)).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => `t${index} was never submitted`),
      "and 4 more",
    ]);
  });
});
