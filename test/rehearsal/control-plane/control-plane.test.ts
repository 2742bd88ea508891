import { apiserverFlags, etcdFlags, kueueFlags } from "../../../rehearsal/control-plane/flags";
import { onLoopback } from "../../../rehearsal/control-plane/kueue";
import { isHere, parseSockets } from "../../../rehearsal/control-plane/observer";
import { freePorts } from "../../../rehearsal/control-plane/ports";
import { byUrl } from "../../../rehearsal/control-plane/webhooks";

describe("the flags", () => {
  const all = [...etcdFlags("/f", 1, 2), ...apiserverFlags(1, 3, "/c", "/t"), ...kueueFlags("/k")];

  test("name no address but the loopback and the documentation range", () => {
    const addresses = all.join(" ").match(/\d+\.\d+\.\d+\.\d+/g);
    expect([...new Set(addresses)].sort()).toEqual(["127.0.0.1", "192.0.2.0"]);
  });

  test("leave no address out, which would mean every one", () =>
    expect(all.filter((flag) => /address|-urls/.test(flag)).every((flag) => flag.includes("127.0.0.1"))).toBe(
      true,
    ));
});

describe("Kueue's configuration", () => {
  const environment = {
    waitForPodsReady: { timeout: "168h" },
    leaderElection: { leaderElect: true },
    metrics: { a: 1 },
  };

  test("keeps what decides, and replaces where it runs", () =>
    expect(onLoopback(environment, { webhooks: 5, health: 6 }, "/certs")).toEqual({
      waitForPodsReady: { timeout: "168h" },
      namespace: "kueue-system",
      featureGates: { VisibilityOnDemand: false },
      leaderElection: { leaderElect: false },
      internalCertManagement: { enable: false },
      webhook: { host: "127.0.0.1", port: 5, certDir: "/certs" },
      health: { healthProbeBindAddress: "127.0.0.1:6" },
      metrics: { a: 1, bindAddress: "0" },
    }));
});

describe("Kueue's webhooks", () => {
  const webhook = (name: string) => ({
    name,
    clientConfig: { service: { path: "/mutate" } },
    rules: [],
  });
  const configuration = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: "webhooks" },
    webhooks: [webhook("mpod.kb.io"), webhook("mclusterqueue.kb.io"), webhook("mworkload.kb.io")],
  };

  test("are called by URL, those of jobs in managed namespaces alone", () => {
    const selector = { matchLabels: { managed: "true" } };
    const clientConfig = { url: "https://127.0.0.1:9/mutate", caBundle: "Y2E=" };
    expect(byUrl(configuration, 9, "ca", selector)).toMatchObject({
      metadata: { name: "kueue-webhooks" },
      webhooks: [
        { name: "mpod.kb.io", clientConfig, namespaceSelector: selector, rules: [] },
        { name: "mclusterqueue.kb.io", clientConfig, rules: [] },
        { name: "mworkload.kb.io", clientConfig, rules: [] },
      ],
    });
    expect(JSON.stringify(byUrl(configuration, 9, "ca", selector)).match(/namespaceSelector/g)).toHaveLength(
      1,
    );
  });
});

describe("the observer", () => {
  test.each([
    ["0100007F", true],
    ["00000000", true],
    ["00000000000000000000000001000000", true],
    ["0000000000000000FFFF00000100007F", true],
    ["08080808", false],
    ["7F000001", false],
    ["0000000000000000FFFF000008080808", false],
  ])("takes %s for this machine: %s", (address, expected) => expect(isHere(address)).toBe(expected));

  test("reads the kernel's table of sockets", () => {
    const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 08080808:01BB 01 00000000:00000000 00:00000000 00000000     0        0 4711 1`;
    expect(parseSockets(table)).toEqual([
      { local: "0100007F", remote: "08080808", port: 443, inode: "4711" },
    ]);
  });
});

describe("ports", () => {
  test("are different ones", async () => {
    const { a, b } = await freePorts(["a", "b"]);
    expect(a).not.toBe(b);
    expect(Math.min(a, b)).toBeGreaterThan(1024);
  });
});
