import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KubeApi } from "../api/client";
import type { Manifest } from "../api/objects";
import { eventually } from "../objects/eventually";
import type { ManifestRelease } from "../objects/synthesised";
import type { Tools } from "../tools/build";
import { type ControlPlane, answers } from "./control-plane";

interface Deployment extends Manifest {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: readonly { readonly args?: readonly string[] }[] };
    };
  };
}

/** Where the operator looks for its webhook's certificate, of what it sees as /tmp. */
const CERTS = "k8s-webhook-server/serving-certs";

/** What it is told of where it runs; here it runs elsewhere. */
const PLACES = /^--(webhook-server-port|metrics-bind-address|health-probe-bind-address|leader-elect)\b/;

/** The real Training Operator, with the environment's own objects and flags. */
export async function startTrainingOperator(
  plane: ControlPlane,
  tools: Tools,
  releases: readonly ManifestRelease[],
): Promise<void> {
  const { api, workspace, ports, credentials } = plane;
  const manifests = releases.flatMap((release) =>
    release.manifests.map((manifest) => placed(manifest, release)),
  );
  const deployment = manifests.find(({ kind }) => kind === "Deployment") as unknown as Deployment | undefined;
  const secret = manifests.find(({ kind }) => kind === "Secret");
  if (!deployment || !secret || !tools.operators.training)
    throw new Error("the add-on training has no Deployment or no Secret, or its operator is not built");
  const { namespace = "" } = secret.metadata;
  await installed(api, namespace, manifests);
  const tmp = workspace.makeFolder("training-operator");
  copyFileSync(credentials.kubeconfig.training, join(tmp, "kubeconfig"));
  const operator = workspace.start(
    "training-operator",
    tools.operators.training,
    operatorFlags(
      deployment.spec.template.spec.containers[0]?.args ?? [],
      ports.training,
      ports.trainingHealth,
    ),
    { env: { KUBECONFIG: "/tmp/kubeconfig", MY_POD_NAMESPACE: namespace }, tmp },
  );
  await mountSecret(api, secret, join(tmp, CERTS));
  await operator.ready(() => answers(ports.trainingHealth, "/readyz"), 60_000);
}

/** The Deployment's own flags, at ports of this machine. */
export function operatorFlags(args: readonly string[], webhooks: number, health: number): string[] {
  return [
    ...args.filter((arg) => !PLACES.test(arg)),
    `--webhook-server-port=${webhooks}`,
    `--health-probe-bind-address=127.0.0.1:${health}`,
    "--metrics-bind-address=0",
  ];
}

/** Helm puts what names no namespace into the release's; the objects of a cluster are not asked. */
function placed(manifest: Manifest, { namespace }: ManifestRelease): Manifest {
  const clusterWide = /^(Cluster|CustomResourceDefinition|Validating|Mutating)/.test(manifest.kind);
  return clusterWide ? manifest : { ...manifest, metadata: { namespace, ...manifest.metadata } };
}

/**
 * Everything but what is played by a process here. The operator's webhook has a certificate for its Service's name, which
 * nobody can call without a network: it is there for the operator, and judges no namespace.
 */
async function installed(api: KubeApi, namespace: string, manifests: readonly Manifest[]): Promise<void> {
  await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  // Policies are installed with the others, when there are namespaces that they judge.
  const elsewhere = /^(Deployment|Service)$|AdmissionPolicy/;
  for (const manifest of manifests.filter(({ kind }) => !elsewhere.test(kind)))
    await api.create(manifest.kind === "ValidatingWebhookConfiguration" ? asleep(manifest) : manifest);
}

function asleep(configuration: Manifest): Manifest {
  const webhooks = configuration["webhooks"] as readonly object[];
  const namespaceSelector = { matchLabels: { "rehearsal/judged": "nobody" } };
  return { ...configuration, webhooks: webhooks.map((webhook) => ({ ...webhook, namespaceSelector })) };
}

/** What kubelet does: the Secret that the operator fills becomes the files that it waits for. */
async function mountSecret(api: KubeApi, { metadata }: Manifest, folder: string): Promise<void> {
  const path = `/api/v1/namespaces/${metadata.namespace}/secrets/${metadata.name}`;
  let data: Readonly<Record<string, string>> = {};
  await eventually("the certificate of the operator's webhook", async () => {
    ({ data = {} } = await api.get<{ data?: Readonly<Record<string, string>> }>(path));
    return "tls.crt" in data;
  });
  mkdirSync(folder, { recursive: true });
  for (const [name, value] of Object.entries(data))
    writeFileSync(join(folder, name), Buffer.from(value, "base64"), { mode: 0o600 });
}
