import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { change, did, failure, refreshed, type Script, Scripted } from "./scripted";

let scripted: Scripted;
afterEach(() => scripted.close());

const database = "google_sql_database_instance.database";
const replaced: Script = {
  plan: [
    [refreshed(database), change("replace", database, { reason: "cannot_update" })],
    [refreshed(database)],
  ],
  apply: [did("apply_complete", database, "delete"), did("apply_complete", database, "create")],
};

describe("deploy", () => {
  test("fails on a stateful replacement, and names the option that allows it", async () => {
    scripted = await Scripted.open({ data: replaced });
    const { code, stdout, stderr } = await scripted.platform("deploy", "--yes");
    expect(code).toBe(4);
    expect(stdout).toContain(
      `demo-data replaces ${database} (cannot update); lost: its databases and, after their retention, its backups\n`,
    );
    expect(stderr).toContain(
      [
        `demo-data: ${database} would be replaced (cannot update); lost: its databases and, after their retention, its backups`,
        `  → if that is meant, add --allow-replace ${database}`,
        "nothing was changed",
        "",
      ].join("\n"),
    );
    expect(scripted.calls).not.toContain("demo-data apply");
  });

  test("replaces what was allowed by address", async () => {
    scripted = await Scripted.open({ data: replaced });
    const { code } = await scripted.platform("deploy", "--yes", "--allow-replace", database);
    expect(code).toBe(0);
    expect(scripted.calls).toEqual(["demo-data init", "demo-data plan", "demo-data apply", "demo-data plan"]);
  });

  test("fails on a danger that only shows after an earlier stack was applied; that stack stays", async () => {
    const network = "google_compute_network.network";
    scripted = await Scripted.open({
      foundation: {
        plan: [[change("create", network)], []],
        apply: [did("apply_complete", network, "create")],
      },
      data: { after: ["foundation"], plan: [[], [change("delete", database)]] },
    });
    const { code, stderr } = await scripted.platform("deploy", "--yes");
    expect(code).toBe(1);
    expect(stderr).toContain("demo-foundation is done\ndemo-data was refused\n");
    expect(stderr).toContain(
      `  not done: ${database}\n  → if that is meant, add --allow-replace ${database}\n`,
    );
  });

  test("begins nothing behind a stack that failed, and goes on beside it", async () => {
    // Planned again once foundation is applied, and after its own apply.
    const made = (address: string): Script => ({
      plan: [[change("create", address)], [change("create", address)], []],
      apply: [did("apply_complete", address, "create")],
    });
    const foundation = made("google_compute_network.network");
    scripted = await Scripted.open({
      foundation: { ...foundation, plan: foundation.plan!.slice(1) },
      data: { ...made(database), after: ["foundation"], apply: [failure("no capacity")], applyCode: 1 },
      cluster: { ...made("google_container_cluster.cluster"), after: ["foundation"] },
      platform: { ...made("helm_release.flyte"), after: ["data", "cluster"] },
    });
    const { code, stderr } = await scripted.platform("deploy", "--yes");
    expect(code).toBe(1);
    expect(stderr).toContain("demo-data FAILED\n");
    expect(stderr).toContain("demo-platform was not begun\n  not done: helm_release.flyte\n");
    expect(scripted.calls).toContain("demo-cluster apply");
    expect(scripted.calls).not.toContain("demo-platform apply");
  });

  test("recognises a password rotation that stopped half way", async () => {
    const user = "google_sql_user.user";
    scripted = await Scripted.open({
      data: {
        plan: [[refreshed(user), change("update", user)]],
        apply: [
          did("apply_start", user, "update"),
          did("apply_errored", user, "update"),
          failure("Error, failed to update user", "googleapi: Error 503", user),
        ],
        applyCode: 1,
      },
    });
    const { code, stderr } = await scripted.platform("deploy", "--yes");
    expect(code).toBe(1);
    expect(stderr).toContain(
      `→ The rotation of the database password stopped half way: Secret Manager has the new password, the database the old one, and the state says that both are new. Deploying again would change nothing. Next: raise database.passwordVersion by one in ${scripted.folder}/demo.ts, then: npm run platform -- deploy demo --app ${scripted.folder}/app.js`,
    );
  });

  test("says when everything was applied and the plan is still not empty", async () => {
    const bucket = "google_storage_bucket.data";
    scripted = await Scripted.open({
      data: {
        plan: [[refreshed(bucket), change("update", bucket)]],
        apply: [did("apply_complete", bucket, "update")],
      },
    });
    const { code, stdout, stderr } = await scripted.platform("deploy", "--yes");
    expect(code).toBe(2);
    expect(stderr).toContain(`demo-data: its plan is not empty: update ${bucket}\n`);
    expect(stdout).toContain("demo: applied, but not as it should be");
  });

  test("--json says it in one document", async () => {
    scripted = await Scripted.open({ data: replaced });
    const { code, stdout } = await scripted.platform("deploy", "--yes", "--json");
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ environment: "demo", status: "refused" });
  });

  test("fails before anything is changed when nothing can be synthesised: 4; for a plan that is a 1", async () => {
    scripted = await Scripted.open({ data: replaced });
    writeFileSync(join(scripted.folder, "app.js"), 'console.error("a typo"); process.exit(1)');
    const { code, stderr } = await scripted.platform("deploy", "--yes");
    expect(code).toBe(4);
    expect(stderr).toMatch(/^a typo\nerror: .*app\.js did not synthesise\n$/);
    expect((await scripted.platform("plan")).code).toBe(1);
  });

  test("fails on a folder that can't be written to, and names it", async () => {
    scripted = await Scripted.open({ data: replaced });
    rmSync(scripted.outdir, { recursive: true });
    writeFileSync(scripted.outdir, "a file where the folder should be");
    const { code, stderr } = await scripted.platform("deploy", "--yes");
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^error: .*cdktf\.out can't be written to \(EEXIST.*\); make room, or set CDKTF_OUTDIR/,
    );
  });
});
