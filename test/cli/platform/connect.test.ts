import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../../../cli/platform/commands/connect";
import { demo } from "../../../examples/minimal/demo";
import { testContext } from "./test-context";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "connect-"));
  mkdirSync(join(folder, "bin"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, script: string): void {
  writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "bin", name), 0o755);
}

function context(options = {}, stop = new AbortController().signal) {
  const env = { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, CALLS: join(folder, "calls") };
  return testContext({ name: "demo", configs: [demo], env, outdir: folder, options, stop });
}

const calls = () => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");

describe("connect", () => {
  beforeEach(() => {
    program("gcloud", 'echo "gcloud $* > ${KUBECONFIG##*/}" >> "$CALLS"');
    program("gke-gcloud-auth-plugin", "");
  });

  test("fails with the way to install what is missing", async () => {
    const env = { PATH: join(folder, "bin") };
    await expect(connect.run({ ...context(), env })).rejects.toMatchObject({
      message:
        "kubectl is not on the PATH; install it: gcloud components install kubectl (a packaged gcloud: apt-get install kubectl)",
      code: 3,
    });
  });

  test("writes a kubeconfig and a client config of its own, and says how to use them", async () => {
    program("kubectl", "exit 9");
    const given = context({ forward: false });
    expect(await connect.run(given)).toBe(0);
    expect(calls()).toEqual([
      "gcloud container clusters get-credentials flyte-demo-cluster --location us-central1 --project acme-flyte-demo --dns-endpoint > kubeconfig",
    ]);
    expect(given.stdout.text).toBe(
      [
        `export KUBECONFIG=${folder}/connect/demo/kubeconfig`,
        `export FLYTECTL_CONFIG=${folder}/connect/demo/flyte.yaml`,
        "console: http://localhost:8088/console",
        "first run: pyflyte run --remote -p vision -d development --image us-central1-docker.pkg.dev/acme-flyte-demo/flyte-demo-ghcr-io/flyteorg/flytekit:py3.12-1.16.31 examples/workflows/first_run.py first_run --name Ada",
        "",
      ].join("\n"),
    );
    expect(readFileSync(join(folder, "connect/demo/flyte.yaml"), "utf8")).toContain("dns:///localhost:8089");
  });

  test("forwards until somebody asks to stop", async () => {
    program("kubectl", 'echo "kubectl $*" >> "$CALLS"; echo Forwarding; sleep 30');
    const stop = new AbortController();
    const given = context({}, stop.signal);
    const running = connect.run(given);
    while (!given.stderr.text.includes("Forwarding")) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    expect(await running).toBe(0);
    expect(calls().at(-1)).toBe("kubectl --namespace flyte port-forward deployment/flyte-binary 8088 8089");
  });

  test("fails when forwarding never works", async () => {
    program("kubectl", "echo 'unable to listen on port 8088' >&2; exit 1");
    await expect(connect.run(context())).rejects.toThrow(
      "the ports can't be forwarded: unable to listen on port 8088",
    );
  });

  test("fails with what gcloud said", async () => {
    program("kubectl", "");
    program("gcloud", "echo 'no such cluster' >&2; exit 1");
    await expect(connect.run(context())).rejects.toThrow(/can't be had .*:\nno such cluster$/);
  });
});
