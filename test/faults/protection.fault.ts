import type { Stacks } from "./support/fixture";
import { environment } from "./support/stacks";
import { describeWithTerraform } from "./support/with-terraform";
import { Workbench } from "./support/workbench";

const protectedData = (id: string, trigger: string, extra: object = {}): Stacks => ({
  foundation: {
    data: { [id]: { input: 1, triggers_replace: trigger, lifecycle: { prevent_destroy: true } } },
    extra,
  },
});

describeWithTerraform("what is protected", () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  test("would be replaced: refused", async () => {
    bench = await Workbench.open(protectedData("database", "1"));
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    bench.write(protectedData("database", "2"));
    const { code, stdout } = await bench.platform("deploy", "--yes");
    expect(code).toBe(4);
    expect(stdout).toContain("Instance cannot be destroyed");
    expect(stdout).toContain("→ The plan would destroy something that is protected.");
    expect((await bench.platform("plan")).code).toBe(1);
  });

  test("would be destroyed: refused before anything else is", async () => {
    const stacks = { ...environment, ...protectedData("database", "1") };
    bench = await Workbench.open(stacks);
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    const { code, stdout, stderr } = await bench.platform("destroy", "--confirm", "demo");
    expect(code).toBe(4);
    expect(stdout).toContain("Instance cannot be destroyed (prevent_destroy): terraform_data.database\n");
    expect(stdout).toMatch(
      /The environment is protected\. Next: deletionProtection: false in .*, then: .*deploy demo, then: .*destroy demo/,
    );
    expect(stderr).toContain("nothing was changed");
    expect(bench.state("platform")).toEqual(["terraform_data.flyte"]);
  });

  test("has a new address and a moved block: moved, neither destroyed nor made", async () => {
    bench = await Workbench.open(protectedData("old", "1"));
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    bench.write(
      protectedData("new", "1", { moved: [{ from: "terraform_data.old", to: "terraform_data.new" }] }),
    );
    const planned = await bench.platform("plan");
    expect(planned.code).toBe(2);
    expect(planned.stdout).toContain("demo: 0 to add, 0 to change, 0 to destroy, 1 moved\n");
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    expect(bench.state("foundation")).toEqual(["terraform_data.new"]);
  });
});

describeWithTerraform("destroy", () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  test("removes the last stack first, after the name was typed again", async () => {
    bench = await Workbench.open(environment);
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    expect((await bench.platform("destroy", "--confirm", "prod")).code).toBe(4);

    const { code, stderr } = await bench.platform("destroy", "--confirm", "demo");
    expect(code).toBe(0);
    const order = [...stderr.matchAll(/demo-(\w+): destroyed/g)].map(([, role]) => role);
    expect([order[0], order[3]]).toEqual(["platform", "foundation"]);
    expect(bench.state("foundation")).toEqual([]);
    expect((await bench.platform("destroy")).stdout).toBe("demo: there is nothing to destroy\n");
  });
});
