import type { ImageSources } from "../../../../constructs/images";
import { webhookGate } from "../../../../constructs/kueue/controller/webhook-gate";

/** What the tests look at; the rest of a manifest is Kubernetes' own. */
interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string; annotations: Record<string, string> };
  data?: Record<string, string>;
  rules?: object[];
  subjects?: object[];
  spec: {
    backoffLimit: number;
    activeDeadlineSeconds: number;
    template: { spec: { containers: Record<string, unknown>[]; [key: string]: unknown } };
  };
}

const gate = (images?: ImageSources) =>
  webhookGate({ name: "kueue-webhook-gate", namespace: "kueue-system", images }) as Manifest[];
const ofKind = (kind: string) => gate().find((manifest) => manifest.kind === kind)!;

describe("the gate before queue objects", () => {
  test("is run by Helm before an install and before an upgrade, the Job last, and cleared away when passed", () => {
    expect(gate().map(({ kind, metadata }) => [kind, metadata.annotations["helm.sh/hook-weight"]])).toEqual([
      ["ServiceAccount", "-1"],
      ["ClusterRole", "-1"],
      ["ClusterRoleBinding", "-1"],
      ["ConfigMap", "-1"],
      ["Job", "0"],
    ]);
    for (const { metadata } of gate())
      expect(metadata).toMatchObject({
        name: "kueue-webhook-gate",
        annotations: {
          "helm.sh/hook": "pre-install,pre-upgrade",
          "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
        },
      });
  });

  test("asks for a flavor that is judged and never stored", () => {
    const [probe] = ofKind("Job").spec.template.spec.containers;
    expect(probe).toMatchObject({
      image: "registry.k8s.io/kubectl:v1.36.0",
      args: ["create", "--dry-run=server", "--validate=false", "--filename=/probe/flavor.json"],
      volumeMounts: [{ name: "probe", mountPath: "/probe", readOnly: true }],
    });
    expect(JSON.parse(ofKind("ConfigMap").data!["flavor.json"]!)).toEqual({
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "ResourceFlavor",
      metadata: { name: "kueue-webhook-gate" },
      spec: {},
    });
  });

  test("may create flavors and nothing else", () => {
    expect(ofKind("ClusterRole").rules).toEqual([
      { apiGroups: ["kueue.x-k8s.io"], resources: ["resourceflavors"], verbs: ["create"] },
    ]);
    expect(ofKind("ClusterRoleBinding").subjects).toEqual([
      { kind: "ServiceAccount", name: "kueue-webhook-gate", namespace: "kueue-system" },
    ]);
  });

  test("tries again, keeps the pods that failed, and gives up before Helm does", () => {
    const { spec } = ofKind("Job");
    expect(spec.backoffLimit).toBe(6);
    expect(spec.template.spec["restartPolicy"]).toBe("Never");
    expect(spec.activeDeadlineSeconds).toBeLessThan(600);
  });

  test("runs in a restricted namespace of Autopilot", () => {
    const { containers, securityContext } = ofKind("Job").spec.template.spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(containers[0]).toMatchObject({
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      resources: {
        requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "100Mi" },
        limits: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "100Mi" },
      },
    });
  });

  test("pulls kubectl through a mirror, held to its digest", () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const job = gate({
      mirrors: { "registry.k8s.io": "europe-west4-docker.pkg.dev/acme-ml/flyte-dev-k8s-io" },
      digests: { "registry.k8s.io/kubectl:v1.36.0": digest },
    }).at(-1)!;
    expect(job.spec.template.spec.containers[0]).toMatchObject({
      image: `europe-west4-docker.pkg.dev/acme-ml/flyte-dev-k8s-io/kubectl:v1.36.0@${digest}`,
    });
  });
});
