import { WebhookFirewall, type WebhookFirewallProps } from "../../../constructs/google/webhook-firewall";
import { synthGoogleStack, waiting } from "./google-stack";
import { onlyResource } from "../../support/synth";

const minimal: WebhookFirewallProps = {
  project: "acme-host",
  name: "flyte-dev-webhooks",
  network: "projects/acme-host/global/networks/shared",
  nodesCidr: "10.0.0.0/20",
  nodeTag: "flyte-dev-nodes",
  ports: [8082, 9443],
};

const synth = (changes: Partial<WebhookFirewallProps> = {}) =>
  synthGoogleStack((stack) => void new WebhookFirewall(stack, "webhooks", { ...minimal, ...changes }));

describe("webhook firewall", () => {
  test("opens the ports that it is given on the tagged nodes, from the subnet of the control plane's private endpoint", () => {
    expect(onlyResource(synth(), "google_compute_firewall")).toEqual({
      project: "acme-host",
      name: "flyte-dev-webhooks",
      network: "projects/acme-host/global/networks/shared",
      description: "Control plane to admission webhooks (Kueue, Flyte).",
      direction: "INGRESS",
      priority: 1000,
      source_ranges: ["10.0.0.0/20"],
      target_tags: ["flyte-dev-nodes"],
      allow: [{ protocol: "tcp", ports: ["8082", "9443"] }],
    });
  });

  test("is all that an existing network gets", () => {
    expect(Object.keys(synth().resource ?? {})).toEqual(["google_compute_firewall"]);
  });

  test("waits for what it is told to wait for", () => {
    expect(
      waiting((stack, dependsOn) => void new WebhookFirewall(stack, "it", { ...minimal, dependsOn })),
    ).toEqual(["google_compute_firewall"]);
  });

  test("fails when it would let in the internet", () => {
    expect(() => synth({ nodesCidr: "0.0.0.0/0" })).toThrow(
      new Error('test/webhooks has 1 problem:\n- nodesCidr must be between a /8 and a /29, got "0.0.0.0/0"'),
    );
  });

  test.each([[[]], [[0]], [[9443, 65_536]], [[1.5]]])("fails with ports %j", (ports) => {
    expect(() => synth({ ports })).toThrow(
      new Error(
        `test/webhooks has 1 problem:\n- ports must hold at least one port, each from 1 to 65535, got ${JSON.stringify(ports)}`,
      ),
    );
  });
});
