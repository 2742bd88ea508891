import { accessHint } from "../../../constructs/flyte/access";

describe("how to reach Flyte", () => {
  test("by port-forward: one command for the console and for clients", () => {
    expect(accessHint({ mode: "port-forward" })).toEqual({
      command: "kubectl --namespace flyte port-forward deployment/flyte-binary 8088 8089",
      consoleUrl: "http://localhost:8088/console",
      clientConfig: "admin:\n  endpoint: dns:///localhost:8089\n  insecure: true\n",
    });
  });

  test("by internal load balancer: its one address serves both", () => {
    expect(accessHint({ mode: "internal" }, "flyte-dev")).toEqual({
      command:
        "kubectl --namespace flyte-dev get service flyte-binary-http --output jsonpath='{.status.loadBalancer.ingress[0].ip}'",
      consoleUrl: "http://<address>:8088/console",
      clientConfig: "admin:\n  endpoint: dns:///<address>:8089\n  insecure: true\n",
    });
  });
});
