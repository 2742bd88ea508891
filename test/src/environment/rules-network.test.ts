import { config, messageFor, problemsFor } from "./support";

const network = (changes: Record<string, unknown>) => problemsFor({ network: changes });

describe("sizes of ranges", () => {
  // Just too large, largest, smallest, just too small.
  test.each([
    [
      "nodesCidr",
      ["240.0.0.0/7", "240.0.0.0/8", "192.168.0.0/24", "192.168.0.0/25"],
      "between a /8 and a /24",
      "a /24 holds 252 nodes",
    ],
    [
      "podsCidr",
      ["240.0.0.0/8", "240.0.0.0/9", "192.168.0.0/20", "192.168.0.0/21"],
      "between a /9 and a /20",
      "Autopilot takes 64 addresses per node, so a /20 holds 64 nodes",
    ],
    [
      "servicesCidr",
      ["172.18.0.0/15", "172.18.0.0/16", "192.168.0.0/24", "192.168.0.0/25"],
      "between a /16 and a /24",
      "a /24 holds 256 Services",
    ],
    [
      "privateServicesCidr",
      ["240.0.0.0/7", "240.0.0.0/8", "192.168.0.0/24", "192.168.0.0/25"],
      "between a /8 and a /24",
      "Google takes a /24 for Cloud SQL in each region",
    ],
  ])("%s: %j", (key, [above, largest, smallest, below], allowed, why) => {
    expect(network({ [key]: largest })).toEqual([]);
    expect(network({ [key]: smallest })).toEqual([]);
    for (const cidr of [above, below])
      expect(network({ [key]: cidr })).toEqual([`network.${key} must be ${allowed}, got "${cidr}"; ${why}`]);
  });
});

describe("addresses of ranges", () => {
  test("fails unless a range starts at its first address", () => {
    expect(network({ nodesCidr: "10.0.0.1/20" })).toEqual([
      'network.nodesCidr must start at its first address, got "10.0.0.1/20"; write "10.0.0.0/20"',
    ]);
    expect(network({ podsCidr: "10.5.0.0/14" })).toEqual([
      'network.podsCidr must start at its first address, got "10.5.0.0/14"; write "10.4.0.0/14"',
    ]);
  });

  const allowed = "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, 240.0.0.0/4";
  test.each([
    ["10.255.240.0/20", "11.0.0.0/20"],
    ["172.16.0.0/20", "172.15.240.0/20"],
    ["172.31.240.0/20", "172.32.0.0/20"],
    ["192.168.240.0/20", "192.169.0.0/20"],
    ["100.64.0.0/20", "100.63.240.0/20"],
    ["100.127.240.0/20", "100.128.0.0/20"],
    ["240.0.0.0/20", "239.255.240.0/20"],
  ])("%s is private; fails for %s", (inside, outside) => {
    expect(network({ nodesCidr: inside })).toEqual([]);
    expect(network({ nodesCidr: outside })).toEqual([
      `network.nodesCidr must lie in one of ${allowed}, got "${outside}"`,
    ]);
  });

  test.each([
    ["172.16.240.0/20", "172.17.0.0/20"],
    ["172.18.0.0/20", "172.17.240.0/20"],
  ])("%s is free; fails for %s, where Cloud SQL has Docker", (free, taken) => {
    expect(network({ nodesCidr: free })).toEqual([]);
    expect(network({ nodesCidr: taken })).toEqual([
      `network.nodesCidr must not overlap 172.17.0.0/16, which Cloud SQL uses itself, got "${taken}"`,
    ]);
  });
});

describe("ranges beside each other", () => {
  const others = {
    podsCidr: "10.32.0.0/14",
    servicesCidr: "10.40.0.0/20",
    privateServicesCidr: "10.41.0.0/20",
  };

  test.each([["10.31.240.0/20"], ["10.36.0.0/20"], ["10.39.240.0/20"], ["10.40.16.0/20"]])(
    "may touch: %s",
    (nodesCidr) => {
      expect(network({ ...others, nodesCidr })).toEqual([]);
    },
  );

  test.each([
    ["10.32.0.0/20", "network.podsCidr 10.32.0.0/14 overlaps network.nodesCidr 10.32.0.0/20"],
    ["10.35.240.0/20", "network.podsCidr 10.32.0.0/14 overlaps network.nodesCidr 10.35.240.0/20"],
    ["10.40.15.0/24", "network.servicesCidr 10.40.0.0/20 overlaps network.nodesCidr 10.40.15.0/24"],
    ["10.41.0.0/16", "network.privateServicesCidr 10.41.0.0/20 overlaps network.nodesCidr 10.41.0.0/16"],
  ])("fails when they overlap: %s", (nodesCidr, problem) => {
    expect(network({ ...others, nodesCidr })).toEqual([`${problem}; choose ranges that do not overlap`]);
  });

  test("fails with every pair", () => {
    const same = "10.0.0.0/20";
    expect(network({ podsCidr: same, servicesCidr: same })).toEqual([
      `network.podsCidr ${same} overlaps network.nodesCidr ${same}; choose ranges that do not overlap`,
      `network.servicesCidr ${same} overlaps network.nodesCidr ${same}; choose ranges that do not overlap`,
      `network.servicesCidr ${same} overlaps network.podsCidr ${same}; choose ranges that do not overlap`,
    ]);
  });
});

describe("an existing network", () => {
  const existing = { network: "shared", subnet: "nodes", podsRange: "pods", servicesRange: "services" };

  test("counts only the nodes' range, which must be stated", () => {
    expect(network({ existing, nodesCidr: "10.4.0.0/20" })).toEqual([]);
    expect(network({ existing })).toEqual([
      "network.nodesCidr must be stated with network.existing: the primary range of the existing subnet, for the firewall rule",
    ]);
  });

  test.each([
    [
      { podsCidr: "10.8.0.0/14" },
      'network.podsCidr must be left out with network.existing, got "10.8.0.0/14"',
    ],
    [
      { servicesCidr: "10.8.0.0/20" },
      'network.servicesCidr must be left out with network.existing, got "10.8.0.0/20"',
    ],
    [
      { privateServicesCidr: "10.8.0.0/20" },
      'network.privateServicesCidr must be left out with network.existing, got "10.8.0.0/20"',
    ],
    [{ flowLogs: true }, "network.flowLogs must be left out with network.existing, got true"],
  ])("fails when what nobody would read is stated: %j", (changes, problem) => {
    expect(network({ existing, nodesCidr: "10.4.0.0/20", ...changes })).toEqual([
      `${problem}; the network has its own, which nothing here changes`,
    ]);
  });
});

describe("environments in one VPC", () => {
  const existing = {
    project: "acme-host",
    network: "shared",
    subnet: "a",
    podsRange: "pods",
    servicesRange: "services",
  };
  const dev = { name: "dev", project: "acme-dev" };
  const both = (network: Record<string, unknown>, own: Record<string, unknown> = {}, first: object = {}) =>
    messageFor(
      config({ ...dev, network: { existing, nodesCidr: "10.0.0.0/20", ...first } }),
      config({ name: "prod", project: "acme-prod", network, ...own }),
    )
      .split("\n")
      .slice(1)
      .map((line) => line.replace("- ", ""));
  const subnet = (changes: object) => ({ existing: { ...existing, subnet: "b", ...changes } });

  test("may stand in subnets of their own", () => {
    expect(both({ ...subnet({}), nodesCidr: "10.0.16.0/20" })).toEqual([]);
  });

  test("may have one range in two VPCs, or in networks of their own", () => {
    expect(both({ ...subnet({ network: "other" }), nodesCidr: "10.0.0.0/20" })).toEqual([]);
    expect(both({})).toEqual([]);
  });

  test("fails when two subnets share addresses", () => {
    expect(both({ ...subnet({}), nodesCidr: "10.0.8.0/21" })).toEqual([
      'network.nodesCidr must not overlap environment "dev"\'s, got "10.0.8.0/21" beside "10.0.0.0/20"; both are in VPC "shared", where no two subnets share an address: state what the subnet has',
    ]);
  });

  test("fails when one subnet is said to have two ranges, and one range for Services two clusters", () => {
    expect(both({ existing, nodesCidr: "10.0.16.0/20" })).toEqual([
      'network.nodesCidr must be the same range as environment "dev"\'s, got "10.0.16.0/20" beside "10.0.0.0/20"; both are in VPC "shared", and in its subnet "a": state what the subnet has',
      'network.existing.servicesRange must be a range of its own, got "services", which environment "dev" uses in the same subnet; GKE gives a range for Services to one cluster',
    ]);
    expect(both({ existing: { ...existing, servicesRange: "more" }, nodesCidr: "10.0.0.0/20" })).toEqual([]);
  });

  test("share the one subnet for proxies of a region, and no address of another's", () => {
    const proxies = (proxiesCidr: string, own = {}) =>
      both({ ...subnet({}), nodesCidr: "10.0.16.0/20", proxiesCidr }, own, { proxiesCidr: "10.9.16.0/23" });
    expect(proxies("10.9.16.0/23")).toEqual([]);
    expect(proxies("10.9.18.0/23")).toEqual([
      'network.proxiesCidr must be "10.9.16.0/23", as in environment "dev", got "10.9.18.0/23"; a VPC has one subnet for proxies in a region',
    ]);
    expect(proxies("10.9.16.0/23", { region: "us-east4" })).toEqual([
      'network.proxiesCidr must not overlap environment "dev"\'s "10.9.16.0/23", got "10.9.16.0/23"; both are in VPC "shared", where no two subnets share an address',
    ]);
  });
});
