import { systemRetries } from "../../../constructs/flyte/config/propeller";
import type { KubernetesClient } from "../google/kubernetes";
import { listAll } from "../google/list-all";
import type { Diagnosis } from "./diagnosis";

/** From this many on it looks less like bad luck than like a program that crashes. */
const SUSPICIOUS = 3;
/** Lines; the rest is counted. */
const MOST = 10;

/** Small numbers, `item` bits each with the highest first, in words of 32 bits (flytestdlib/bitarray/compact_array.go). */
interface CompactArray {
  readonly BitSet?: readonly number[];
  readonly item?: number;
  readonly count?: number;
}

/** What Flyte's engine notes of a node (flytepropeller/pkg/apis/flyteworkflow/v1alpha1/node_status.go, v1.16.8). */
interface NodeStatus {
  readonly systemFailures?: number;
  readonly subNodeStatus?: Readonly<Record<string, NodeStatus>>;
  readonly arrayNodeStatus?: { readonly subsysfailures?: CompactArray };
}

interface Execution {
  readonly status?: { readonly nodeStatus?: Readonly<Record<string, NodeStatus>> };
}

interface Attempts {
  readonly node: string;
  readonly failures: number;
}

/** Nodes of running executions that Flyte repeats on its own account, the most often repeated first. */
export async function repeatedNodes(kubernetes: KubernetesClient): Promise<Diagnosis[]> {
  const executions = await listAll<Execution>(kubernetes, "/apis/flyte.lyft.com/v1alpha1/flyteworkflows", {
    labelSelector: "termination-status!=terminated",
  });
  const found = executions
    .flatMap(({ metadata: { namespace = "", name }, status }) =>
      attemptsOf(status?.nodeStatus).map((each) => ({ namespace, name, ...each })),
    )
    .filter(({ failures }) => failures >= SUSPICIOUS)
    .sort((a, b) => b.failures - a.failures);
  const lines = found.slice(0, MOST).map(({ namespace, name, node, failures }): Diagnosis => ({
    part: "tasks",
    subject: `${namespace}/${name} ${node}`,
    level: "warning",
    text: `failed ${failures} times for what Flyte takes for the system's failure, and is repeated ${systemRetries} times: lost nodes, or a program that crashes`,
    fix: `kubectl get pods --namespace ${namespace} --selector execution-id=${name} --output wide; a crash ends in Error with an exit code: abort the execution`,
  }));
  const rest = found.length - lines.length;
  return rest > 0
    ? [
        ...lines,
        { part: "tasks", subject: `${rest} more nodes`, level: "warning", text: "are repeated as often" },
      ]
    : lines;
}

/** Nodes below nodes have ids of their own below their parent's: `n0/n1`, and `n0[7]` for an element of a map task. */
function attemptsOf(nodes: Readonly<Record<string, NodeStatus>> = {}, above = ""): Attempts[] {
  return Object.entries(nodes).flatMap(([id, status]) => [
    { node: `${above}${id}`, failures: status.systemFailures ?? 0 },
    ...itemsOf(status.arrayNodeStatus?.subsysfailures).map((failures, index) => ({
      node: `${above}${id}[${index}]`,
      failures,
    })),
    ...attemptsOf(status.subNodeStatus, `${above}${id}/`),
  ]);
}

function itemsOf({ BitSet: words = [], item = 0, count = 0 }: CompactArray = {}): number[] {
  const bit = (index: number) => ((words[Math.floor(index / 32)] ?? 0) >>> (index % 32)) & 1;
  return Array.from({ length: count }, (_, index) =>
    Array.from({ length: item }, (__, at) => bit(index * item + at)).reduce((sum, each) => sum * 2 + each, 0),
  );
}
