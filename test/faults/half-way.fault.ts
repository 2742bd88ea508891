import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { running, type Stacks } from "./support/fixture";
import { environment, foundation } from "./support/stacks";
import { describeWithTerraform } from "./support/with-terraform";
import { Workbench } from "./support/workbench";

describeWithTerraform("a deploy that can't go on", () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  const withUser = (user: object): Stacks => ({
    ...environment,
    data: {
      after: ["foundation"],
      data: {
        database: { input: "1" },
        user: { ...user, depends_on: ["terraform_data.database"] },
      },
    },
  });

  test("a stack fails half way: its neighbour is done, its follower not begun, the next run converges", async () => {
    bench = await Workbench.open(withUser(running("exit 3")));
    const failed = await bench.platform("deploy", "--yes");
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain("demo-foundation is done\ndemo-cluster is done\ndemo-data FAILED\n");
    expect(failed.stderr).toContain("  done: terraform_data.database\n  not done: terraform_data.user\n");
    expect(failed.stderr).toContain("demo-platform was not begun\n  not done: terraform_data.flyte\n");
    expect(bench.state("cluster")).toEqual(["terraform_data.cluster"]);
    expect(bench.state("platform")).toEqual([]);

    bench.write(withUser({ input: "x" }));
    const next = await bench.platform("deploy", "--yes");
    expect(next.code).toBe(0);
    expect(next.stderr).not.toContain("demo-foundation: applying");
    expect(bench.state("platform")).toEqual(["terraform_data.flyte"]);
  });

  test("the disk is full where the plan goes: refused, though Terraform 1.11 says that it has planned", async () => {
    bench = await Workbench.open(foundation);
    const plans = join(bench.outdir, "plans");
    mkdirSync(plans);
    symlinkSync("/dev/full", join(plans, "demo-foundation.tfplan"));
    const full = await bench.platform("deploy", "--yes");
    expect(full.code).toBe(4);
    expect(full.seconds).toBeLessThan(10);
    expect(full.stdout).toContain("The plan was not written whole");
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
  });

  test("Terraform is not there: exit code 3", async () => {
    bench = await Workbench.open(foundation);
    const { code, stderr } = await bench.platformWith({ PATH: "/nowhere" }, "deploy", "--yes");
    expect(code).toBe(3);
    expect(stderr).toContain("terraform is not on the PATH");
  });

  test("nobody is there to confirm: refused", async () => {
    bench = await Workbench.open(foundation);
    const { code, stderr } = await bench.platform("deploy");
    expect(code).toBe(4);
    expect(stderr).toContain("there is nobody to ask; to apply this plan, add --yes\nnothing was changed\n");
  });
});
