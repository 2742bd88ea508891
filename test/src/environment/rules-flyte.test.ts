import { defineEnvironment } from "../../../src/environment/define";
import { config, least, problemsFor } from "./support";

const flyte = (changes: Record<string, unknown>) => problemsFor({ flyte: changes });

describe("the backend's size", () => {
  test.each([[1], [6.5]])("may be 1 vCPU with %p GiB", (memoryGib) => {
    expect(flyte({ cpu: 1, memoryGib })).toEqual([]);
  });

  test("fails for a CPU that Autopilot would round", () =>
    expect(flyte({ cpu: 0.6, memoryGib: 1 })).toEqual([
      "flyte.cpu must be in steps of 0.25, got 0.6; Autopilot would change it",
    ]));

  test.each([[0.9], [6.6]])("fails for 1 vCPU with %p GiB", (memoryGib) => {
    expect(flyte({ cpu: 1, memoryGib })).toEqual([
      `flyte.memoryGib must be 1 to 6.5 for 1 vCPU, 1 to 6.5 GiB each, got ${memoryGib}; Autopilot would change it`,
    ]);
  });
});

describe("domains", () => {
  test("fails for one that is named twice", () => {
    expect(flyte({ domains: ["production", "staging", "production"] })).toEqual([
      'flyte.domains must name each domain once, got "production" more than once',
    ]);
  });
});

describe("namespaces that belong to the system", () => {
  test.each([
    ["system", "kube", "kube-system"],
    ["public", "kube", "kube-public"],
    ["lease", "kube-node", "kube-node-lease"],
    ["node-lease", "kube", "kube-node-lease"],
    ["operator", "spark", "spark-operator"],
  ])("fails for the domain %s: a project %s would be %s", (domain, project, namespace) => {
    expect(flyte({ domains: ["development", domain] })).toEqual([
      `flyte.domains[1] must not be "${domain}": whoever makes the Flyte project "${project}" would run tasks in the system's namespace ${namespace}`,
    ]);
  });

  test("lets through what only ends like one", () => {
    expect(flyte({ domains: ["ecosystem", "prod-system-test", "release"] })).toEqual([]);
  });
});

describe("extra Helm values", () => {
  const extra = (extraValues: unknown) => flyte({ extraValues });

  test("fails for a key that the chart does not read", () => {
    expect(extra({ configuraton: {} })).toEqual([
      'flyte.extraValues.configuraton is not a value of the flyte-binary chart; did you mean "configuration"?',
    ]);
    expect(extra({ replicaCount: 2 })).toEqual([
      "flyte.extraValues.replicaCount is not a value of the flyte-binary chart; its values are commonLabels, commonAnnotations, flyte-core-components, configuration, clusterResourceTemplates, deployment, service, ingress, rbac, serviceAccount, flyteconnector, enabled_plugins",
    ]);
  });

  test("fails for the names that the platform relies on", () => {
    const problem = "must be left out: identities and network policies rely on the platform's own names";
    expect(extra({ fullnameOverride: "x", serviceAccount: { name: "x", annotations: {} } })).toEqual([
      `flyte.extraValues.fullnameOverride ${problem}`,
      `flyte.extraValues.serviceAccount.name ${problem}`,
    ]);
  });

  test.each([
    ["password"],
    ["clientSecret"],
    ["secret"],
    ["authToken"],
    ["apiKey"],
    ["private_key"],
    ["cookie_hash_key"],
    ["token_rsa_key"],
  ])("fails for a secret in %s", (key) => {
    expect(extra({ configuration: { list: [{ [key]: "hunter2" }] } })).toEqual([
      `flyte.extraValues.configuration.list[0].${key} must not hold a secret: values end in Terraform's state; keep it in Secret Manager and mount it, or name a Kubernetes Secret`,
    ]);
  });

  test("may name where a secret is", () => {
    const configuration = {
      database: { passwordPath: "/etc/flyte/db", password: "" },
      inlineSecretRef: "flyte-auth",
    };
    expect(extra({ configuration, deployment: { extraEnvVarsSecret: "flyte-env" } })).toEqual([]);
  });
});

describe("web sites that may call Flyte", () => {
  test.each([["https://notebooks.acme.example"], ["http://localhost:3000"]])("may be %j", (origin) => {
    expect(flyte({ corsOrigins: [origin] })).toEqual([]);
  });

  test.each([["*"], ["https://notebooks.acme.example/"], ["notebooks.acme.example"], ["null"]])(
    "fails for %j",
    (origin) => {
      expect(flyte({ corsOrigins: [origin] })).toEqual([
        `flyte.corsOrigins[0] must be a scheme, a host and perhaps a port, without a slash at its end, got ${JSON.stringify(origin)}`,
      ]);
    },
  );
});

describe("queues", () => {
  const team = { projects: ["vision"], cpu: 32, memoryGib: 128 };
  const queues = (changes: Record<string, unknown>) =>
    problemsFor({ queues: { ...least.queues, ...changes } });

  test("fails by the rules of constructs/kueue, under the environment's path", () => {
    expect(queues({ teams: { research: { ...team, gpus: { l4: 1 } } } })).toEqual([
      'queues.teams.research.gpus.l4 must be left out: there is no flavor "l4", nor any other',
    ]);
  });

  test("fails for priorities of domains that Flyte does not have", () => {
    expect(queues({ priorities: { prodution: 1 } })).toEqual([
      'queues.priorities.prodution must be one of "development", "staging", "production", got "prodution"; did you mean "production"?',
    ]);
  });

  test("fails for projects of which one could write what is the other's", () => {
    const projects = ["vision", "vision-production-eu"];
    expect(queues({ teams: { research: { ...team, projects } } })).toEqual(
      ["development", "staging", "production"].map(
        (domain) =>
          `queues.teams must not have both a namespace "vision-production" and a namespace "vision-production-eu-${domain}": tasks of the first could write what is the second's; name the project or the domain otherwise`,
      ),
    );
  });

  test("fails for more namespaces than IAM takes in one policy", () => {
    const projects = Array.from({ length: 164 }, (_, index) => `p${index}`);
    expect(queues({ teams: { research: { ...team, projects } } })).toEqual([
      "queues.teams must have at most 490 projects times domains, got 492: IAM takes 1,500 principals in a bucket's policy, and each namespace is three; use fewer domains, or a second environment in a project of its own",
    ]);
    expect(queues({ teams: { research: { ...team, projects: projects.slice(1) } } })).toEqual([]);
  });

  test.each([["kube"], ["kube-state"], ["gke-tools"], ["gmp"], ["kueue"]])(
    "fails for project %j",
    (project) => {
      expect(queues({ teams: { research: { ...team, projects: ["vision", project] } } })).toEqual([
        `queues.teams.research.projects[1] must not be "${project}": its namespaces would start as the system's own do ("kube-", "gke-", "gmp-", "kueue-")`,
      ]);
    },
  );

  test("lets through projects that only look like the system's", () => {
    expect(queues({ teams: { research: { ...team, projects: ["kubeflow", "gkemetrics"] } } })).toEqual([]);
  });
});

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

describe("generation and topology", () => {
  test("fails for Flyte 2, with the record that says why", () => {
    expect(flyte({ generation: 2 })).toEqual([
      "flyte.generation must be 1, got 2; Flyte 2 has no sign-in of its own, no namespaces for projects and no documentation for Google Cloud yet: docs/decisions/0012-flyte-1.md",
    ]);
  });

  test("topology core has its own chart with its own values", () => {
    expect(flyte({ topology: "core", extraValues: { flyteadmin: { replicaCount: 3 } } })).toEqual([]);
    expect(flyte({ topology: "core", extraValues: { flyteadmn: {} } })).toEqual([
      'flyte.extraValues.flyteadmn is not a value of the flyte-core chart; did you mean "flyteadmin"?',
    ]);
    expect(flyte({ topology: "binary", extraValues: { flyteadmin: {} } })[0]).toMatch(
      /^flyte\.extraValues\.flyteadmin is not a value of the flyte-binary chart/,
    );
  });

  test("fails for core where its service accounts' names would be too long", () => {
    const long = { name: "development1", prefix: "machine" };
    expect(problemsFor({ ...long, flyte: { topology: "core" } })).toEqual([]);
    expect(problemsFor({ ...long, prefix: "machines", flyte: { topology: "core" } })).toEqual([
      'flyte.topology must be "binary" with this prefix and name, got "core"; the service account "machines-development1-scheduler" would have 31 characters, and 30 are allowed',
    ]);
  });
});

describe("policies", () => {
  test("are noted where things are tried out, and enforced where deletion is protected", () => {
    const modes = (changes: Record<string, unknown>) => {
      const { network, admission } = defineEnvironment(config(changes)).policies;
      return [network.enabled, admission.mode];
    };
    expect(modes({ deletionProtection: false })).toEqual([false, "audit"]);
    expect(modes({ deletionProtection: true })).toEqual([true, "enforce"]);
    expect(modes({ policies: { network: { enabled: true }, admission: { mode: "off" } } })).toEqual([
      true,
      "off",
    ]);
  });

  test.each(["ghcr.io/acme", "https://ghcr.io/", "ghcr.io/acme/train:v1"])(
    "fails for the registry %j, which another project's name could begin with",
    (registry) => {
      expect(problemsFor({ policies: { admission: { registries: [registry] } } })).toEqual([
        `policies.admission.registries[0] must be an image prefix that ends in a slash, got ${JSON.stringify(registry)}`,
      ]);
    },
  );
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
