import { containerLink, logLinks, waitingLink } from "../../../../constructs/flyte/config/log-links";

/** What the Logs Explorer reads out of a link once Flyte has put a task's facts into it. */
function queryOf(link: string, facts: Record<string, string>): string[] {
  const filled = link.replace(/\{\{ \.(\w+) \}\}/g, (variable, name: string) => facts[name] ?? variable);
  return decodeURIComponent(/;query=(.*)\?project=/.exec(filled)![1]!).split("\n");
}

const facts = {
  namespace: "vision-production",
  podName: "a1b2c3-n0-0",
  containerName: "main",
  podRFC3339StartTime: "2026-11-21T10:00:00Z",
};

describe("the link that says why a task waits", () => {
  test("is escaped but for Flyte's variables", () => {
    expect(waitingLink("acme-ml", [])).toBe(
      "https://console.cloud.google.com/logs/query;query=logName%3D%22projects%2Facme-ml%2Flogs%2Fevents%22" +
        "%0AjsonPayload.involvedObject.namespace%3D%22{{ .namespace }}%22" +
        "%0AjsonPayload.involvedObject.name%3D~%22%5E{{ .podName }}%24%7C%5Epod-{{ .podName }}-%5B0-9a-f%5D%7B5%7D%22" +
        "%0Atimestamp%3E%3D%22{{ .podRFC3339StartTime }}%22?project=acme-ml",
    );
  });

  test("asks for the events of the pod, its Workload and its ProvisioningRequest, since the pod was made", () => {
    expect(queryOf(waitingLink("acme-ml", []), facts)).toEqual([
      'logName="projects/acme-ml/logs/events"',
      'jsonPayload.involvedObject.namespace="vision-production"',
      'jsonPayload.involvedObject.name=~"^a1b2c3-n0-0$|^pod-a1b2c3-n0-0-[0-9a-f]{5}"',
      'timestamp>="2026-11-21T10:00:00Z"',
    ]);
  });

  test.each([
    ["the pod", "a1b2c3-n0-0", true],
    ["its Workload", "pod-a1b2c3-n0-0-0d3f9", true],
    ["the Workload's ProvisioningRequest", "pod-a1b2c3-n0-0-0d3f9-dws-1", true],
    ["a pod that the task made, if dynamic", "a1b2c3-n0-0-dn0-0", false],
    ["the Workload of such a pod", "pod-a1b2c3-n0-0-dn0-0-0d3f9", false],
    ["the next attempt", "a1b2c3-n0-1", false],
  ])("matches %s: %s is %s", (_, name, matches) => {
    const regex = /=~"(.*)"$/.exec(queryOf(waitingLink("acme-ml", []), facts)[2]!)![1]!;
    expect(new RegExp(regex).test(name)).toBe(matches);
  });

  describe("where tasks become jobs", () => {
    const jobs = waitingLink("acme-ml", [
      { apiGroup: "kubeflow.org", resources: ["pytorchjobs", "tfjobs"] },
      { apiGroup: "ray.io", resources: ["rayjobs"] },
    ]);
    const regexFor = (named: Record<string, string>) =>
      new RegExp(/=~"(.*)"$/.exec(queryOf(jobs, { ...facts, ...named })[2]!)![1]!);

    test.each([
      ["a worker", "a1b2c3-n0-0-worker-0", true],
      ["the job", "a1b2c3-n0-0", true],
      ["the job's Workload", "pytorchjob-a1b2c3-n0-0-0d3f9", true],
      ["the Workload's ProvisioningRequest", "pytorchjob-a1b2c3-n0-0-0d3f9-dws-1", true],
      ["TensorFlow's", "tfjob-a1b2c3-n0-0-0d3f9", true],
      ["a job that the task made, if dynamic", "a1b2c3-n0-0-dn0-0", false],
      ["the Workload of such a job", "pytorchjob-a1b2c3-n0-0-dn0-0-0d3f9", false],
      ["the next attempt's", "pytorchjob-a1b2c3-n0-1-0d3f9", false],
    ])("of a PyTorch task it matches %s: %s is %s", (_, name, matches) =>
      expect(regexFor({ podName: "a1b2c3-n0-0-worker-0", generatedName: "a1b2c3-n0-0" }).test(name)).toBe(
        matches,
      ),
    );

    test("of a Ray task, of which Flyte knows no pod, it matches the job and its Workload", () => {
      const { podName: _, ...ofRay } = facts;
      const line = queryOf(jobs, { ...ofRay, generatedName: "a1b2c3-n0-0" })[2]!;
      const regex = new RegExp(/=~"(.*)"$/.exec(line)![1]!);
      expect(regex.test("rayjob-a1b2c3-n0-0-0d3f9")).toBe(true);
      expect(regex.test("a1b2c3-n0-0")).toBe(true);
      expect(regex.test("rayjob-d4e5f6-n0-0-0d3f9")).toBe(false);
    });

    test("of a plain pod it still matches the pod's Workload", () =>
      expect(regexFor({ generatedName: "a1b2c3-n0-0" }).test("pod-a1b2c3-n0-0-0d3f9")).toBe(true));
  });

  test("has nothing that the console's router, YAML or Terraform takes for itself", () => {
    const jobs = waitingLink("acme-ml", [{ apiGroup: "ray.io", resources: ["rayjobs"] }]);
    for (const link of [waitingLink("acme-ml", []), jobs, containerLink("acme-ml")]) {
      const fixed = link.replaceAll(/\{\{ \.\w+ \}\}/g, "");
      expect(fixed).not.toMatch(/[()'! #"`\\{}$]|: |%\{/);
      expect(fixed.match(/;/g)).toHaveLength(1);
    }
  });
});

test("the container's link asks for what it printed, since the pod was made", () => {
  expect(queryOf(containerLink("acme-ml"), facts)).toEqual([
    'resource.type="k8s_container"',
    'resource.labels.namespace_name="vision-production"',
    'resource.labels.pod_name="a1b2c3-n0-0"',
    'resource.labels.container_name="main"',
    'timestamp>="2026-11-21T10:00:00Z"',
  ]);
});

test("only the link that says why a task waits is shown while it waits", () => {
  expect(logLinks("acme-ml", [])).toEqual([
    { displayName: "Cloud Logging", templateUris: [containerLink("acme-ml")] },
    {
      displayName: "Queue: why it waits",
      showWhilePending: true,
      templateUris: [waitingLink("acme-ml", [])],
    },
  ]);
});
