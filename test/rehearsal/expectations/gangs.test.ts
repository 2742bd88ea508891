import type { Expectation } from "../../../rehearsal/expectations/expectation";
import { judge } from "../../../rehearsal/expectations/judge";
import type { Attempt, Member } from "../../../rehearsal/story/task-story";
import { HOUR, MINUTE, attempt, result, story, task } from "../support/result";

// A minute of the tests is an hour of the environment: 3 s of a real machine are 3 minutes.

const gang = task("train", { nodes: 2 });
const both: readonly Member[] = [
  { running: 10 * MINUTE, ended: 70 * MINUTE },
  { running: 11 * MINUTE, ended: 70 * MINUTE },
];

function broken(
  that: Expectation,
  members: readonly Member[],
  more: Partial<Attempt> & { sizes?: readonly number[]; created?: number } = {},
) {
  const { sizes = [2], created = 9 * MINUTE, ...change } = more;
  const names = sizes.map((_, index) => `request${index}`);
  const one = attempt({
    members: new Map(members.map((member, index) => [String(index), member])),
    requests: new Set(names),
    ...change,
  });
  const played = {
    ...result([story(gang, [one])], [that]),
    requests: new Map(names.map((name, index) => [`search-development/${name}`, sizes[index]!])),
    nodes: [
      { name: "request0-1", flavor: "h100-dws", namespace: "search-development", gpus: 8, created },
      { name: "another-1", flavor: "h100-dws", namespace: "search-development", gpus: 8, created: HOUR },
    ],
  };
  return judge(played)[0]?.broken;
}

test("a gang that starts whole holds", () => {
  expect(broken({ that: "gangs-start-whole" }, both)).toEqual([]);
  expect(broken({ that: "gangs-start-whole" }, [])).toEqual([]);
});

test("fails on half a gang, and on one that starts piece by piece", () => {
  expect(broken({ that: "gangs-start-whole" }, both.slice(1))).toEqual(["train ran on 1 of its 2 nodes"]);
  const late = [both[0]!, { running: 14 * MINUTE, ended: 70 * MINUTE }];
  expect(broken({ that: "gangs-start-whole" }, late)).toEqual([
    "the first pod of train ran 4m before its last",
  ]);
});

test("fails when the pods of a gang ask one by one, or not at all", () => {
  expect(broken({ that: "gangs-ask-as-one" }, both)).toEqual([]);
  expect(broken({ that: "gangs-ask-as-one" }, both, { sizes: [1, 1] })).toEqual([
    "train asked for 1 of its 2 nodes",
  ]);
  expect(broken({ that: "gangs-ask-as-one" }, both, { sizes: [] })).toEqual([
    "train ran without a request of its own",
  ]);
});

test("fails when a pod runs on after its task", () => {
  expect(broken({ that: "nothing-runs-on" }, both)).toEqual([]);
  const on = [both[0]!, { running: 11 * MINUTE }];
  expect(broken({ that: "nothing-runs-on" }, on)).toEqual(["1 pods of train ran on, for up to 50m"]);
});

test("counts a gang's start from the last node of its own request", () => {
  const within = { that: "gang-runs-within", group: "train", realSeconds: 2 } as const;
  expect(broken(within, both)).toEqual([]);
  expect(broken(within, both, { created: 7 * MINUTE })).toEqual(["train ran 3.0 s after its last node"]);
  expect(broken({ ...within, group: "another" }, both, { created: 0 })).toEqual([]);
});
