import { disruptionBudgets } from "../../../../constructs/flyte/core/core-pods";

test("a node's maintenance takes one pod of a part at a time", () => {
  const budgets = disruptionBudgets(true) as { metadata: { name: string }; spec: object }[];
  expect(budgets.map(({ metadata }) => metadata.name)).toEqual([
    "flyteadmin",
    "flytepropeller",
    "datacatalog",
    "flyteconsole",
    "flyte-pod-webhook",
  ]);
  expect(budgets[0]!.spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { "app.kubernetes.io/name": "flyteadmin" } },
  });
  // The chart labels the webhook's pods in a way of its own.
  expect(budgets[4]!.spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { app: "flyte-pod-webhook" } },
  });
  expect(disruptionBudgets(false)).toEqual(budgets.slice(0, 4));
});
