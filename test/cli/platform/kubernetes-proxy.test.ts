import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createProxy } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubernetesClient } from "../../../cli/platform/google/kubernetes";
import { limits } from "../../../cli/platform/limits";
import { testContext } from "./test-context";

const folder = mkdtempSync(join(tmpdir(), "api-server-"));
const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
// As a cluster's own: signed by nobody that Node knows, for its address.
execFileSync(
  "openssl",
  [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"],
    ...[
      "-subj",
      "/CN=cluster",
      "-addext",
      "subjectAltName=IP:192.0.2.7",
      "-keyout",
      key,
      "-out",
      certificate,
    ],
  ],
  { stdio: "ignore" },
);
const seen: string[] = [];
const asked: string[] = [];
const apiServer = createServer(
  { key: readFileSync(key), cert: readFileSync(certificate) },
  (request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
      response.end('{"kind":"NamespaceList"}');
    });
  },
);
let answer = "HTTP/1.1 200 Connection established\r\n\r\n";
const proxy = createProxy().on("connect", ({ url = "", headers }, socket) => {
  asked.push(`${url} ${headers["proxy-authorization"] ?? ""}`);
  const there = connect((apiServer.address() as AddressInfo).port, "127.0.0.1", () => {
    socket.write(answer);
    there.pipe(socket).pipe(there);
  });
  there.on("error", () => socket.destroy());
  socket.on("error", () => there.destroy());
});

beforeAll(() =>
  Promise.all(
    [apiServer, proxy].map((server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done))),
  ),
);
afterAll(() => {
  apiServer.closeAllConnections();
  apiServer.close();
  proxy.closeAllConnections();
  proxy.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  asked.length = 0;
  seen.length = 0;
});

function client(ca: string | undefined, env: Record<string, string> = {}, request = 2_000) {
  const { port } = proxy.address() as AddressInfo;
  const google = { token: () => Promise.resolve("t"), request: () => Promise.reject(new Error("not asked")) };
  const context = testContext({
    google,
    env: { HTTPS_PROXY: `http://me:p%40ss@127.0.0.1:${port}`, ...env },
    limits: { ...limits, request },
  });
  return kubernetesClient(context, {
    endpoint: "192.0.2.7",
    ...(ca !== undefined && { masterAuth: { clusterCaCertificate: Buffer.from(ca).toString("base64") } }),
  });
}
const ca = readFileSync(certificate, "utf8");

describe("an API server behind a real proxy", () => {
  test("is reached by a tunnel, with the cluster's own authority, the proxy's password, token and body", async () => {
    expect(await client(ca).get("/api/v1/namespaces")).toEqual({ kind: "NamespaceList" });
    await client(ca).patch("/x", { a: 1 });
    const login = Buffer.from("me:p@ss").toString("base64");
    expect(asked).toEqual(Array.from({ length: 2 }, () => `192.0.2.7:443 Basic ${login}`));
    expect(seen).toEqual(["GET /api/v1/namespaces Bearer t ", 'PATCH /x Bearer t {"a":1}']);
  });

  test("that is not the cluster is told nothing, the token least of all", async () => {
    await expect(client(undefined).get("/api/v1/namespaces")).rejects.toThrow(/self-signed certificate/);
    expect(seen).toEqual([]);
  });

  test("is asked directly where NO_PROXY lists its range", async () => {
    // Nobody answers at 192.0.2.7 itself.
    await expect(client(ca, { NO_PROXY: "192.0.2.0/24" }, 100).get("/api")).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  test("a proxy that refuses is named", async () => {
    answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
    await expect(client(ca).get("/api")).rejects.toThrow(
      /^192\.0\.2\.7 by way of the proxy 127\.0\.0\.1:\d+ was answered with HTTP 407$/,
    );
    expect(seen).toEqual([]);
  });
});
