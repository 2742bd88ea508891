import { least, problemsFor } from "./support";

const flyte = (changes: Record<string, unknown>) => problemsFor({ flyte: changes });

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
