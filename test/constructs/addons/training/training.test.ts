import { training, type TrainingSection } from "../../../../constructs/addons/training/training";
import type { Attributes } from "../../../support/synth";

const mirrors = { "ghcr.io": "eu.pkg.dev/acme/ghcr", "docker.io": "eu.pkg.dev/acme/docker" };
const context = {
  project: "acme-ml",
  mirrors,
  releaseChannel: "REGULAR",
  queuedFlavors: ["h100-dws"],
  tenants: [],
} as const;
const on = training({ tensorflow: false }, context);
const both = training({ tensorflow: true }, { ...context, mirrors: {} });

/** The objects of the operator's release, of one kind. */
function objects(addOn: typeof on, kind: string): Attributes[] {
  const release = addOn.releases?.find(({ name }) => name === "training-operator");
  return (release?.manifests ?? []).filter((manifest) => manifest.kind === kind) as Attributes[];
}

const pod = (addOn: typeof on) => objects(addOn, "Deployment")[0]!["spec"].template.spec;

describe("training", () => {
  test("is PyTorch's jobs, for Flyte, for Kueue and for the operator alike", () => {
    expect(on.flyte?.taskTypes).toEqual({ pytorch: ["pytorch"] });
    expect(on.flyte?.kinds).toEqual([{ apiGroup: "kubeflow.org", resources: ["pytorchjobs"] }]);
    expect(on.frameworks).toEqual(["kubeflow.org/pytorchjob"]);
    expect(pod(on).containers[0].args).toContain("--enable-scheme=pytorchjob");
    expect(pod(on).containers[0].args).not.toContain("--enable-scheme=tfjob");
  });

  test("is TensorFlow's beside them when asked for", () => {
    expect(both.flyte?.taskTypes).toEqual({ pytorch: ["pytorch"], tensorflow: ["tensorflow"] });
    expect(both.flyte?.kinds).toEqual([{ apiGroup: "kubeflow.org", resources: ["pytorchjobs", "tfjobs"] }]);
    expect(both.frameworks).toEqual(["kubeflow.org/pytorchjob", "kubeflow.org/tfjob"]);
    expect(both.releases?.[0]?.manifests?.map(({ metadata }) => metadata.name)).toEqual([
      "pytorchjobs.kubeflow.org",
      "tfjobs.kubeflow.org",
    ]);
    expect(objects(both, "ValidatingWebhookConfiguration")[0]!["webhooks"]).toHaveLength(2);
  });

  test("says where each kind of job has its pods' templates", () =>
    expect(
      both.podTemplates?.map(({ resource, templates }) => [
        resource,
        /object\.spec\.(\w+)/.exec(templates)![1],
      ]),
    ).toEqual([
      ["pytorchjobs", "pytorchReplicaSpecs"],
      ["tfjobs", "tfReplicaSpecs"],
    ]));

  test("has Flyte wait for a job's pods as long as any queue is", () =>
    expect(on.flyte?.config).toEqual({ "kf-operator": { timeout: "8760h" } }));

  test("has its CRDs there before its operator, which stops without one", () =>
    expect(on.releases?.map(({ name, after }) => [name, after])).toEqual([
      ["training-crds", undefined],
      ["training-policies", ["training-crds"]],
      ["training-operator", ["training-crds"]],
    ]));

  test("takes its images through the mirrors, that of the pods of tasks included", () => {
    expect(pod(on).containers[0].image).toBe(
      "eu.pkg.dev/acme/ghcr/kubeflow/training-v1/training-operator:v1-93c5489",
    );
    expect(pod(on).containers[0].args).toContain(
      "--pytorch-init-container-image=eu.pkg.dev/acme/docker/library/alpine:3.21.3",
    );
    expect(on.images).toEqual(["eu.pkg.dev/acme/docker/library/alpine:3.21.3"]);
  });

  test("takes them from their own registries without mirrors, and lets the pods of tasks run that one", () => {
    expect(pod(both).containers[0].image).toMatch(/^ghcr\.io\/kubeflow\//);
    expect(both.images).toEqual(["docker.io/library/alpine:3.21.3"]);
  });
});

describe("what is seen of it", () => {
  test("is its Deployment, as large as that is", () => {
    const [operator] = on.seen?.operators ?? [];
    const [deployment] = objects(on, "Deployment");
    expect(deployment!["metadata"]).toMatchObject({
      name: operator!.deployment,
      namespace: operator!.namespace,
    });
    expect(pod(on).containers[0].resources.requests).toEqual({
      cpu: `${operator!.cpu * 1000}m`,
      memory: `${operator!.memoryGib * 1024}Mi`,
      "ephemeral-storage": "1Gi",
    });
  });

  test("are its kinds, and the API server's own where that copies labels", () => {
    const names = (addOn: typeof on) =>
      addOn.seen?.served?.map(({ group, resource }) => `${resource}.${group}`);
    const crds = both.releases?.find(({ name }) => name === "training-crds")?.manifests ?? [];
    expect(names(both)).toEqual(crds.map(({ metadata }) => metadata.name));
    expect(names(training({ tensorflow: false, queueLabels: "copied" }, context))).toEqual([
      "pytorchjobs.kubeflow.org",
      "mutatingadmissionpolicies.admissionregistration.k8s.io",
    ]);
  });
});

describe("queue and priority of a job", () => {
  const kinds = (section: TrainingSection, releaseChannel: "RAPID" | "REGULAR") =>
    training(section, { ...context, releaseChannel })
      .releases?.find(({ name }) => name === "training-policies")
      ?.manifests?.map(({ kind }) => kind);

  test("are copied where Kubernetes 1.36 has arrived, and written by the author elsewhere", () => {
    expect(kinds({ tensorflow: false }, "RAPID")).toContain("MutatingAdmissionPolicy");
    expect(kinds({ tensorflow: false }, "REGULAR")).not.toContain("MutatingAdmissionPolicy");
  });

  test("are copied or written as the environment says", () => {
    expect(kinds({ tensorflow: false, queueLabels: "copied" }, "REGULAR")).toContain(
      "MutatingAdmissionPolicy",
    );
    expect(kinds({ tensorflow: false, queueLabels: "written" }, "RAPID")).not.toContain(
      "MutatingAdmissionPolicy",
    );
  });
});

describe("the operator", () => {
  test("runs on Autopilot, and where Pod Security restricts", () => {
    const { securityContext, containers } = pod(on);
    expect(securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(containers).toHaveLength(1);
    expect(containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(containers[0].resources.limits).toEqual(containers[0].resources.requests);
  });

  test("is reached by the API server where the firewall lets it", () => {
    const [service] = objects(on, "Service");
    const ports = service!["spec"].ports as Attributes[];
    const [webhook] = objects(on, "ValidatingWebhookConfiguration")[0]!["webhooks"];
    const called = ports.find(({ port }) => port === webhook.clientConfig.service.port);
    expect(webhook.clientConfig.service).toMatchObject({
      name: service!["metadata"].name,
      namespace: service!["metadata"].namespace,
    });
    expect(on.controlPlanePorts).toEqual([called!["targetPort"]]);
    expect(pod(on).containers[0].ports).toContainEqual({ name: "webhook-server", containerPort: 9443 });
  });

  test("judges jobs of tasks alone, so that nobody else waits for it", () => {
    for (const { namespaceSelector } of objects(both, "ValidatingWebhookConfiguration")[0]!["webhooks"])
      expect(namespaceSelector).toEqual({ matchLabels: { "kueue-managed": "true" } });
  });

  test("finds its certificate where it looks for it, in a Secret without data of ours", () => {
    const [secret] = objects(on, "Secret");
    expect(secret).not.toHaveProperty("data");
    expect(pod(on).volumes).toEqual([{ name: "cert", secret: { secretName: secret!["metadata"].name } }]);
    expect(pod(on).containers[0].volumeMounts[0].mountPath).toBe("/tmp/k8s-webhook-server/serving-certs");
  });

  test("may not make pods, read secrets or run commands anywhere in the cluster", () => {
    const cluster = objects(on, "ClusterRole").find(({ metadata }) => metadata.name === "training-operator");
    const changing = ["create", "delete", "patch", "update", "*"];
    const core = (cluster!["rules"] as Attributes[]).filter(({ apiGroups }) => apiGroups.includes(""));
    expect(core).toEqual([
      { apiGroups: [""], resources: ["pods", "services"], verbs: ["get", "list", "watch"] },
    ]);
    const hooks = (cluster!["rules"] as Attributes[]).filter(
      ({ resources, verbs }) =>
        resources.includes("validatingwebhookconfigurations") &&
        verbs.some((verb: string) => changing.includes(verb)),
    );
    expect(hooks.map(({ resourceNames }) => resourceNames)).toEqual([
      ["validator.training-operator.kubeflow.org"],
    ]);
  });

  test("makes pods in the namespaces of tasks, by a role that is bound in each", () => {
    const [bound] = [...(on.tenant?.("vision-development") ?? [])] as Attributes[];
    expect(bound).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "training-operator", namespace: "vision-development" },
      roleRef: {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "ClusterRole",
        name: "training-operator-tasks",
      },
      subjects: [{ kind: "ServiceAccount", name: "training-operator", namespace: "training-operator" }],
    });
    const roles = objects(on, "ClusterRole").map(({ metadata }) => metadata.name);
    expect(roles).toContain(bound!["roleRef"].name);
    const accounts = objects(on, "ServiceAccount").map(({ metadata: { name, namespace } }) => ({
      kind: "ServiceAccount",
      name,
      namespace,
    }));
    expect(bound!["subjects"]).toEqual(accounts);
  });
});
