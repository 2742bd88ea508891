import type { Manifest } from "../../kubernetes/manifest";
import { tenantNamespaceLabels } from "../../kueue/objects/tenant-namespace";
import { amountsOf } from "../seen";
import { type JobKind, TRAINING_GROUP } from "./job-kinds";
import { OPERATOR, operatorRights } from "./operator-rights";

/** Port of the operator's webhooks: its own default, behind 443 of its Service. */
export const TRAINING_WEBHOOK_PORT = 9443;

/** The operator looks for the configuration of that name, and writes its certificate into it. */
const WEBHOOKS = "validator.training-operator.kubeflow.org";
const SECRET = `${OPERATOR}-webhook-cert`;

/** Of distroless images' user `nonroot`: the operator's own names none. */
const NONROOT = 65532;

export const operatorAmounts = { cpu: 0.25, memoryGib: 0.5 };

export interface OperatorProps {
  readonly namespace: string;
  readonly kinds: readonly JobKind[];
  /** Image of the operator. */
  readonly image: string;
  /** Image that waits in a worker's pod until its master has a name. Of jobs with a master only. */
  readonly initImage: string;
}

/**
 * The Training Operator without the CRDs: upstream has no chart. Its certificate appears in the Secret, and its CA in the
 * webhooks, when it runs; Helm leaves alone what it did not write.
 *
 * @see github.com/kubeflow/training-operator, manifests/overlays/standalone (v1.9.4)
 */
export function operatorObjects(props: OperatorProps): Manifest[] {
  const { namespace, kinds } = props;
  return [
    ...operatorRights(namespace, kinds, WEBHOOKS),
    { apiVersion: "v1", kind: "Secret", metadata: { name: SECRET, namespace }, type: "Opaque" },
    service(namespace),
    webhooks(namespace, kinds),
    deployment(props),
  ];
}

const labels = { "app.kubernetes.io/name": OPERATOR };

function service(namespace: string): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: OPERATOR, namespace, labels },
    spec: {
      selector: labels,
      ports: [
        { name: "metrics", port: 8080, targetPort: 8080 },
        { name: "webhook-server", port: 443, targetPort: TRAINING_WEBHOOK_PORT },
      ],
    },
  };
}

/** Of jobs in the namespaces of tasks: nowhere else may the operator make pods. */
function webhooks(namespace: string, kinds: readonly JobKind[]): Manifest {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: WEBHOOKS, labels },
    webhooks: kinds.map(({ kind, plural }) => ({
      name: `validator.${kind.toLowerCase()}.training-operator.kubeflow.org`,
      admissionReviewVersions: ["v1"],
      clientConfig: {
        service: {
          name: OPERATOR,
          namespace,
          path: `/validate-kubeflow-org-v1-${kind.toLowerCase()}`,
          port: 443,
        },
      },
      failurePolicy: "Fail",
      sideEffects: "None",
      namespaceSelector: { matchLabels: { "kueue-managed": tenantNamespaceLabels["kueue-managed"] } },
      rules: [
        {
          apiGroups: [TRAINING_GROUP],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: [plural],
        },
      ],
    })),
  };
}

function deployment(props: OperatorProps): Manifest {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: OPERATOR, namespace: props.namespace, labels },
    spec: {
      replicas: 1,
      // Two at a time would both make the pods of a job.
      strategy: { type: "Recreate" },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: OPERATOR,
          terminationGracePeriodSeconds: 10,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: NONROOT,
            runAsGroup: NONROOT,
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [container(props)],
          volumes: [{ name: "cert", secret: { secretName: SECRET } }],
        },
      },
    },
  };
}

function container({ kinds, image, initImage }: OperatorProps) {
  const probe = (path: string) => ({ httpGet: { path, port: 8081 }, timeoutSeconds: 3 });
  return {
    name: OPERATOR,
    image,
    command: ["/manager"],
    args: [
      // An enabled kind without its CRD stops the operator, and so does the default: all kinds.
      ...kinds.map(({ kind }) => `--enable-scheme=${kind.toLowerCase()}`),
      // Else an image of Docker Hub that is ten years old.
      `--pytorch-init-container-image=${initImage}`,
      "--zap-devel=false",
    ],
    env: [{ name: "MY_POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } }],
    ports: [
      { name: "metrics", containerPort: 8080 },
      { name: "webhook-server", containerPort: TRAINING_WEBHOOK_PORT },
    ],
    resources: amountsOf(operatorAmounts),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    livenessProbe: { ...probe("/healthz"), initialDelaySeconds: 15, periodSeconds: 20 },
    readinessProbe: { ...probe("/readyz"), initialDelaySeconds: 10, periodSeconds: 15 },
    // The path is fixed in the operator.
    volumeMounts: [{ name: "cert", mountPath: "/tmp/k8s-webhook-server/serving-certs", readOnly: true }],
  };
}
