import { readFileSync } from "node:fs";
import { firstImage, firstRunCommand } from "../../../../cli/platform/verify/first-run";
import { judge } from "../../../../cli/platform/verify/run";
import { demo } from "../../../../examples/minimal/demo";
import { defineEnvironment } from "../../../../src/environment/define";
import { namesFor } from "../../../../src/environment/names";
import { imageSources } from "../../../../stacks/image-sources";
import { ownRegistries } from "../../../../stacks/platform/images";

const environment = defineEnvironment(demo);

describe("the first run's image", () => {
  test("has the flytekit of the examples, and is one that every task may run", () => {
    const version = /^flytekit==(.*)$/m.exec(readFileSync("examples/workflows/requirements.in", "utf8"))?.[1];
    for (const mirrors of [true, false]) {
      const config = defineEnvironment({ ...demo, registry: { mirrors } });
      const names = namesFor(config);
      const context = { environment: config, names, images: imageSources(config, names) };
      const image = firstImage(config);
      expect(image).toContain(`/flyteorg/flytekit:py3.12-${version}`);
      expect(ownRegistries(context as never).some((prefix) => image.startsWith(prefix))).toBe(true);
    }
  });

  test("is in the command that is printed", () => {
    expect(firstRunCommand(environment)).toContain(
      `-p vision -d development --image ${firstImage(environment)} `,
    );
  });
});

describe("what is said of the two runs", () => {
  const started = (execution: string) => ({ event: "started", execution }) as const;
  const ended = (execution: string, cached: readonly string[] = []) =>
    ({ event: "ended", execution, succeeded: true, seconds: 90, cached }) as const;
  const archived = [{ event: "archived" }, { event: "archived" }] as const;
  const good = [started("a"), ended("a"), started("b"), ended("b", ["n1"]), ...archived];
  const said = (events: readonly Parameters<typeof judge>[0][number][], queue = "tasks") =>
    judge(events, new Map([["a", queue]])).map(({ ok, text }) => `${ok ? "ok" : "X"} ${text}`);

  test("all is well", () => {
    expect(said(good)).toEqual([
      "ok hello ran, 90 s after it was asked for",
      'ok it waited in the queue "tasks" and was admitted',
      "ok the second run took its answer from the cache, after 90 s",
      "ok nothing of it runs any more, and the console does not list it",
    ]);
  });

  test.each([
    [
      "a task that never starts",
      [started("a"), { event: "late", seconds: 1200 } as const],
      "X the first run had not ended after 1200 s: the console says what it waits for",
    ],
    [
      "a task that fails",
      [{ ...ended("a"), succeeded: false, error: "no image" }],
      "X the first run failed: no image",
    ],
    ["no answer at all", [], "X the first run did not start"],
    [
      "a cache that forgets",
      [ended("a"), ended("b"), ...archived],
      "X the second run did not take its answer from the cache",
    ],
    ["something that stays", good.slice(0, -1), "X 1 of 2 executions could not be put away"],
  ])("fails: %s", (_, events, expected) => expect(said(events)).toContain(expected));

  test.each([
    ["", "X no workload of Kueue's is to be seen for it: it ran outside of the quotas, or is gone already"],
    ["l4", 'X its pods were in the queue "l4"'],
  ])("fails: admitted in the queue %j", (queue, expected) => expect(said(good, queue)).toContain(expected));
});
