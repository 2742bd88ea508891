import { dangersOf } from "../../../cli/platform/deploy/guard";
import type { Change } from "../../../cli/platform/terraform/results";
import { changeOf, stack } from "./deploy-values";

describe("what must not be lost", () => {
  const losses = (action: Change["action"], ...addresses: string[]) =>
    dangersOf(
      stack,
      addresses.map((address) => changeOf(address, action)),
      [],
    ).map(({ loss }) => loss);

  test.each(["delete", "replace"] as const)("%s of a stateful type is a danger", (action) => {
    expect(losses(action, "google_storage_bucket.data", "module.x.google_container_cluster.c")).toEqual([
      "its objects",
      "every running task, every volume and every queue",
    ]);
  });

  test.each(["create", "update", "move", "noop"] as const)("%s is none", (action) => {
    expect(losses(action, "google_storage_bucket.data")).toEqual([]);
  });

  test("what has prevent_destroy is a danger whatever its type is; other releases are not", () => {
    expect(losses("replace", "helm_release.kueue", "helm_release.other")).toEqual(["what it holds"]);
  });

  test("an allowed address is none, its neighbour stays one", () => {
    const changes = ["google_sql_database.a", "google_sql_database.b"].map((each) =>
      changeOf(each, "delete"),
    );
    const dangers = dangersOf(stack, changes, ["google_sql_database.a"]);
    expect(dangers.map(({ change }) => change.address)).toEqual(["google_sql_database.b"]);
  });
});
