import { readFileSync } from "node:fs";
import type { Stacks } from "./support/fixture";
import { environment } from "./support/stacks";
import { describeWithTerraform } from "./support/with-terraform";
import { Workbench } from "./support/workbench";

/** A second stack that reads what the first has made, as `platform` reads the cluster. */
const reader: Stacks = {
  foundation: environment["foundation"]!,
  cluster: {
    after: ["foundation"],
    data: { cluster: { input: "${data.terraform_remote_state.earlier.outputs.network}" } },
    extra: {
      data: {
        terraform_remote_state: {
          earlier: { backend: "gcs", config: { bucket: "state", prefix: "demo/foundation" } },
        },
      },
    },
  },
};

describeWithTerraform("plan and verify", () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  test("a stack whose predecessor was never applied is not yet plannable, and no error", async () => {
    bench = await Workbench.open(reader);
    const { code, stdout } = await bench.platform("plan", "--markdown", bench.file("plan.md"));
    expect(code).toBe(2);
    expect(stdout).toContain("demo-cluster     not yet plannable: needs demo-foundation first\n");
    expect(readFileSync(bench.file("plan.md"), "utf8")).toContain(
      "## Plan for `demo`: 1 to add, 0 to change, 0 to destroy, 1 not yet plannable\n",
    );
    expect((await bench.platform("verify")).code).toBe(2);

    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    expect((await bench.platform("plan")).code).toBe(0);
    expect((await bench.platform("verify")).stdout).toBe("demo: as it should be\n");
  });

  test("an output that is not in the state yet is a change", async () => {
    bench = await Workbench.open({ foundation: { data: { network: { input: "1" } } } });
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    bench.write({ foundation: environment["foundation"]! });
    const { code, stdout } = await bench.platform("verify");
    expect(code).toBe(2);
    expect(stdout).toBe("demo-foundation: outputs are missing or not up to date: network\n");
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    expect((await bench.platform("verify")).code).toBe(0);
  });

  test("--json prints one document", async () => {
    bench = await Workbench.open(reader);
    const { code, stdout } = await bench.platform("plan", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ environment: "demo", add: 1, destroy: 0 });
  });
});
