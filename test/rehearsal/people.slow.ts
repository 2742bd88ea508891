import { teamAccess } from "../../constructs/kueue/objects/team-access";
import type { KubeObject } from "../../rehearsal/api/objects";
import type { ControlPlane } from "../../rehearsal/control-plane/control-plane";
import { Person, type Request } from "./support/person";
import { hasGo, startApiServer } from "./support/real-api-server";

const withGo = hasGo ? test : test.skip;
if (!hasGo) console.warn("no Go here: what a team's people may do is not tried on a real API server");

const HIDDEN = "what-nobody-may-read";
const encoded = Buffer.from(HIDDEN).toString("base64");
const research = "ml-research@acme.example";
const product = "ml-product@acme.example";
const secrets = "/api/v1/namespaces/vision-development/secrets";

let close: (() => Promise<void>) | undefined;
let plane: ControlPlane;
let ann: Person;
let stranger: Person;

const plain = (kind: string, name: string, namespace?: string, more: object = {}): KubeObject =>
  ({ apiVersion: "v1", kind, metadata: { name, namespace }, ...more }) as KubeObject;

describe("a real API server", () => {
  beforeAll(async () => {
    if (!hasGo) return;
    ({ plane, close } = await startApiServer());
    const { api, credentials } = plane;
    for (const [namespace, group] of [
      ["vision-development", research],
      ["search-production", product],
    ] as const) {
      await api.create(plain("Namespace", namespace));
      for (const object of teamAccess(namespace, group)) await api.create(object as unknown as KubeObject);
      await api.create(plain("Secret", "wandb", namespace, { stringData: { "api-key": HIDDEN } }));
    }
    ann = new Person(credentials.endpoint, "ann@acme.example", [research]);
    stranger = new Person(credentials.endpoint, "eve@acme.example", []);
  }, 1_800_000);

  afterAll(async () => {
    if (!hasGo) return;
    await close?.();
  }, 60_000);

  withGo(
    "lets a team's people do this in their namespace, and nothing more than a stranger elsewhere",
    async () => {
      const anybody = new Set(await stranger.may("vision-development"));
      const own = (await ann.may("vision-development")).filter((right) => !anybody.has(right));
      const looked = [
        "pods",
        "pods/log",
        "events",
        "events.events.k8s.io",
        "localqueues.kueue.x-k8s.io",
        "workloads.kueue.x-k8s.io",
      ].flatMap((resource) => ["get", "list", "watch"].map((verb) => `${verb} ${resource}`));
      expect([...own].sort()).toEqual(
        [
          ...looked,
          "get localqueues/pendingworkloads.visibility.kueue.x-k8s.io",
          "create secrets",
          "update secrets",
        ].sort(),
      );
      for (const namespace of ["search-production", "kube-system", "default"])
        expect((await ann.may(namespace)).filter((right) => !anybody.has(right))).toEqual([]);
    },
  );

  const merge = "application/merge-patch+json";
  const tried = "dryRun=All&propagationPolicy=Foreground";
  const here = "/api/v1/namespaces/vision-development";
  const networkPolicies = "/apis/networking.k8s.io/v1/namespaces/vision-development/networkpolicies";
  const roleBindings = "/apis/rbac.authorization.k8s.io/v1/namespaces/vision-development/rolebindings";
  const pod = plain("Pod", "own", undefined, { spec: { containers: [{ name: "a", image: "a" }] } });

  withGo.each<[string, Request]>([
    ["get", { method: "GET", path: `${secrets}/wandb` }],
    ["list", { method: "GET", path: secrets }],
    ["patch", { method: "PATCH", path: `${secrets}/wandb`, body: {}, type: merge }],
    [
      "apply",
      {
        method: "PATCH",
        path: `${secrets}/wandb?fieldManager=ann&dryRun=All`,
        body: plain("Secret", "wandb"),
        type: "application/apply-patch+yaml",
      },
    ],
    ["a deletion that is only tried", { method: "DELETE", path: `${secrets}/wandb?${tried}` }],
    ["one of all of them", { method: "DELETE", path: `${secrets}?${tried}` }],
  ])("answers %s of a Secret with 403 and none of its content", async (_, request) => {
    const { status, text } = await ann.ask(request);
    expect([status, text.includes(encoded)]).toEqual([403, false]);
  });

  withGo(
    "takes a new Secret, and one in another's place, and answers with nothing but what was sent",
    async () => {
      const made = plain("Secret", "hub", undefined, { stringData: { a: "1" } });
      const other = plain("Secret", "wandb", undefined, { stringData: { other: "2" } });
      const created = await ann.ask({ method: "POST", path: secrets, body: made });
      const replaced = await ann.ask({ method: "PUT", path: `${secrets}/wandb?dryRun=All`, body: other });
      expect([created.status, replaced.status]).toEqual([201, 200]);
      expect(replaced.text).not.toContain(encoded);
      expect(JSON.parse(replaced.text)).toMatchObject({
        data: { other: Buffer.from("2").toString("base64") },
      });
    },
  );

  withGo.each<[string, Request]>([
    ["a pod", { method: "POST", path: `${here}/pods`, body: pod }],
    ["a process in a pod", { method: "POST", path: `${here}/pods/any/exec?command=sh` }],
    [
      "a container beside it",
      { method: "PATCH", path: `${here}/pods/any/ephemeralcontainers`, body: {}, type: merge },
    ],
    ["another image", { method: "PATCH", path: `${here}/pods/any`, body: {}, type: merge }],
    ["the end of a pod", { method: "DELETE", path: `${here}/pods/any` }],
    [
      "a service account's token",
      { method: "POST", path: `${here}/serviceaccounts/default/token`, body: {} },
    ],
    [
      "the end of a network policy",
      { method: "DELETE", path: `${networkPolicies}/only-from-this-namespace` },
    ],
    ["a network policy", { method: "POST", path: networkPolicies, body: {} }],
    ["a right of one's own", { method: "POST", path: roleBindings, body: {} }],
    ["another team's pods", { method: "GET", path: "/api/v1/namespaces/search-production/pods" }],
    [
      "a Secret for another team",
      { method: "POST", path: "/api/v1/namespaces/search-production/secrets", body: plain("Secret", "x") },
    ],
    ["the nodes", { method: "GET", path: "/api/v1/nodes" }],
  ])("refuses %s", async (_, request) => {
    expect((await ann.ask(request)).status).toBe(403);
  });
});
