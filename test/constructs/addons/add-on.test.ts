import { type AddOn, sumOf } from "../../../constructs/addons/add-on";
import { flyteControlPlanePorts } from "../../../constructs/flyte/control-plane-ports";
import { refusedTasks } from "../../../constructs/addons/tasks-without-add-on";
import { type AddOnSections, sumOfAddOns } from "../../../constructs/addons/all";

const account = (name: string, namespace: string) => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name, namespace },
});

const operator = {
  title: "Training Operator",
  does: "makes pods",
  namespace: "training",
  deployment: "operator",
  cpu: 0.25,
  memoryGib: 0.5,
};

const first: AddOn = {
  services: ["aiplatform", "dataproc"],
  controlPlanePorts: [9443, 10443],
  flyte: {
    taskTypes: { pytorch: ["pytorch"] },
    config: { "kf-operator": { timeout: "168h" } },
    kinds: [{ apiGroup: "kubeflow.org", resources: ["pytorchjobs"] }],
  },
  frameworks: ["kubeflow.org/pytorchjob"],
  namespaces: ["training"],
  releases: [{ name: "operator", namespace: "training", manifests: [] }],
  tenant: (namespace) => [account("first", namespace)],
  images: ["docker.io/library/alpine:3.21.3"],
  podTemplates: [{ apiGroup: "kubeflow.org", resource: "pytorchjobs", templates: "object.spec.a" }],
  grants: { history: { namespace: "spark", account: "history", buckets: { data: ["roles/a"] } } },
  seen: {
    operators: [operator],
    served: [{ group: "kubeflow.org", version: "v1", resource: "pytorchjobs" }],
  },
};

const second: AddOn = {
  services: ["dataproc"],
  controlPlanePorts: [8443, 9443],
  flyte: { taskTypes: { spark: ["spark"] } },
  frameworks: ["kubeflow.org/tfjob"],
  namespaces: ["spark"],
  releases: [{ name: "spark", namespace: "spark", manifests: [] }],
  tenant: (namespace) => [account("second", namespace)],
  images: ["docker.io/library/alpine:3.21.3"],
  podTemplates: [{ apiGroup: "spark", resource: "sparkapplications", templates: "object.spec.b" }],
  walls: [{ name: "wall-second", judges: [], validations: [] }],
  podMakers: ["spark"],
  apiClients: [{ name: "drivers", labels: { role: "driver" } }],
  grants: { metrics: { namespace: "spark", account: "metrics", buckets: {} } },
  seen: { operators: [{ ...operator, deployment: "spark" }] },
};

const withoutFlyte = {
  services: [],
  controlPlanePorts: [],
  namespaces: [],
  releases: [],
  frameworks: [],
  images: [],
  podTemplates: [],
  walls: [],
  podMakers: [],
  apiClients: [],
  grants: {},
  seen: { operators: [], served: [] },
};
const empty = { ...withoutFlyte, flyte: { taskTypes: {}, config: {}, kinds: [] } };

describe("the sum of add-ons", () => {
  test("is empty when nobody says anything", () => {
    const sum = sumOf([]);
    expect(sum).toEqual({ ...empty, tenant: expect.any(Function) });
    expect(sum.tenant("vision-development")).toEqual([]);
  });

  test("holds what both say, and what both say alike once", () => {
    const sum = sumOf([first, second]);
    expect(sum.tenant("a").map(({ metadata }) => metadata)).toEqual([
      { name: "first", namespace: "a" },
      { name: "second", namespace: "a" },
    ]);
    expect(sum).toEqual({
      tenant: expect.any(Function),
      namespaces: ["training", "spark"],
      releases: [...(first.releases ?? []), ...(second.releases ?? [])],
      images: ["docker.io/library/alpine:3.21.3"],
      podTemplates: [...(first.podTemplates ?? []), ...(second.podTemplates ?? [])],
      walls: second.walls,
      podMakers: ["spark"],
      apiClients: second.apiClients,
      grants: { ...first.grants, ...second.grants },
      seen: {
        operators: [operator, { ...operator, deployment: "spark" }],
        served: first.seen?.served,
      },
      services: ["aiplatform", "dataproc"],
      controlPlanePorts: [8443, 9443, 10443],
      flyte: {
        taskTypes: { pytorch: ["pytorch"], spark: ["spark"] },
        config: { "kf-operator": { timeout: "168h" } },
        kinds: [{ apiGroup: "kubeflow.org", resources: ["pytorchjobs"] }],
      },
      frameworks: ["kubeflow.org/pytorchjob", "kubeflow.org/tfjob"],
    });
  });
});

describe("the platform", () => {
  test("has the API server reach Kueue's webhooks and its visibility server; Flyte's webhook, where it is on, too", () => {
    expect(sumOfAddOns({}).controlPlanePorts).toEqual([8082, 9443]);
    expect(flyteControlPlanePorts(false)).toEqual([]);
    expect(flyteControlPlanePorts(true)).toEqual([9443]);
  });

  test("says nothing else without add-ons, but for the tasks that then fail", () => {
    const { flyte, ...rest } = sumOfAddOns({});
    expect(rest).toEqual({ ...withoutFlyte, controlPlanePorts: [8082, 9443], tenant: expect.any(Function) });
    expect({ ...flyte, config: Object.keys(flyte.config) }).toEqual({
      taskTypes: {},
      kinds: [],
      config: ["connector-service"],
    });
  });
});

describe("a task whose add-on is off", () => {
  const refused = (sections: AddOnSections) =>
    sumOfAddOns(sections).flyte.config["connector-service"] as {
      supportedTaskTypes: string[];
      defaultConnector: { endpoint: string };
    };

  test("fails with the name of its switch, instead of running as one plain pod", () => {
    const { "connector-service": refusal } = refusedTasks(["spark"], ["training", "ray", "spark"]);
    expect(refusal).toEqual({
      supportedTaskTypes: ["pytorch", "tensorflow", "ray", "dask", "mpi"],
      pollInterval: "1h",
      defaultConnector: {
        endpoint:
          "passthrough:///this environment does not run tasks of this type; in the environment's file " +
          "pytorch needs addOns.training, tensorflow needs addOns.training.tensorflow, ray needs addOns.ray; " +
          "no add-on runs dask, mpi, see docs/gangs.md",
        insecure: true,
      },
    });
    expect(refused({}).defaultConnector.endpoint).toContain("pytorch needs addOns.training");
  });

  test("is served by nobody else: Flyte does not start with two plugins for one type", () => {
    expect(refused({ training: { tensorflow: false }, ray: {} }).supportedTaskTypes).toEqual([
      "tensorflow",
      "spark",
      "dask",
      "mpi",
    ]);
    expect(refused({ training: { tensorflow: true } }).supportedTaskTypes).toEqual([
      "ray",
      "spark",
      "dask",
      "mpi",
    ]);
  });

  test("is told in a sentence that is an address to gRPC: no colon, and nothing that ends a path", () => {
    const [, sentence = ""] = refused({}).defaultConnector.endpoint.split("passthrough:///");
    expect(sentence).toMatch(/^[^:?#%{}]+$/);
  });
});
