// What KWOK does to its nodes and their pods, instead of its own stages: pods run as long as their annotation says.

/** When the second worker of a gang fails, likewise. */
export const FAILS_AFTER = "rehearsal/fails-after";

/** How long the pod's container runs, e.g. `1500ms`. A pod of a Job without it ends at once. */
export const RUNS_FOR = "rehearsal/runs-for";

interface Match {
  readonly key: string;
  readonly operator: "Exists" | "DoesNotExist" | "In" | "NotIn";
  readonly values?: readonly string[];
}

const alive: Match = { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" };
const inPhase = (phase: string): Match => ({ key: ".status.phase", operator: "In", values: [phase] });
const runsFor = (operator: "Exists" | "DoesNotExist"): Match => ({
  key: `.metadata.annotations["${RUNS_FOR}"]`,
  operator,
});

const containerStatus = (state: string) => `
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: ${state.startsWith("running")}
  restartCount: 0
  state: {${state}}
{{ end }}`;

const running = `
{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
conditions:
- {type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }}}
- {type: Ready, status: "True", lastTransitionTime: {{ $now | Quote }}}
- {type: ContainersReady, status: "True", lastTransitionTime: {{ $now | Quote }}}
${containerStatus("running: {startedAt: {{ $now | Quote }}}")}`;

const succeeded = `
{{ $now := Now }}
phase: Succeeded
conditions:
- {type: Ready, status: "False", reason: PodCompleted, lastTransitionTime: {{ $now | Quote }}}
${containerStatus("terminated: {exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}")}`;

const failed = `
{{ $now := Now }}
phase: Failed
conditions:
- {type: Ready, status: "False", reason: PodFailed, lastTransitionTime: {{ $now | Quote }}}
${containerStatus("terminated: {exitCode: 1, reason: Error, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}")}`;

const notReady: Match = {
  key: '.status.conditions.[] | select( .type == "Ready" ) | .status',
  operator: "NotIn",
  values: ["True"],
};

const nodeReady = `
{{ $now := Now }}
phase: Running
conditions:
{{ range NodeConditions }}
- lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
  message: {{ .message | Quote }}
  reason: {{ .reason | Quote }}
  status: {{ .status | Quote }}
  type: {{ .type | Quote }}
{{ end }}
addresses:
- {type: InternalIP, address: {{ NodeIP | Quote }}}
- {type: Hostname, address: {{ NodeName | Quote }}}`;

/** Which stage a pod takes that fits several: with any of a weight, none without. */
const FIRST = 1;

function stage(
  name: string,
  matchExpressions: readonly Match[],
  next: object,
  { delay, kind = "Pod", weight }: { delay?: object; kind?: string; weight?: number } = {},
) {
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: "v1", kind },
      selector: { matchExpressions },
      ...(delay && { delay }),
      ...(weight && { weight }),
      next,
    },
  };
}

/** The stages as KWOK's configuration file holds them. */
export function stagesFile(): string {
  const stages = [
    stage("node-ready", [notReady], { statusTemplate: nodeReady }, { kind: "Node" }),
    stage("pod-run", [alive, inPhase("Pending")], { statusTemplate: running }),
    stage(
      "pod-end",
      [alive, inPhase("Running"), runsFor("Exists")],
      { statusTemplate: succeeded },
      { delay: { durationFrom: { expressionFrom: `.metadata.annotations["${RUNS_FOR}"]` } } },
    ),
    stage(
      "worker-fail",
      [
        alive,
        inPhase("Running"),
        { key: `.metadata.annotations["${FAILS_AFTER}"]`, operator: "Exists" },
        { key: '.metadata.labels["training.kubeflow.org/replica-index"]', operator: "In", values: ["1"] },
      ],
      { statusTemplate: failed },
      {
        delay: { durationFrom: { expressionFrom: `.metadata.annotations["${FAILS_AFTER}"]` } },
        weight: FIRST,
      },
    ),
    stage(
      "hook-end",
      [
        alive,
        inPhase("Running"),
        runsFor("DoesNotExist"),
        { key: ".metadata.ownerReferences.[].kind", operator: "In", values: ["Job"] },
      ],
      { statusTemplate: succeeded },
    ),
    stage("pod-delete", [{ ...alive, operator: "Exists" }], { delete: true }),
  ];
  return stages.map((each) => JSON.stringify(each)).join("\n---\n");
}
