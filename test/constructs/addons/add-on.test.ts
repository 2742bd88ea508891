import { type AddOn, sumOf } from "../../../constructs/addons/add-on";
import { addOnsOf, sumOfAddOns } from "../../../constructs/addons/all";

const first: AddOn = {
  services: ["aiplatform", "dataproc"],
  cluster: { rayOperator: true },
  controlPlanePorts: [9443, 10443],
  flyte: {
    taskTypes: { pytorch: ["pytorch"] },
    config: { "kf-operator": { timeout: "168h" } },
    kinds: [{ apiGroup: "kubeflow.org", resources: ["pytorchjobs"] }],
  },
  frameworks: ["kubeflow.org/pytorchjob"],
};

const second: AddOn = {
  services: ["dataproc"],
  controlPlanePorts: [8443, 9443],
  flyte: { taskTypes: { spark: ["spark"] } },
  frameworks: ["kubeflow.org/tfjob"],
};

describe("the sum of add-ons", () => {
  test("is empty when nobody says anything", () => {
    expect(sumOf([])).toEqual({
      services: [],
      cluster: {},
      controlPlanePorts: [],
      flyte: { taskTypes: {}, config: {}, kinds: [] },
      frameworks: [],
    });
  });

  test("holds what both say, and what both say alike once", () => {
    expect(sumOf([first, second])).toEqual({
      services: ["aiplatform", "dataproc"],
      cluster: { rayOperator: true },
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
  test("has the API server reach Kueue's webhooks, its visibility server and Flyte's webhook", () =>
    expect(sumOfAddOns({}).controlPlanePorts).toEqual([8082, 9443]));

  test("has only the add-ons that are named", () => expect(addOnsOf({})).toEqual([]));
});
