import { request } from "node:http";
import { freePorts } from "../../../rehearsal/control-plane/ports";
import { type Jobs, playDashboards } from "../../../rehearsal/control-plane/ray-dashboard";
import { operatorFlags } from "../../../rehearsal/control-plane/ray-operator";

describe("Ray's operator", () => {
  test("looks where its chart says, and listens on the loopback address alone", () =>
    expect(operatorFlags({ watchNamespace: ["a", "b"], leaderElectionEnabled: false }, 7)).toEqual([
      "--watch-namespace=a,b",
      "--enable-leader-election=false",
      "--health-probe-bind-address=127.0.0.1:7",
      "--metrics-addr=0",
    ]));

  test("looks everywhere where its chart says nothing", () =>
    expect(operatorFlags({}, 7)).toContain("--watch-namespace="));
});

describe("Ray's dashboards", () => {
  const HEAD = "http://tune-n0-0-abcde-head-svc.vision-development.svc.cluster.local:8265";
  const ended: Readonly<Record<string, object>> = {
    "vision-development/tune-n0-0": { succeeded: 1 },
    "vision-development/crash-n0-0": { failed: 1 },
    "vision-development/long-n0-0": {},
  };
  const jobs = { get: (key: string) => ended[key] && { status: ended[key] } } as unknown as Jobs;

  /** As Go asks a proxy: the whole address is in the first line. */
  function asked(port: number, path: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const asking = request({ host: "127.0.0.1", port, path, agent: false }, (response) => {
        let body = "";
        response.on("data", (text: Buffer) => (body += text.toString()));
        response.on("end", () => resolve([response.statusCode, JSON.parse(body)]));
      });
      asking.on("error", reject).end();
    });
  }

  test("say of a job what the pod that submitted it says", async () => {
    const { port } = await freePorts(["port"]);
    const server = await playDashboards(jobs, port);
    const answers = await Promise.all(
      ["tune-n0-0-x1y2z", "crash-n0-0-x1y2z", "long-n0-0-x1y2z", "other-n0-0-x1y2z"].map((id) =>
        asked(port, `${HEAD}/api/jobs/${id}`),
      ),
    );
    server.close();
    expect(answers).toEqual([
      [200, { submission_id: "tune-n0-0-x1y2z", status: "SUCCEEDED" }],
      [200, { submission_id: "crash-n0-0-x1y2z", status: "FAILED" }],
      [200, { submission_id: "long-n0-0-x1y2z", status: "RUNNING" }],
      [404, {}],
    ]);
  });
});
