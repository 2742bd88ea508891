import { networkPolicies, type NetworkPoliciesProps } from "../../../constructs/policies/network-policies";

const props: NetworkPoliciesProps = {
  tenantNamespaces: ["vision-production", "nlp-production"],
  flyteNamespace: "flyte",
  access: "port-forward",
  apiServerCidr: "10.0.0.0/20",
  databaseCidr: "10.32.32.5/32",
  internet: true,
  allow: {},
};

// A NetworkPolicy's rules, which the Manifest type leaves open.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Spec = any;
const specs = (changes: Partial<NetworkPoliciesProps> = {}): Record<string, Spec> =>
  Object.fromEntries(
    networkPolicies({ ...props, ...changes }).map(({ metadata, spec }) => [
      `${metadata.namespace}/${metadata.name}`,
      spec,
    ]),
  );
const tenant = (changes?: Partial<NetworkPoliciesProps>) => specs(changes)["vision-production/tasks-reach"];
const flyte = (changes?: Partial<NetworkPoliciesProps>) => specs(changes)["flyte/flyte"];
const text = (value: unknown) => JSON.stringify(value);

test("there is one for each namespace of tasks, and one for Flyte; each for every pod", () => {
  expect(Object.keys(specs())).toEqual([
    "vision-production/tasks-reach",
    "nlp-production/tasks-reach",
    "flyte/flyte",
  ]);
  for (const spec of Object.values(specs())) expect(spec.podSelector).toEqual({});
});

test("pods that work with the API server reach it, by their label, and nobody else does", () => {
  const apiClients = [{ name: "spark-drivers", labels: { "spark-role": "driver" } }];
  expect(specs({ apiClients })["nlp-production/spark-drivers-reach-api-server"]).toEqual({
    podSelector: { matchLabels: { "spark-role": "driver" } },
    policyTypes: ["Egress"],
    egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/20" } }], ports: [{ protocol: "TCP", port: 443 }] }],
  });
  expect(text(tenant({ apiClients }))).not.toContain("10.0.0.0/20");
});

test("rules without a peer let everybody: Flyte's HTTPS, and an internal Flyte", () => {
  const open = (changes?: Partial<NetworkPoliciesProps>) =>
    Object.entries(specs(changes)).flatMap(([name, { ingress = [], egress }]) =>
      [...ingress, ...egress]
        .filter(({ from, to }: Spec) => !from && !to)
        .map(({ ports }: Spec) => `${name} ${ports.map(({ port }: Spec) => port)}`),
    );
  expect(open({ allow: { store: "10.8.4.0/24" }, webhookCallersCidr: "10.32.0.0/20" })).toEqual([
    "flyte/flyte 443",
  ]);
  expect(open({ access: "public" })).toEqual(["flyte/flyte 443"]);
  expect(open({ access: "internal" })).toEqual(["flyte/flyte 8088,8089", "flyte/flyte 443"]);
});

describe("tasks reach", () => {
  test("each other within their namespace, and Flyte on its two ports", () => {
    expect(tenant().egress.slice(0, 2)).toEqual([
      { to: [{ podSelector: {} }] },
      {
        to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "flyte" } } }],
        ports: [
          { protocol: "TCP", port: 8088 },
          { protocol: "TCP", port: 8089 },
        ],
      },
    ]);
  });

  test("names, and the metadata server that gives them their identity", () => {
    expect(tenant().egress).toContainEqual({
      to: [
        { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
        { ipBlock: { cidr: "169.254.20.10/32" } },
        { ipBlock: { cidr: "169.254.169.254/32" } },
      ],
      ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })),
    });
    expect(text(tenant().egress)).toContain('"cidr":"169.254.169.252/32"');
    expect(text(tenant().egress)).toContain('{"protocol":"TCP","port":988}');
  });

  test("the internet, and no private address behind it: not the database, not other teams", () => {
    const open = tenant().egress.find(({ to }: Spec) => text(to).includes("0.0.0.0/0"));
    expect(open.to[0].ipBlock.except).toEqual([
      "10.0.0.0/8",
      "100.64.0.0/10",
      "169.254.0.0/16",
      "172.16.0.0/12",
      "192.168.0.0/16",
      "224.0.0.0/3",
    ]);
    expect(open.ports).toBeUndefined();
  });

  test("only Google's APIs at private addresses, where there is no internet", () => {
    const closed = text(tenant({ internet: false }).egress);
    expect(closed).not.toContain("0.0.0.0/0");
    expect(closed).toContain('"cidr":"199.36.153.8/30"');
  });

  test("what the environment allows beside it", () => {
    expect(tenant({ allow: { store: "10.8.4.0/24" } }).egress.at(-1)).toEqual({
      to: [{ ipBlock: { cidr: "10.8.4.0/24" } }],
    });
  });

  test("nobody else: who reaches them is said with their namespace", () => {
    expect(tenant().policyTypes).toEqual(["Egress"]);
  });
});

describe("Flyte", () => {
  test("is reached by tasks, by its own parts and by the collector of metrics", () => {
    expect(flyte().policyTypes).toEqual(["Ingress", "Egress"]);
    expect(flyte().ingress).toEqual([
      { from: [{ podSelector: {} }] },
      {
        from: [{ namespaceSelector: { matchLabels: { "kueue-managed": "true" } } }],
        ports: [
          { protocol: "TCP", port: 8088 },
          { protocol: "TCP", port: 8089 },
        ],
      },
      {
        from: ["gke-gmp-system", "gmp-system"].map((name) => ({
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
        })),
        ports: [{ protocol: "TCP", port: 10254 }],
      },
    ]);
  });

  test("is reached on its webhook's port by the API server alone, and by nobody where the webhook is off", () => {
    expect(text(flyte())).not.toContain("9443");
    expect(flyte({ webhookCallersCidr: "10.32.0.0/20" }).ingress[2]).toEqual({
      from: [
        { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
        { ipBlock: { cidr: "10.32.0.0/20" } },
      ],
      ports: [{ protocol: "TCP", port: 9443 }],
    });
  });

  test("is reached by whoever is on the network, where access is internal", () => {
    expect(flyte({ access: "internal" }).ingress[2]).toEqual({
      ports: [
        { protocol: "TCP", port: 8088 },
        { protocol: "TCP", port: 8089 },
      ],
    });
  });

  test("is reached by the load balancer's proxies and health checks alone, where an internal one has sign-in", () => {
    expect(flyte({ access: "internal", proxiesCidr: "10.32.48.0/23" }).ingress[2]).toEqual({
      from: ["35.191.0.0/16", "130.211.0.0/22", "10.32.48.0/23"].map((cidr) => ({ ipBlock: { cidr } })),
      ports: [8088, 8089, 8080].map((port) => ({ protocol: "TCP", port })),
    });
  });

  test("is reached by Google's load balancers and nobody else, where access is public", () => {
    expect(flyte({ access: "public" }).ingress[2]).toEqual({
      from: [{ ipBlock: { cidr: "35.191.0.0/16" } }, { ipBlock: { cidr: "130.211.0.0/22" } }],
      ports: [8088, 8089, 8080].map((port) => ({ protocol: "TCP", port })),
    });
  });

  test("reaches its database, and HTTPS: Kubernetes, Google, the identity provider", () => {
    expect(flyte().egress.slice(1, 3)).toEqual([
      { to: [{ ipBlock: { cidr: "10.32.32.5/32" } }], ports: [{ protocol: "TCP", port: 5432 }] },
      { ports: [{ protocol: "TCP", port: 443 }] },
    ]);
  });
});
