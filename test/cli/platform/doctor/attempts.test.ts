import { examine, list, NOW, object } from "./examine";

describe("executions that run for long", () => {
  const FLYTEWORKFLOWS = "GET /apis/flyte.lyft.com/v1alpha1/flyteworkflows";
  const begun = (name: string, days: number) =>
    object(name, {
      namespace: "vision-development",
      creationTimestamp: new Date(NOW - days * 86_400_000).toISOString(),
    });
  const running = { [FLYTEWORKFLOWS]: list(begun("old", 31), begun("new", 29)) };

  test("are told where raw data ends: what they read may go before they do", async () => {
    const { bad } = await examine(running, {}, { storage: { rawDataDays: 180 } });
    expect(bad).toEqual([
      {
        part: "tasks",
        subject: "vision-development/old",
        level: "warning",
        text: "runs for 31 days: what it found in the cache may expire before it reads it, and what it wrote itself after 180 (storage.rawDataDays)",
        fix: "have it end, or raise storage.rawDataDays and deploy the data stack",
      },
    ]);
  });

  test("are nobody's business where it does not", async () => {
    expect((await examine(running)).bad).toEqual([]);
  });
});

describe("tasks that Flyte repeats on its own account", () => {
  const FLYTEWORKFLOWS = "GET /apis/flyte.lyft.com/v1alpha1/flyteworkflows";
  const execution = (name: string, nodeStatus: object) => ({
    ...object(name, { namespace: "vision-development" }),
    status: { nodeStatus },
  });
  const subjects = (bad: readonly { subject: string }[]) => bad.map(({ subject }) => subject);

  test("are named from the third failure on, the most often repeated first, wherever they stand", async () => {
    const { asked, bad } = await examine({
      [FLYTEWORKFLOWS]: list(
        execution("f1", {
          "start-node": { phase: 2 },
          n0: { systemFailures: 2 },
          n1: { systemFailures: 3 },
          n2: { subNodeStatus: { n0: { systemFailures: 5 } } },
        }),
        // Of a real one: 12 elements of 3 bits, the highest first, in words of 32; of elements 4 and 10 the fourth time.
        execution("f2", {
          n0: { arrayNodeStatus: { subsysfailures: { BitSet: [1073745920], item: 3, count: 12 } } },
        }),
        execution("f3", {}),
      ),
    });
    expect(asked.filter((path) => path.startsWith(FLYTEWORKFLOWS))).toEqual([
      `${FLYTEWORKFLOWS}?labelSelector=termination-status!=terminated&limit=500`,
    ]);
    expect(subjects(bad)).toEqual([
      "vision-development/f1 n2/n0",
      "vision-development/f2 n0[4]",
      "vision-development/f2 n0[10]",
      "vision-development/f1 n1",
    ]);
    expect(bad[0]).toEqual({
      part: "tasks",
      subject: "vision-development/f1 n2/n0",
      level: "warning",
      text: "failed 5 times for what Flyte takes for the system's failure, and is repeated 6 times: lost nodes, or a program that crashes",
      fix: "kubectl get pods --namespace vision-development --selector execution-id=f1 --output wide; a crash ends in Error with an exit code: abort the execution",
    });
  });

  test("are ten at most; the others are counted", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`n${index}`, { systemFailures: 4 }]),
    );
    const { bad } = await examine({ [FLYTEWORKFLOWS]: list(execution("f1", many)) });
    expect(bad).toHaveLength(11);
    expect(bad.at(-1)?.subject).toBe("2 more nodes");
  });
});
