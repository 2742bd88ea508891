import { jobCrd } from "../../../../constructs/addons/training/job-crds";
import { pytorchJob, tensorflowJob } from "../../../../constructs/addons/training/job-kinds";
import type { Attributes } from "../../../support/synth";

const crd = jobCrd(pytorchJob) as Attributes;
const [version] = crd["spec"].versions;

describe("the CRD of PyTorch's jobs", () => {
  test("has the names that the operator, Flyte and Kueue know", () => {
    expect(crd["metadata"].name).toBe("pytorchjobs.kubeflow.org");
    expect(crd["spec"]).toMatchObject({
      group: "kubeflow.org",
      scope: "Namespaced",
      names: {
        kind: "PyTorchJob",
        listKind: "PyTorchJobList",
        plural: "pytorchjobs",
        singular: "pytorchjob",
      },
    });
    expect(version).toMatchObject({ name: "v1", served: true, storage: true });
  });

  test("has a status that the operator writes apart from the spec, which Kueue suspends meanwhile", () =>
    expect(version.subresources).toEqual({ status: {} }));

  test("keeps every field that Flyte and Kueue write and it does not name", () => {
    const closed = objectsOf(version.schema.openAPIV3Schema).filter(
      ({ schema }) =>
        schema["x-kubernetes-preserve-unknown-fields"] !== true &&
        schema["additionalProperties"] === undefined,
    );
    // The root is Kubernetes' own, and so is what is in metadata.
    expect(closed.map(({ path }) => path)).toEqual(["", "metadata"]);
  });

  test("stays when the add-on goes: with it every job would", () =>
    expect(crd["metadata"].annotations).toEqual({ "helm.sh/resource-policy": "keep" }));
});

test("TensorFlow's jobs keep their pods under another key", () => {
  const { spec } = jobCrd(tensorflowJob) as Attributes;
  const { properties } = spec.versions[0].schema.openAPIV3Schema;
  expect(properties.spec.required).toEqual(["tfReplicaSpecs"]);
  expect(Object.keys(properties.spec.properties)).toEqual(["runPolicy", "tfReplicaSpecs"]);
});

interface Found {
  readonly path: string;
  readonly schema: Attributes;
}

/** Every object of a schema, by its path. */
function objectsOf(schema: Attributes, path = ""): Found[] {
  const inner = [
    ...Object.entries((schema["properties"] as Attributes | undefined) ?? {}),
    ...["items", "additionalProperties"].flatMap((key) => (schema[key] ? [["*", schema[key]] as const] : [])),
  ];
  const below = inner.flatMap(([key, each]) => objectsOf(each, path ? `${path}.${key}` : key));
  return schema["type"] === "object" ? [{ path, schema }, ...below] : below;
}
