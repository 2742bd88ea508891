import { tenantObjects } from "../../../../constructs/kueue/objects/tenant-objects";
import type { Queues, Team } from "../../../../constructs/kueue/types";
import { cpuOnly, domains, everyMode, find, type Loose, names } from "../queues";

const vision = { team: "research", project: "vision", domain: "development" };
const objects = tenantObjects({ queues: everyMode, domains, ...vision });
const search = tenantObjects({
  queues: everyMode,
  domains,
  team: "product",
  project: "search",
  domain: "production",
});
const template = (name: string, of = objects) => find(of, "PodTemplate", name)["template"];

describe("the namespace of a project-domain", () => {
  test("comes first, under Kueue and Pod Security from birth, and stays", () => {
    expect(objects[0]).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "vision-development",
        labels: {
          "kueue-managed": "true",
          "pod-security.kubernetes.io/enforce": "baseline",
          "pod-security.kubernetes.io/audit": "restricted",
        },
        annotations: { "helm.sh/resource-policy": "keep" },
      },
    });
  });

  test("holds all the other objects", () => {
    for (const { metadata } of objects.slice(1)) expect(metadata.namespace).toBe("vision-development");
  });

  test("has no ResourceQuota: a waiting pod would count against it", () => {
    expect([...new Set(objects.map(({ kind }) => kind))]).toEqual([
      "Namespace",
      "NetworkPolicy",
      "PodTemplate",
      "LocalQueue",
    ]);
  });

  test("lets nobody in from other namespaces", () => {
    expect(find(objects, "NetworkPolicy", "only-from-this-namespace")["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
  });
});

describe("LocalQueues", () => {
  test("are `tasks`, and one for each flavor with a queue of its own", () => {
    const queues = objects.filter(({ kind }) => kind === "LocalQueue") as Loose[];
    expect(queues.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      ["tasks", { clusterQueue: "research" }],
      ["h100-dws", { clusterQueue: "research-h100-dws" }],
      ["l4-ladder", { clusterQueue: "research-l4-ladder" }],
    ]);
  });

  test("are none called default: it would take in every pod of the namespace", () => {
    expect(names(objects, "LocalQueue")).not.toContain("default");
  });

  test("weigh the usage of a domain by its rank, where the team's order is usage", () => {
    const team = (order: Team["order"]): Queues => ({
      ...cpuOnly,
      teams: { data: { ...cpuOnly.teams["data"]!, order } },
      priorities: { production: 1000, staging: 100, development: 100 },
    });
    const weight = (domain: string, order: Team["order"]) =>
      find(
        tenantObjects({ queues: team(order), domains, team: "data", project: "etl", domain }),
        "LocalQueue",
        "tasks",
      )["spec"].fairSharing;
    expect(domains.map((domain) => weight(domain, "usage"))).toEqual([
      { weight: "1" },
      { weight: "1" },
      { weight: "1000" },
    ]);
    expect(domains.map((domain) => weight(domain, "priority"))).toEqual([undefined, undefined, undefined]);
  });
});

describe("PodTemplates", () => {
  test("are `tasks`, and one for each flavor that the team has quota of", () => {
    expect(names(objects, "PodTemplate")).toEqual([
      "tasks",
      "a100-own",
      "h100",
      "h100-dws",
      "h100-flex",
      "l4",
      "l4-ladder",
      "l4-spot",
    ]);
    expect(names(search, "PodTemplate")).toEqual(["tasks", "h100-dws", "l4"]);
  });

  const base = (name: string) => ({
    name,
    image: "registry.k8s.io/pause:3.10",
    securityContext: { allowPrivilegeEscalation: false },
  });

  test("`tasks` carries the queue and the domain's priority, and nothing about nodes", () => {
    expect(find(objects, "PodTemplate", "tasks")).toEqual({
      apiVersion: "v1",
      kind: "PodTemplate",
      metadata: { name: "tasks", namespace: "vision-development" },
      template: {
        metadata: {
          labels: {
            "kueue.x-k8s.io/queue-name": "tasks",
            "kueue.x-k8s.io/priority-class": "development",
          },
        },
        spec: {
          restartPolicy: "Never",
          securityContext: { seccompProfile: { type: "RuntimeDefault" } },
          initContainers: [base("default-init")],
          containers: [base("default")],
        },
      },
    });
  });

  test.each([
    ["l4", "tasks"],
    ["l4-spot", "tasks"],
    ["h100-flex", "tasks"],
    ["a100-own", "tasks"],
    ["h100-dws", "h100-dws"],
    ["l4-ladder", "l4-ladder"],
  ])("%s goes to the queue %s", (name, queue) => {
    expect(template(name).metadata.labels["kueue.x-k8s.io/queue-name"]).toBe(queue);
    expect(names(objects, "LocalQueue")).toContain(queue);
  });

  test("have the priority of their domain", () => {
    for (const name of names(search, "PodTemplate"))
      expect(template(name, search).metadata.labels["kueue.x-k8s.io/priority-class"]).toBe("production");
  });

  test.each([
    [
      "l4",
      {
        "cloud.google.com/gke-accelerator": "nvidia-l4",
        "cloud.google.com/gke-provisioning": "standard",
      },
      undefined,
    ],
    [
      "l4-spot",
      {
        "cloud.google.com/gke-accelerator": "nvidia-l4",
        "cloud.google.com/gke-provisioning": "spot",
        "cloud.google.com/gke-spot": "true",
      },
      [{ key: "cloud.google.com/gke-spot", operator: "Equal", value: "true", effect: "NoSchedule" }],
    ],
    [
      "h100-flex",
      {
        "cloud.google.com/gke-accelerator": "nvidia-h100-80gb",
        "cloud.google.com/gke-provisioning": "flex-start",
        "cloud.google.com/gke-flex-start": "true",
        "cloud.google.com/gke-max-run-duration-seconds": "43200",
      },
      [{ key: "cloud.google.com/gke-flex-start", operator: "Equal", value: "true", effect: "NoSchedule" }],
    ],
    [
      "h100-dws",
      {
        "cloud.google.com/gke-accelerator": "nvidia-h100-80gb",
        "cloud.google.com/gke-provisioning": "flex-start",
        "cloud.google.com/gke-flex-start": "true",
      },
      undefined,
    ],
    [
      "a100-own",
      {
        "cloud.google.com/gke-accelerator": "nvidia-a100-80gb",
        "cloud.google.com/gke-provisioning": "standard",
        "cloud.google.com/reservation-name": "a100-2026",
        "cloud.google.com/reservation-affinity": "specific",
      },
      [{ key: "flavor-of-pod-template", operator: "Equal", value: "a100-own", effect: "NoSchedule" }],
    ],
    ["l4-ladder", { "cloud.google.com/compute-class": "l4-ladder" }, undefined],
  ])("%s selects its nodes", (name, nodeSelector, tolerations) => {
    expect(template(name).spec.nodeSelector).toEqual(nodeSelector);
    expect(template(name).spec.tolerations).toEqual(tolerations);
  });

  test("state GPU or ComputeClass: Autopilot refuses a GPU pod without", () => {
    for (const name of names(objects, "PodTemplate").filter((one) => one !== "tasks"))
      expect(Object.keys(template(name).spec.nodeSelector).join()).toMatch(/gke-accelerator|compute-class/);
  });

  test("leave the GPU toleration to Kueue: Autopilot refuses it on a pod without a GPU", () => {
    for (const name of names(objects, "PodTemplate"))
      expect(JSON.stringify(template(name))).not.toContain("nvidia.com/gpu");
  });

  test("have the run limit of a queued flavor nowhere, that of flex-start in the selector alone", () => {
    expect(JSON.stringify(template("h100-dws"))).not.toMatch(/max-?run-?duration/i);
    expect(template("h100-flex").metadata).toEqual({
      labels: { "kueue.x-k8s.io/queue-name": "tasks", "kueue.x-k8s.io/priority-class": "development" },
    });
  });

  test("never ask for two ways to get a node", () => {
    for (const name of names(objects, "PodTemplate")) {
      const { nodeSelector = {} } = template(name).spec;
      const ways = ["gke-spot", "gke-flex-start", "reservation-name", "compute-class"].filter((key) =>
        Object.keys(nodeSelector).includes(`cloud.google.com/${key}`),
      );
      expect(ways.length).toBeLessThanOrEqual(1);
    }
  });
});

describe("a team without GPUs", () => {
  const etl = tenantObjects({ queues: cpuOnly, domains, team: "data", project: "etl", domain: "staging" });

  test("has no object about GPUs", () => {
    expect(JSON.stringify(etl)).not.toMatch(/gpu|nvidia|accelerator|spot|flex/i);
    expect(etl.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      "Namespace/etl-staging",
      "NetworkPolicy/only-from-this-namespace",
      "PodTemplate/tasks",
      "LocalQueue/tasks",
    ]);
  });
});

test("another team's flavors change nothing here", () => {
  const { research, product } = everyMode.teams;
  const teams = { research: research!, product: { ...product!, gpus: {} } };
  expect(tenantObjects({ queues: { ...everyMode, teams }, domains, ...vision })).toEqual(objects);
});

test("fails for a team that is not there", () => {
  expect(() => tenantObjects({ queues: everyMode, domains, ...vision, team: "nobody" })).toThrow(
    'team "nobody" is not in queues.teams',
  );
});

describe("an extended run time", () => {
  const flavors = { ...everyMode.flavors, l4: { ...everyMode.flavors["l4"]!, extendedRunTime: false } };
  const extended = tenantObjects({ queues: { ...everyMode, flavors }, domains, ...vision });
  const having = (all: typeof objects) =>
    names(all, "PodTemplate").filter((name) => {
      const { annotations } = (template(name, all) as Loose)["metadata"];
      return annotations?.["cluster-autoscaler.kubernetes.io/safe-to-evict"] === "false";
    });

  test("is what flavors have whose nodes GKE would upgrade: never Spot, nor what tasks on Spot share", () => {
    const upgraded = Object.entries(everyMode.flavors)
      .filter(([, { provisioning }]) => ["on-demand", "reservation"].includes(provisioning))
      .map(([name]) => name);
    expect(upgraded).toContain("l4");
    expect(having(objects).sort()).toEqual(upgraded.sort());
  });

  test("goes by one word", () => {
    expect(having(objects).filter((name) => !having(extended).includes(name))).toEqual(["l4"]);
  });
});
