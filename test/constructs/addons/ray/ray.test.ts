import { ray } from "../../../../constructs/addons/ray/ray";
import type { Attributes } from "../../../support/synth";

const plugin = (ray({}).flyte?.config as Attributes)["ray"] as Attributes;

describe("a Ray cluster", () => {
  test("goes within a minute of its job, whose quota is free by then", () => {
    expect(plugin["shutdownAfterJobFinishes"]).toBe(true);
    expect(plugin["ttlSecondsAfterFinished"]).toBeGreaterThan(0);
    expect(plugin["ttlSecondsAfterFinished"]).toBeLessThanOrEqual(60);
  });

  test("opens no port on the nodes", () => expect(plugin["serviceType"]).toBe("ClusterIP"));
});

test("a Ray task is one RayJob, for Flyte and for Kueue", () => {
  expect(ray({}).flyte).toMatchObject({
    taskTypes: { ray: ["ray"] },
    kinds: [{ apiGroup: "ray.io", resources: ["rayjobs"] }],
  });
  expect(ray({}).frameworks).toEqual(["ray.io/rayjob", "ray.io/raycluster"]);
});
