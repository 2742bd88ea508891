import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { buildSync } from "esbuild";
import { proxyFor } from "../../../cli/platform/google/proxy";

describe("which proxy", () => {
  const env = { HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "acme.example, .corp, 10.0.0.1:8443" };
  test.each([
    ["https://storage.googleapis.com/x", "http://proxy:3128"],
    ["http://storage.googleapis.com/x", undefined],
    ["https://acme.example/x", undefined],
    ["https://api.acme.example/x", undefined],
    ["https://notacme.example/x", "http://proxy:3128"],
    ["https://corp/x", "http://proxy:3128"],
    ["https://a.corp/x", undefined],
    ["https://10.0.0.1:8443/x", undefined],
    ["https://10.0.0.1/x", "http://proxy:3128"],
    ["https://127.0.0.1:1/x", undefined],
    ["https://localhost/x", undefined],
  ])("%s: %p", (url, proxy) => expect(proxyFor(new URL(url), env)).toBe(proxy));

  test.each([
    ["10.0.0.0/8", "https://10.200.3.4/x", true],
    ["10.0.0.0/8", "https://11.0.0.1/x", false],
    ["10.0.0.0/8", "https://10.example/x", false],
    ["172.16.0.0/28", "https://172.16.0.15:443/x", true],
    ["172.16.0.0/28", "https://172.16.0.16/x", false],
    ["0.0.0.0/0", "https://8.8.8.8/x", true],
    ["fd00::/8", "https://[fd12::1]/x", true],
    ["fd00::/8", "https://[fe80::1]/x", false],
    ["fd00::1", "https://[fd00:0::1]/x", true],
    ["[fd00::1]:8443", "https://[fd00::1]/x", false],
    ["10.0.0.0/33", "https://10.0.0.1/x", false],
    ["0.0.0.1", "https://10.0.0.1/x", false],
  ])("NO_PROXY=%s, %s: %p", (rule, url, direct) => {
    expect(proxyFor(new URL(url), { HTTPS_PROXY: "http://p:1", NO_PROXY: rule }) === undefined).toBe(direct);
  });

  test("in small letters, without a scheme, and for none with *", () => {
    const url = new URL("https://a.example");
    expect(proxyFor(url, { https_proxy: "proxy:1" })).toBe("http://proxy:1");
    expect(proxyFor(url, { https_proxy: "proxy:1", no_proxy: "*" })).toBeUndefined();
    expect(proxyFor(url, {})).toBeUndefined();
  });
});

const asking = `
  import { googleClient } from "../../../cli/platform/google/client";
  import { limits } from "../../../cli/platform/limits";
  googleClient({
    env: process.env,
    limits: { ...limits, request: 5_000 },
    now: Date.now,
    sleep: () => Promise.resolve(),
    token: () => Promise.resolve("t"),
  })
    .request(JSON.parse(process.argv[2]))
    .catch(({ message, status }) => ({ message, status }))
    .then((answer) => console.log(JSON.stringify(answer)));
`;

describe("behind a real proxy", () => {
  const asked: string[] = [];
  const seen: string[] = [];
  const google = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
      response.writeHead(request.url === "/v1/no" ? 403 : 200).end('{"error":{"message":"not you"}}');
    });
  });
  const proxy = createServer().on("connect", ({ url = "" }, socket) => {
    asked.push(url);
    if (url.endsWith(":443")) return void socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    const there = connect(portOf(google), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      there.pipe(socket).pipe(there);
    });
    there.on("error", () => socket.destroy());
    socket.on("error", () => there.destroy());
  });
  const portOf = (server: Server) => (server.address() as AddressInfo).port;

  beforeAll(() =>
    Promise.all(
      [google, proxy].map((server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done))),
    ),
  );
  afterAll(() => {
    google.closeAllConnections();
    google.close();
    proxy.close();
  });

  /** In a process of its own: Jest can't load the modules of Google's client. */
  const folder = mkdtempSync(join("node_modules/.cache", "proxy-"));
  const program = join(folder, "ask.js");
  beforeAll(() =>
    buildSync({
      stdin: { contents: asking, resolveDir: resolve("test/cli/platform"), loader: "ts" },
      ...{ bundle: true, platform: "node", packages: "external", outfile: program },
    }),
  );
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function ask(request: object, endpoint?: string): Promise<unknown> {
    const way = `http://127.0.0.1:${portOf(proxy)}`;
    const env = { ...process.env, HTTP_PROXY: way, HTTPS_PROXY: way, NO_PROXY: "" };
    const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(request)], {
      env: { ...env, ...(endpoint ? { GOOGLE_IAM_CUSTOM_ENDPOINT: endpoint } : {}) },
    });
    return JSON.parse(stdout);
  }

  test("what cannot be reached directly is reached, with token and body; Google's refusal is Google's", async () => {
    const far = "http://iam.far.test/v1";
    await ask({ product: "iam", path: "roles", method: "POST", body: { a: 1 } }, far);
    expect(await ask({ product: "iam", path: "no" }, far)).toEqual({
      message: "not you (HTTP 403)",
      status: 403,
    });
    expect(asked).toEqual(["iam.far.test:80", "iam.far.test:80"]);
    expect(seen).toEqual(['POST /v1/roles Bearer t {"a":1}', "GET /v1/no Bearer t "]);
  });

  test("a proxy that refuses is named", async () => {
    expect(await ask({ product: "iam", path: "x" })).toEqual({
      message: expect.stringMatching(
        /^iam\.googleapis\.com by way of the proxy 127\.0\.0\.1:\d+ was answered with HTTP 502$/,
      ),
      status: 502,
    });
    expect(asked.at(-1)).toBe("iam.googleapis.com:443");
  });
});
