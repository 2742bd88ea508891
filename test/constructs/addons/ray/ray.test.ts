import { ray } from "../../../../constructs/addons/ray/ray";
import { queueLinks } from "../../../../constructs/flyte/config/log-links";
import type { Attributes } from "../../../support/synth";

const context = { project: "acme-ml", mirrors: {}, releaseChannel: "REGULAR", queuedFlavors: [] } as const;
const on = ray({}, context);

const plugin = (on.flyte?.config as Attributes)["ray"] as Attributes;

describe("a Ray cluster", () => {
  test("goes within a minute of its job, whose quota is free by then", () => {
    expect(plugin["shutdownAfterJobFinishes"]).toBe(true);
    expect(plugin["ttlSecondsAfterFinished"]).toBeGreaterThan(0);
    expect(plugin["ttlSecondsAfterFinished"]).toBeLessThanOrEqual(60);
  });

  test("opens no port on the nodes", () => expect(plugin["serviceType"]).toBe("ClusterIP"));
});

test("a Ray task has the link that says why it waits: Flyte's list of links is not a Ray task's", () =>
  expect(plugin["logs"]).toEqual({
    templates: queueLinks("acme-ml", [{ apiGroup: "ray.io", resources: ["rayjobs"] }]),
  }));

test("a Ray task is one RayJob, for Flyte and for Kueue", () => {
  expect(on.flyte).toMatchObject({
    taskTypes: { ray: ["ray"] },
    kinds: [{ apiGroup: "ray.io", resources: ["rayjobs"] }],
  });
  expect(on.frameworks).toEqual(["ray.io/rayjob", "ray.io/raycluster"]);
});
