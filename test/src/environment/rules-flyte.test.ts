import { least, problemsFor } from "./support";

const flyte = (changes: Record<string, unknown>) => problemsFor({ flyte: changes });

describe("the backend's size", () => {
  test.each([[1], [6.5]])("may be 1 vCPU with %p GiB", (memoryGib) => {
    expect(flyte({ cpu: 1, memoryGib })).toEqual([]);
  });

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

  test.each([["password"], ["clientSecret"], ["secret"], ["authToken"], ["apiKey"], ["private_key"]])(
    "fails for a secret in %s",
    (key) => {
      expect(extra({ configuration: { list: [{ [key]: "hunter2" }] } })).toEqual([
        `flyte.extraValues.configuration.list[0].${key} must not hold a secret: values end in Terraform's state; keep it in Secret Manager and mount it, or name a Kubernetes Secret`,
      ]);
    },
  );

  test("may name where a secret is", () => {
    const configuration = {
      database: { passwordPath: "/etc/flyte/db", password: "" },
      inlineSecretRef: "flyte-auth",
    };
    expect(extra({ configuration, deployment: { extraEnvVarsSecret: "flyte-env" } })).toEqual([]);
  });
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
