import { problemsFor } from "./support";

const flyte = (changes: Record<string, unknown>) => problemsFor({ flyte: changes });

describe("public access", () => {
  const oidc = { baseUrl: "https://accounts.google.com", clientId: "flyte.apps.googleusercontent.com" };
  const access = (changes: object) =>
    flyte({ access: { mode: "public", host: "flyte.acme.example", oidc, ...changes } });

  test.each([
    [{}],
    [{ dnsZone: "acme-example", cloudArmorPolicy: "flyte" }],
    [{ dnsZone: "projects/acme-dns/managedZones/acme-example" }],
    [{ oidc: { ...oidc, clientSecretVersion: 3 } }],
    [{ host: "a.b-c.example" }],
  ])("may be %j", (changes) => {
    expect(access(changes)).toEqual([]);
  });

  test("fails without somebody who asks who people are", () => {
    const { oidc: _, ...without } = { mode: "public", host: "flyte.acme.example", oidc };
    expect(flyte({ access: without })).toEqual([
      "flyte.access.oidc must be an object with baseUrl, clientId, got nothing",
    ]);
  });

  test.each([
    [
      { host: "https://flyte.acme.example" },
      'flyte.access.host must be a domain name of at most 64 characters such as "flyte.acme.example", got "https://flyte.acme.example"; write the name only, without https://',
    ],
    [
      { host: "*.acme.example" },
      'flyte.access.host must be a domain name of at most 64 characters such as "flyte.acme.example", got "*.acme.example"',
    ],
    [
      { oidc: { ...oidc, baseUrl: "http://idp.acme.example" } },
      'flyte.access.oidc.baseUrl must be an https URL without a slash at its end, got "http://idp.acme.example"',
    ],
    [
      { oidc: { ...oidc, clientSecretVersion: 0 } },
      "flyte.access.oidc.clientSecretVersion must be a whole number from 1 to 9999, got 0",
    ],
    [
      { dnsZone: "acme.example" },
      'flyte.access.dnsZone must be the name of a Cloud DNS zone, or "projects/<project>/managedZones/<name>", got "acme.example"',
    ],
  ])("fails for %j", (changes, problem) => {
    expect(access(changes)).toEqual([problem]);
  });

  test("fails for a client secret in the configuration: there is no key for one", () => {
    expect(access({ oidc: { ...oidc, clientSecret: "hunter2" } })[0]).toMatch(
      /^flyte\.access\.oidc\.clientSecret is not a known key/,
    );
  });
});

describe("internal access", () => {
  const access = (changes: object) => flyte({ access: { mode: "internal", ...changes } });

  test("may have a name in a private zone", () => {
    expect(access({})).toEqual([]);
    expect(access({ host: "flyte.corp.acme.example", dnsZone: "corp" })).toEqual([]);
  });

  test.each([[{ host: "flyte.corp.acme.example" }], [{ dnsZone: "corp" }]])(
    "fails for %j alone",
    (changes) => {
      expect(access(changes)).toEqual([
        "flyte.access must have both host and dnsZone, or neither: a name is a record in a zone",
      ]);
    },
  );

  test("fails with topology core, before anything is built", () => {
    expect(flyte({ topology: "core", access: { mode: "internal" } })).toEqual([
      'flyte.access.oidc must be there with mode "internal" and topology "core"; console and API are pods of their own there, and without the Gateway that comes with sign-in one address cannot serve both',
    ]);
  });
});

describe("internal access with sign-in", () => {
  const host = "flyte.corp.acme.example";
  const oidc = { baseUrl: "https://idp.acme.example", clientId: "flyte" };
  const proxiesCidr = "10.9.16.0/23";
  const access = (changes: object, network: object = { proxiesCidr }) =>
    problemsFor({ network, flyte: { access: written({ mode: "internal", host, oidc, ...changes }) } });
  /** Without the keys that a change takes away. */
  const written = (keys: object) => JSON.parse(JSON.stringify(keys)) as object;

  test.each([
    [{}],
    [{ dnsZone: "corp" }],
    [{ dnsZone: "corp", certificateZone: "projects/acme-dns/managedZones/acme" }],
    [{ certificate: "corp" }],
  ])("is fine with %j", (changes) => {
    expect(access(changes)).toEqual([]);
  });

  test("is what topology core needs to be internal", () => {
    expect(
      problemsFor({
        network: { proxiesCidr },
        flyte: { topology: "core", access: { mode: "internal", host, oidc } },
      }),
    ).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      "without a name",
      { host: undefined },
      "flyte.access.host must be there with oidc: the provider sends people back to https://<host>/callback",
    ],
    [
      "with a certificate and a proof",
      { certificate: "corp", certificateZone: "acme" },
      "flyte.access.certificateZone must be left out with certificate: one that is there already needs no proof",
    ],
    [
      "with a proof for no certificate",
      { oidc: undefined, dnsZone: "corp", certificateZone: "acme" },
      "flyte.access.certificateZone must be left out without oidc, which brings HTTPS",
    ],
  ])("fails %s", (_, changes, problem) => {
    expect(access(changes)).toEqual([problem]);
  });

  test("fails without a range for the load balancer's proxies", () => {
    expect(access({}, {})).toEqual([
      'network.proxiesCidr must be stated with flyte.access.oidc and mode "internal": the range of the load balancer\'s proxies, a free one such as "10.9.16.0/23"',
    ]);
  });

  test.each([
    ["10.9.16.0/26", []],
    [
      "10.9.16.0/27",
      [
        'network.proxiesCidr must be between a /8 and a /26, got "10.9.16.0/27"; Google takes no smaller one for proxies',
      ],
    ],
    [
      "10.9.0.0/23",
      [
        "network.proxiesCidr 10.9.0.0/23 overlaps network.privateServicesCidr 10.9.0.0/20; choose ranges that do not overlap",
      ],
    ],
  ])("judges the range %s", (range, problems) => {
    expect(access({}, { proxiesCidr: range })).toEqual(problems);
  });

  test("fails in an existing network that is not said to have proxies, and asks for no other range of it", () => {
    const existing = { network: "shared", subnet: "nodes", podsRange: "pods", servicesRange: "services" };
    const nodesCidr = "10.0.0.0/20";
    expect(access({}, { existing, nodesCidr })).toEqual([
      'network.proxiesCidr must be stated with flyte.access.oidc and mode "internal": the range of the load balancer\'s proxies, which the network has in a proxy-only subnet (purpose REGIONAL_MANAGED_PROXY) of the region',
    ]);
    expect(access({}, { existing, nodesCidr, proxiesCidr })).toEqual([]);
  });
});
