import type { KubeApi } from "../../../rehearsal/api/client";
import type { Changes, Informer } from "../../../rehearsal/api/informer";
import type { ProvisioningRequest } from "../../../rehearsal/api/objects";
import type { Clock } from "../../../rehearsal/objects/time";
import type { NewNode, Nodes } from "../../../rehearsal/provisioner/nodes";
import { Pool } from "../../../rehearsal/provisioner/pool";
import { Requests } from "../../../rehearsal/provisioner/requests";
import type { RequestFault } from "../../../rehearsal/scenarios/scenario";

const MINUTE = 60_000;

/** What becomes of one request, in order: its conditions, its nodes, and how long Google waits. */
async function happens(
  spec: Partial<ProvisioningRequest["spec"]>,
  { gpus = "8", fault }: { readonly gpus?: string; readonly fault?: RequestFault } = {},
): Promise<string[]> {
  const events: string[] = [];
  const request = {
    metadata: { name: "pr", namespace: "vision" },
    spec: {
      provisioningClassName: "queued-provisioning.gke.io",
      podSets: [{ count: 2, podTemplateRef: { name: "train" } }],
      ...spec,
    },
  } as unknown as ProvisioningRequest;
  const template = { spec: { containers: [{ resources: { requests: { "nvidia.com/gpu": gpus } } }] } };
  const api = {
    get: (path: string) => Promise.resolve(path.includes("/podtemplates/") ? { template } : request),
    patch: (_: unknown, { status }: { status: { conditions?: { type: string; reason: string }[] } }) =>
      Promise.resolve(status.conditions?.forEach(({ type, reason }) => events.push(`${type} ${reason}`))),
  } as unknown as KubeApi;
  const nodes = {
    make: ({ name, gpus: each }: NewNode) => Promise.resolve(events.push(`made ${name} ${each}`)),
    takeAway: (name: string) => Promise.resolve(events.push(`gone ${name}`)),
  } as unknown as Nodes;
  const clock = {
    factor: 1,
    now: () => 0,
    real: () => 3 * MINUTE,
    passMs: (ms: number) => Promise.resolve(events.push(`${ms / MINUTE} min`)),
  } as unknown as Clock;
  const pool = new Pool("h100-dws", { faults: fault ? { train: [fault] } : {} }, clock, "seed");
  let listener: Changes<ProvisioningRequest> | undefined;
  const informer = { on: (changes: typeof listener) => (listener = changes) };
  new Requests(
    api,
    informer as unknown as Informer<ProvisioningRequest>,
    nodes,
    () => pool,
    () => ({ group: "train", id: "train" }),
    clock,
    new AbortController().signal,
  );
  listener!.changed(request, undefined);
  await new Promise(setImmediate);
  return events;
}

describe("a provisioning request", () => {
  const made = ["Accepted SuccessfullyQueued", "made pr-0 8", "made pr-1 8", "Provisioned Provisioned"];
  const gone = ["CapacityRevoked CapacityRevoked", "gone pr-0", "gone pr-1"];

  test("gets a node for each pod; the booking ends after ten minutes, the nodes with the run limit", async () => {
    expect(await happens({ parameters: { maxRunDurationSeconds: "3600" } })).toEqual([
      ...made,
      "10 min",
      "BookingExpired BookingExpired",
      "50 min",
      ...gone,
    ]);
  });

  test("loses its nodes after a week where it says no limit, and earlier where Google takes them", async () => {
    expect(await happens({})).toContain(`${7 * 24 * 60 - 10} min`);
    expect(await happens({}, { fault: { kind: "revoked", after: "3m" } })).toEqual([
      ...made,
      "3 min",
      ...gone,
    ]);
  });

  test.each<[string, Parameters<typeof happens>, string[]]>([
    [
      "has several pod sets",
      [{ podSets: [1, 2].map((count) => ({ count, podTemplateRef: { name: "train" } })) }],
      ["Failed MultiplePodSetsUnsupported"],
    ],
    ["is for pods without a GPU", [{}, { gpus: "0" }], ["Failed NoQueuedNodepoolAvailable"]],
    [
      "finds no quota",
      [{}, { fault: { kind: "failed", reason: "QuotaExceeded" } }],
      ["Accepted SuccessfullyQueued", "Failed QuotaExceeded"],
    ],
    ["is not Google's to answer", [{ provisioningClassName: "check-capacity" }], []],
  ])("makes no node when it %s", async (_, given, expected) => {
    expect(await happens(...given)).toEqual(expected);
  });
});
