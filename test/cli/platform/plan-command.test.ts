import { readdirSync } from "node:fs";
import { join } from "node:path";
import { change, failure, refreshed, Scripted } from "./scripted";

let scripted: Scripted;
afterEach(() => scripted.close());

const database = "google_sql_database_instance.database";
const replaced = { plan: [[refreshed(database), change("replace", database)]] };

describe("plan", () => {
  test("what is destroyed or replaced comes first; the exit code says that there are changes", async () => {
    scripted = await Scripted.open({ data: replaced });
    const { code, stdout } = await scripted.platform("plan");
    expect(code).toBe(2);
    expect(stdout.split("\n")[0]).toMatch(/^demo-data replaces google_sql_database_instance\.database/);
  });

  test("each change has its sign, and a move where it comes from", async () => {
    const moved = { previous_resource: { addr: "x_type.old", resource_type: "x_type" } };
    const changes = ["create", "update", "delete", "replace"].map((action) =>
      change(action, `x_type.${action}d`),
    );
    scripted = await Scripted.open({ data: { plan: [[...changes, change("move", "x_type.new", moved)]] } });
    const { stdout } = await scripted.platform("plan");
    expect(stdout).toContain(
      [
        "  + x_type.created",
        "  - x_type.deleted",
        "  → x_type.old → x_type.new",
        "  ± x_type.replaced",
        "  ~ x_type.updated",
        "",
      ].join("\n"),
    );
  });

  test.each(["plan", "verify", "deploy"])(
    "%s leaves no saved plan: it holds values in clear",
    async (command) => {
      scripted = await Scripted.open({ data: replaced });
      await scripted.platform(command);
      expect(scripted.calls).toContain("demo-data plan");
      expect(readdirSync(join(scripted.outdir, "plans"))).toEqual([]);
    },
  );

  test("fails when a stack can't be planned and no earlier stack explains it", async () => {
    scripted = await Scripted.open({ data: { plan: [[failure("Invalid provider configuration")]] } });
    const { code, stdout } = await scripted.platform("plan");
    expect(code).toBe(1);
    expect(stdout).toContain("demo-data  can't be planned\n  Invalid provider configuration\n");
  });

  test("a stack that waits shows why it can't be planned: the cause may be another", async () => {
    scripted = await Scripted.open({
      foundation: { plan: [[change("create", "google_compute_network.network")]] },
      data: { after: ["foundation"], plan: [[failure("Error 403: you may not see it")]] },
    });
    const { code, stdout } = await scripted.platform("plan");
    expect(code).toBe(2);
    expect(stdout).toContain(
      "demo-data        not yet plannable: needs demo-foundation first\n  for now: Error 403: you may not see it\n",
    );
  });

  test("a lock is an error even while an earlier stack has things to make", async () => {
    scripted = await Scripted.open({
      foundation: { plan: [[change("create", "google_compute_network.network")]] },
      data: { after: ["foundation"], plan: [[failure("Error acquiring the state lock")]] },
    });
    expect((await scripted.platform("plan")).code).toBe(1);
  });

  test("a plan whose messages are cut off is an error: a deletion could be missing", async () => {
    scripted = await Scripted.open({ data: {} });
    const summary = { type: "change_summary", changes: { add: 0, change: 0, remove: 1 } };
    scripted.answerPlan("demo-data", [summary]);
    const { code, stdout } = await scripted.platform("plan");
    expect(code).toBe(1);
    expect(stdout).toContain("The plan was not written whole");
  });
});

describe("verify", () => {
  test("a stack that was never deployed differs, and names what it waits for", async () => {
    scripted = await Scripted.open({
      foundation: { plan: [[change("create", "google_compute_network.network")]] },
      data: { after: ["foundation"], plan: [[failure("Invalid index")]] },
    });
    const { code, stdout } = await scripted.platform("verify");
    expect(code).toBe(2);
    expect(stdout).toContain("demo-data: is not deployed yet, and waits for demo-foundation\n");
  });
});

describe("destroy", () => {
  test("fails before the first deletion when Google would refuse one half way", async () => {
    const cluster = "google_container_cluster.cluster";
    scripted = await Scripted.open({
      cluster: {
        plan: [[refreshed(cluster), change("delete", cluster)]],
        shown: {
          resource_changes: [
            { address: cluster, change: { actions: ["delete"], before: { deletion_protection: true } } },
          ],
        },
      },
    });
    const { code, stderr } = await scripted.platform("destroy", "--confirm", "demo");
    expect(code).toBe(4);
    expect(stderr).toContain(
      [
        `${cluster} has deletion protection`,
        `  → deletionProtection: false in ${scripted.folder}/demo.ts, then: npm run platform -- deploy demo --app ${scripted.folder}/app.js`,
        "nothing was changed",
        "",
      ].join("\n"),
    );
    expect(scripted.calls).not.toContain("demo-cluster apply");
  });
});
