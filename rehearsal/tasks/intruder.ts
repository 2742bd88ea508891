import type { KubeApi } from "../api/client";
import { ApiError } from "../api/errors";
import type { KubeObject, Manifest, Pod } from "../api/objects";
import { QUEUE_LABEL } from "../../constructs/kueue/objects/local-queues";
import { TASKS } from "../../constructs/kueue/names";
import type { Deed } from "../scenarios/scenario";

/** A pod that waits in its queue as long as the intruder needs it, since it asks for more than any queue has. */
export const WAITING_POD = "waits";

/** A Job that waits likewise. */
export const WAITING_JOB = "waits";

const USER = "intruder";

/**
 * Somebody with Kubernetes' own `edit` in a namespace, which is more than the platform gives to anybody. Nothing of what
 * he does stays, or the next deed would meet another world: every wall judges a trial as it judges the act.
 */
export async function intrude(
  api: KubeApi,
  namespace: string,
  deeds: readonly Deed[],
): Promise<Record<string, string | undefined>> {
  if (deeds.length === 0) return {};
  await api.create(editor(namespace));
  const waiting = [waitingPod(namespace), waitingJob(namespace)];
  for (const object of waiting) await api.create<KubeObject>(object);
  const intruder = api.as(USER);
  const answers: Record<string, string | undefined> = {};
  for (const deed of deeds) answers[deed.name] = await answer(intruder, namespace, deed);
  intruder.close();
  for (const object of waiting) await api.remove(object, 0);
  return answers;
}

async function answer(api: KubeApi, namespace: string, deed: Deed): Promise<string | undefined> {
  const object = { ...deed.object, metadata: { ...deed.object.metadata, namespace } };
  const done =
    deed.does === "create"
      ? api.tryCreate(object)
      : deed.does === "delete"
        ? api.tryRemove(object)
        : api.tryPatch(object, deed.change, deed.subresource);
  return done.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ApiError) return error.said;
      throw error;
    },
  );
}

function editor(namespace: string) {
  const apiGroup = "rbac.authorization.k8s.io";
  return {
    apiVersion: `${apiGroup}/v1`,
    kind: "RoleBinding",
    metadata: { name: USER, namespace },
    roleRef: { apiGroup, kind: "ClusterRole", name: "edit" },
    subjects: [{ apiGroup, kind: "User", name: USER }],
  };
}

function waitingPod(namespace: string): Pod {
  const metadata = { name: WAITING_POD, namespace, labels: inQueue };
  return { apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [container] } };
}

function waitingJob(namespace: string): Manifest {
  const metadata = { name: WAITING_JOB, namespace, labels: inQueue };
  const template = { spec: { restartPolicy: "Never", containers: [container] } };
  return { apiVersion: "batch/v1", kind: "Job", metadata, spec: { suspend: true, template } };
}

const inQueue = { [QUEUE_LABEL]: TASKS };
const quantities = { cpu: "100000", memory: "1Gi", "ephemeral-storage": "1Gi" };
const container = {
  name: "task",
  image: "ghcr.io/flyteorg/flytekit:py3.12-latest",
  securityContext: { allowPrivilegeEscalation: false },
  resources: { requests: quantities, limits: quantities },
};
