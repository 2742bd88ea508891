import { type ImageSources, pulledName } from "../../images";

export interface WebhookGateProps {
  /** Name of each object of the gate. */
  readonly name: string;

  /** Namespace of the release that the gate stands in front of, never one that Kueue manages. */
  readonly namespace: string;

  /**
   * Where its image is pulled from, and what it is held to.
   *
   * @default - registry.k8s.io, by tag
   */
  readonly images?: ImageSources;
}

/** kubectl and nothing else: no shell. */
export const gateImage = "registry.k8s.io/kubectl:v1.36.0";

/**
 * Manifests to put first into a release of queue objects: Helm runs them before it touches the others, and goes on
 * only when Kueue's webhooks really answer.
 *
 * Kueue's pods are Ready some seconds before the API server reaches their webhook (kueue#13036). An object created in
 * that window is refused, and Helm tries nothing twice; a Job does. It asks for a flavor that is judged by the
 * webhooks and never stored. When it gives up, its pods stay, and `kubectl logs` of them says what was refused.
 */
export function webhookGate(props: WebhookGateProps): object[] {
  const { name } = props;
  const before = { namespace: props.namespace, annotations: hook("-1") };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, ...before } },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name, annotations: hook("-1") },
      rules: [{ apiGroups: ["kueue.x-k8s.io"], resources: ["resourceflavors"], verbs: ["create"] }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name, annotations: hook("-1") },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace: props.namespace }],
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name, ...before },
      data: { "flavor.json": JSON.stringify(probe(name)) },
    },
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name, namespace: props.namespace, annotations: hook("0") },
      spec: {
        // Autopilot may have to add a node first. Tries after 10 s, 20 s, 40 s … and over before Helm stops waiting (600 s).
        backoffLimit: 6,
        activeDeadlineSeconds: 540,
        template: { spec: pod(props) },
      },
    },
  ];
}

function hook(weight: string) {
  return {
    "helm.sh/hook": "pre-install,pre-upgrade",
    "helm.sh/hook-weight": weight,
    "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
  };
}

/** Both of Kueue's webhooks for flavors must answer, with the same server and certificate as all others. */
function probe(name: string) {
  return { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "ResourceFlavor", metadata: { name }, spec: {} };
}

const resources = { cpu: "250m", memory: "512Mi", "ephemeral-storage": "100Mi" } as const;

function pod({ name, images }: WebhookGateProps) {
  return {
    serviceAccountName: name,
    // A failed pod stays, with its log; a restarted one would be gone when the Job gives up.
    restartPolicy: "Never",
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "probe",
        image: pulledName(gateImage, images),
        args: ["create", "--dry-run=server", "--validate=false", "--filename=/probe/flavor.json"],
        resources: { requests: resources, limits: resources },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [{ name: "probe", mountPath: "/probe", readOnly: true }],
      },
    ],
    volumes: [{ name: "probe", configMap: { name } }],
  };
}
