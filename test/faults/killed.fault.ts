import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { allThree, waiting } from "./support/stacks";
import { describeWithTerraform } from "./support/with-terraform";
import { Workbench } from "./support/workbench";

describeWithTerraform("a deploy that is ended half way", () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  test("Terraform is killed: what is done and what is not, the lock that stays; then it converges", async () => {
    bench = await Workbench.open(waiting(2));
    const run = bench.start("deploy", "--yes");
    process.kill(await bench.terraformPid(), "SIGKILL");

    const killed = await run.ended;
    const lock = String(bench.lock("foundation"));
    expect(killed.code).toBe(1);
    expect(killed.seconds).toBeLessThan(10);
    expect(killed.stderr).toContain("Terraform was killed (SIGKILL: by hand, or for want of memory)");
    expect(killed.stderr).toContain("done: terraform_data.first\n");
    expect(killed.stderr).toContain("not done: terraform_data.second, terraform_data.third\n");
    expect(killed.stderr).toContain(`--unlock ${lock}`);

    expect((await bench.platform("deploy", "--yes")).code).toBe(4);
    expect((await bench.platform("deploy", "--yes", "--unlock", lock)).code).toBe(0);
    expect(bench.state("foundation")).toEqual(allThree);
  });

  test("Terraform is asked to end: the state is saved, the lock given back, the next run converges", async () => {
    bench = await Workbench.open(waiting(2));
    const run = bench.start("deploy", "--yes");
    process.kill(await bench.terraformPid(), "SIGTERM");

    const ended = await run.ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("done: terraform_data.first\n");
    expect(bench.lock("foundation")).toBeUndefined();
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    expect(bench.state("foundation")).toEqual(allThree);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "the command gets %s: Terraform stops in order, the next run converges",
    async (signal) => {
      bench = await Workbench.open(waiting(2));
      const run = bench.start("deploy", "--yes");
      await bench.terraformPid();
      run.child.kill(signal);

      const stopped = await run.ended;
      expect(stopped.code).toBe(1);
      expect(stopped.seconds).toBeLessThan(10);
      expect(stopped.stderr).toContain("demo: not deployed: asked to stop");
      expect(bench.lock("foundation")).toBeUndefined();
      expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    },
  );

  test("a second Ctrl-C leaves at once, and leaves no saved plan: it holds values in clear", async () => {
    bench = await Workbench.open(waiting(5));
    const run = bench.start("deploy", "--yes");
    const terraform = await bench.terraformPid();
    const plans = () => readdirSync(join(bench.outdir, "plans"));
    expect(plans()).not.toEqual([]);
    // Held still, or it may have ended before the second one.
    process.kill(terraform, "SIGSTOP");
    run.child.kill("SIGINT");
    // npm hands a Ctrl-C on that the terminal has sent already: within a second it is the same.
    await sleep(1_200);
    run.child.kill("SIGINT");
    const { stderr } = await run.ended;
    process.kill(terraform, "SIGCONT");
    expect(stderr).toContain("left: a Terraform that still runs ends by itself");
    expect(plans()).toEqual([]);
    for (let left = 100; bench.lock("foundation") !== undefined && left > 0; left--) await sleep(100);
  });

  test("the command itself is killed: Terraform ends its work and gives the lock back", async () => {
    bench = await Workbench.open(waiting(2));
    const run = bench.start("deploy", "--yes");
    await bench.terraformPid();
    run.child.kill("SIGKILL");
    expect((await run.ended).code).toBeNull();
    expect((await bench.platform("deploy", "--yes")).code).toBe(4);

    for (let left = 100; bench.lock("foundation") !== undefined && left > 0; left--) await sleep(100);
    expect(bench.state("foundation")).toEqual(allThree);
    expect((await bench.platform("deploy", "--yes")).stdout).toBe("demo: nothing to do\n");
  });
});
