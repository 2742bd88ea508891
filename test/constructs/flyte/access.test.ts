import { accessHint, redirectUri, signInOf } from "../../../constructs/flyte/access";

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

test("an internal load balancer may have a name, which clients then use", () => {
  const hint = accessHint({ mode: "internal", host: "flyte.corp.acme.example" });
  expect(hint.consoleUrl).toBe("http://flyte.corp.acme.example:8088/console");
  expect(hint.clientConfig).toBe(
    "admin:\n  endpoint: dns:///flyte.corp.acme.example:8089\n  insecure: true\n",
  );
});

describe("an internal Flyte with sign-in", () => {
  const oidc = { baseUrl: "https://accounts.google.com", clientId: "flyte", clientSecretVersion: 1 };
  const host = "flyte.corp.acme.example";

  test("is reached as a public one is: by HTTPS, clients sign in through the browser", () => {
    expect(accessHint({ mode: "internal", host, oidc }, "flyte", "core")).toEqual(
      accessHint({ mode: "public", host, oidc }),
    );
  });

  test("signs people in only where it has both a name and a provider", () => {
    expect(signInOf({ mode: "internal", host, oidc })).toEqual({ host, oidc });
    expect(signInOf({ mode: "internal", host })).toBeUndefined();
    expect(signInOf({ mode: "internal", oidc })).toBeUndefined();
    expect(signInOf({ mode: "port-forward" })).toBeUndefined();
  });
});

describe("how to reach a public Flyte", () => {
  const access = {
    mode: "public" as const,
    host: "flyte.acme.example",
    oidc: { baseUrl: "https://accounts.google.com", clientId: "flyte", clientSecretVersion: 1 },
  };

  test("one name for the console and for clients, which sign in through the browser", () => {
    expect(accessHint(access)).toEqual({
      command: "curl --include https://flyte.acme.example/healthcheck",
      consoleUrl: "https://flyte.acme.example/console",
      clientConfig: "admin:\n  endpoint: dns:///flyte.acme.example\n  authType: Pkce\n  insecure: false\n",
    });
    expect(accessHint(access, "flyte", "core")).toEqual(accessHint(access));
  });

  test("the identity provider sends people back to Flyte", () => {
    expect(redirectUri(access)).toBe("https://flyte.acme.example/callback");
  });
});

test("topology core is forwarded in two: its console is a server of its own", () => {
  expect(accessHint({ mode: "port-forward" }, "flyte", "core")).toEqual({
    command:
      "kubectl --namespace flyte port-forward service/flyteadmin 8088:80 8089:81 & kubectl --namespace flyte port-forward service/flyteconsole 8080:80",
    consoleUrl: "http://localhost:8080/console",
    clientConfig: "admin:\n  endpoint: dns:///localhost:8089\n  insecure: true\n",
  });
});
