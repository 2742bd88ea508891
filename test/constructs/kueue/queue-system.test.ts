import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { QueueSystem, type QueueSystemProps } from "../../../constructs/kueue/queue-system";
import { gkeQueueObjects, queueObjects } from "../../../constructs/kueue/objects/queue-objects";
import { addresses, onlyResource, resources, synthStack } from "../../support/synth";
import { cpuOnly, domains, everyMode, withFlavor } from "./queues";

const props: QueueSystemProps = { queues: everyMode, domains, namespace: "kueue-system", chart: "./chart" };

function synth(more: Partial<QueueSystemProps> = {}) {
  return synthStack((stack) => {
    new HelmProvider(stack, "helm");
    new QueueSystem(stack, "queues", { ...props, ...more });
  });
}

describe("QueueSystem", () => {
  test("puts Kueue's objects and GKE's into a release each", () => {
    const releases = Object.values(resources(synth(), "helm_release"));
    expect(releases.map(({ name, namespace, chart }) => [name, namespace, chart])).toEqual([
      ["queues", "kueue-system", "./chart"],
      ["ladders", "kueue-system", "./chart"],
    ]);
    const manifests = releases.map(({ values }) => JSON.parse(values[0]).manifests);
    expect(manifests).toEqual([queueObjects(props), gkeQueueObjects(props)]);
  });

  test("is one release where no ladder is", () => {
    expect(addresses(synth({ queues: cpuOnly }))).toEqual(["helm_release.queues"]);
  });

  test("runs the gate before its objects", () => {
    const gate = [
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "gate", namespace: "kueue-system" } },
    ];
    const { values } = onlyResource(synth({ queues: cpuOnly, gate }), "helm_release");
    expect(JSON.parse(values[0]).manifests[0]).toEqual(gate[0]);
  });

  test("waits for what it depends on, and lets others wait for all of it", () => {
    const stack = synthStack((scope) => {
      new HelmProvider(scope, "helm");
      const first = new QueueSystem(scope, "first", { ...props, namespace: "a" });
      new QueueSystem(scope, "second", { ...props, namespace: "b", dependsOn: first.ready });
    });
    const second = Object.values(resources(stack, "helm_release")).filter(
      ({ namespace }) => namespace === "b",
    );
    for (const { depends_on } of second)
      expect(depends_on).toEqual([
        "helm_release.first",
        expect.stringMatching(/^helm_release\.first_ladders_[0-9A-F]{8}$/),
      ]);
  });

  test("fails with every problem, under its path", () => {
    expect(() =>
      synthStack((stack) => {
        new QueueSystem(stack, "queues", {
          ...props,
          queues: withFlavor({ gpu: "l5", provisioning: "queued", reservation: "r" }),
        });
      }),
    ).toThrow(
      [
        "test/queues has 2 problems:",
        '- queues.flavors.x.gpu must be one of "t4", "l4", "a100-40gb", "a100-80gb", "h100-80gb", "h100-mega-80gb", "h200-141gb", "b200", "rtx-pro-6000", got "l5"; did you mean "l4"?',
        '- queues.flavors.x.reservation must be left out for provisioning "queued": a ProvisioningRequest cannot take nodes out of a reservation, GKE refuses the pair; use "reservation", or a "ladder" whose first step it is',
      ].join("\n"),
    );
  });
});
