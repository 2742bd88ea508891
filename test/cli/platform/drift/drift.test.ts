import { readFileSync } from "node:fs";
import { join } from "node:path";
import { driftOf, type ShownPlan } from "../../../../cli/platform/plan/drift";
import { change, Scripted } from "../scripted";

// shown-plans.json: `terraform show -json` of Terraform 1.11.4 and google 7.45.0 after somebody opened the firewall and
// switched a bucket's versioning off and relabelled it; fewer attributes than there were.
const { firewall, bucket } = JSON.parse(readFileSync(join(__dirname, "shown-plans.json"), "utf8")) as Record<
  "firewall" | "bucket",
  ShownPlan
>;

/** One resource that reads `now` while the state has `was`; the plan ends with `planned`. */
function plan(
  was: object,
  now: object,
  planned: object | null,
  expressions: object,
  unknown = {},
): ShownPlan {
  const [address, type] = ["google_x.a", "google_x"];
  return {
    resource_drift: [{ address, type, change: { actions: ["update"], before: was, after: now } }],
    resource_changes: [
      { address, type, change: { actions: ["update"], before: now, after: planned, after_unknown: unknown } },
    ],
    configuration: { root_module: { resources: [{ address, expressions }] } },
  };
}

describe("drift", () => {
  test("is what somebody changed of what the configuration states", () => {
    expect(driftOf(firewall)).toEqual([
      {
        address: "google_compute_firewall.network_webhooks_FD8D6234",
        type: "google_compute_firewall",
        action: "update",
        attributes: ["source_ranges"],
      },
    ]);
    expect(driftOf(bucket).map(({ attributes }) => attributes)).toEqual([
      ["labels.cost-center", "labels.managed-by", "labels.team", "versioning.enabled"],
    ]);
  });

  test("is not what Google computes: an etag, a counter, an empty list where there was none", () => {
    const stated = { role: { constant_value: "roles/viewer" }, members: { references: ["x.y"] } };
    const was = { role: "roles/viewer", etag: "BwA=", count: 1, members: null };
    const now = { role: "roles/viewer", etag: "BwB=", count: 2, members: [] };
    expect(driftOf(plan(was, now, now, stated))).toEqual([]);
  });

  test("is not what the plan would leave: written otherwise, or a change that the configuration has caught up with", () => {
    const stated = { network: { constant_value: "n" } };
    const now = { network: "https://x/n" };
    expect(driftOf(plan({ network: "n" }, now, now, stated))).toEqual([]);
    expect(driftOf(plan({ network: "n" }, now, { network: "n" }, stated))).toHaveLength(1);
    expect(driftOf(plan({ network: "n" }, now, {}, stated, { network: true }))).toHaveLength(1);
  });

  test("is a block that was switched off or taken away, not what stands beside it", () => {
    const stated = { settings: [{ backup: [{ enabled: { constant_value: true } }] }] };
    const settings = (backup: object[], version: number) => ({ settings: [{ backup, version }] });
    const was = settings([{ enabled: true, location: "eu" }], 1);
    const off = driftOf(plan(was, settings([{ enabled: false, location: "us" }], 2), was, stated));
    expect(off.map(({ attributes }) => attributes)).toEqual([["settings.backup.enabled"]]);
    const gone = driftOf(plan(was, settings([], 2), was, stated));
    expect(gone.map(({ attributes }) => attributes)).toEqual([["settings.backup"]]);
  });

  test("is a resource that somebody deleted, but none that the configuration no longer has", () => {
    const deleted = { address: "a.b", type: "a", change: { actions: ["delete"], before: {}, after: null } };
    const configuration = { root_module: { resources: [{ address: "a.b", expressions: {} }] } };
    expect(driftOf({ resource_drift: [deleted], configuration })).toEqual([
      { address: "a.b", type: "a", action: "delete" },
    ]);
    expect(driftOf({ resource_drift: [deleted] })).toEqual([]);
    expect(driftOf(plan({ x: 1 }, { x: 2 }, null, { x: { constant_value: 1 } }))).toEqual([]);
  });
});

describe("a plan", () => {
  let scripted: Scripted;
  afterEach(() => scripted.close());
  const [drifted] = firewall.resource_drift!;
  const message = {
    type: "resource_drift",
    change: { resource: { addr: drifted!.address, resource_type: drifted!.type }, action: "update" },
  };

  test("names what somebody changed, and how", async () => {
    const update = change("update", drifted!.address);
    scripted = await Scripted.open({ foundation: { plan: [[message, update]], shown: firewall } });
    expect((await scripted.platform("plan")).stdout).toContain(
      `  ! ${drifted!.address} was changed outside Terraform: source_ranges\n`,
    );
  });

  test("says nothing of what only reads otherwise, and looks into its file only when something does", async () => {
    scripted = await Scripted.open({ foundation: { plan: [[message]], shown: {} }, data: {} });
    expect((await scripted.platform("plan")).stdout).not.toContain("outside Terraform");
    expect(scripted.calls.filter((call) => call.endsWith(" show"))).toEqual(["demo-foundation show"]);
  });
});
