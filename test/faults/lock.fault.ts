import { allThree, environment, waiting } from "./support/stacks";
import { describeWithTerraform } from "./support/with-terraform";
import { Workbench } from "./support/workbench";

describeWithTerraform("the lock of a state", () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000 - 5_000).toISOString();
  const lockFile = JSON.stringify({
    Who: "root@ci-7",
    Operation: "OperationTypeApply",
    Created: hoursAgo(2),
  });

  test("held: nothing is changed; owner, age and the way out are said; --unlock with its ID goes on", async () => {
    bench = await Workbench.open(environment);
    const id = bench.bucket.put("demo/data/default.tflock", lockFile);

    const held = await bench.platform("deploy", "--yes");
    expect(held.code).toBe(4);
    expect(held.seconds).toBeLessThan(10);
    expect(held.stderr).toBe(
      [
        "lock of demo-data is held by root@ci-7 (apply) since 2 h 0 min",
        `  → wait until that run ends; if it is gone for good: npm run platform -- deploy demo --app ${bench.file("app.js")} --unlock ${id}`,
        "",
      ].join("\n"),
    );
    expect(bench.state("foundation")).toBeUndefined();

    const another = await bench.platform("deploy", "--yes", "--unlock", String(id - 1));
    expect(another.code).toBe(4);
    expect(bench.lock("data")).toBe(id);

    const unlocked = await bench.platform("deploy", "--yes", "--unlock", String(id));
    expect(unlocked.code).toBe(0);
    expect(unlocked.stderr).toContain(`lock of demo-data ${id} of root@ci-7 was broken, as asked`);
    expect(bench.state("platform")).toEqual(["terraform_data.flyte"]);
  });

  test("lost while Terraform works: said, and the next run finds everything in place", async () => {
    bench = await Workbench.open(waiting(2));
    const run = bench.start("deploy", "--yes");
    await bench.terraformPid();
    bench.bucket.objects.delete("demo/foundation/default.tflock");

    const lost = await run.ended;
    expect(lost.code).toBe(1);
    expect(lost.seconds).toBeLessThan(20);
    expect(lost.stderr).toContain("Somebody broke the lock while Terraform worked.");
    expect(lost.stderr).toContain(`done: ${allThree.join(", ")}`);

    expect(await bench.platform("deploy", "--yes")).toMatchObject({
      code: 0,
      stdout: "demo: nothing to do\n",
    });
  });

  test("two deploys at once: one deploys, the other changes nothing", async () => {
    bench = await Workbench.open(waiting(3));
    const other = bench.beside(waiting(3));
    const first = bench.start("deploy", "--yes");
    await bench.terraformPid();

    const second = await other.platform("deploy", "--yes");
    expect(second.code).toBe(4);
    expect(second.stderr).toMatch(/lock of demo-foundation is held by .* \(apply\) since \d+ s/);
    expect((await first.ended).code).toBe(0);
    expect(bench.state("foundation")).toEqual(allThree);
    expect((await other.platform("deploy", "--yes")).stdout).toBe("demo: nothing to do\n");
    other.discard();
  });

  test.each(["a first deploy", "a later one"])(
    "taken between the check and Terraform, in %s: waited for with --lock-wait, however quiet that is",
    async (which) => {
      bench = await Workbench.open(environment);
      if (which === "a later one") expect((await bench.platform("deploy", "--yes")).code).toBe(0);
      bench.write({ ...environment, data: { after: ["foundation"], data: { database: { input: "2" } } } });
      const lock = "demo/data/default.tflock";
      let taken = 0;
      bench.bucket.fault = ({ method, object }) => {
        if (method !== "POST" || object !== lock || taken++ > 0) return undefined;
        bench.bucket.put(lock, JSON.stringify({ ID: "another run", Who: "root@ci-8" }));
        setTimeout(() => bench.bucket.objects.delete(lock), 3_000);
        return undefined;
      };
      const deploy = ["deploy", "--yes", "--lock-wait", "20", "--quiet-limit", "2"] as const;
      expect(await bench.platform(...deploy)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("verified"),
      });
      expect(taken).toBeGreaterThan(1);
    },
  );

  test("two deploys in one folder: the second is refused at once", async () => {
    bench = await Workbench.open(waiting(2));
    const first = bench.start("deploy", "--yes");
    await bench.terraformPid();

    const second = await bench.platform("deploy", "--yes");
    expect(second.code).toBe(4);
    expect(second.stderr).toBe(
      `error: another command works in this folder: deploy demo (process ${first.child.pid}); wait until it ends\n`,
    );
    // Its codes have no 4.
    expect((await bench.platform("plan")).code).toBe(1);
    expect((await first.ended).code).toBe(0);
  });
});
