import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { googleClient } from "../../../cli/platform/google/client";
import { credentials } from "../../../cli/platform/google/credentials";
import { endpoint } from "../../../cli/platform/google/products";
import { limits } from "../../../cli/platform/limits";

describe("where Google is asked", () => {
  test("at Google's own address, unless Terraform is told another", () => {
    expect(endpoint("storage", {})).toBe("https://storage.googleapis.com/storage/v1/");
    expect(endpoint("storage", { GOOGLE_STORAGE_CUSTOM_ENDPOINT: "http://127.0.0.1:1/storage/v1" })).toBe(
      "http://127.0.0.1:1/storage/v1/",
    );
  });
});

describe("asking", () => {
  let server: Server;
  const answers: [number, string][] = [];
  const seen: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const payer = request.headers["x-goog-user-project"];
      seen.push(
        `${request.method} ${request.url} ${request.headers.authorization}${payer ? ` for ${payer}` : ""}`,
      );
      const [status, body] = answers.shift() ?? [200, "{}"];
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => void (seen.length = 0));

  const client = (
    sleep: (ms: number) => Promise<void> = () => Promise.resolve(),
    quotaProject: string | undefined = undefined,
  ) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
    const env = { GOOGLE_IAM_CUSTOM_ENDPOINT: url };
    const token = () => Promise.resolve("t");
    return googleClient({
      ...{ env, limits, now: Date.now, sleep, token },
      quotaProject: () => Promise.resolve(quotaProject),
    });
  };
  const ask = () => client().request({ product: "iam", path: "roles/x", query: { view: "FULL" } });

  test("sends the token and the query", async () => {
    answers.push([200, '{"a":1}']);
    expect(await ask()).toEqual({ a: 1 });
    expect(seen).toEqual(["GET /v1/roles/x?view=FULL Bearer t"]);
  });

  test("names the project that a person's own credentials count against", async () => {
    await client(undefined, "acme-dev").request({ product: "iam", path: "x" });
    expect(seen).toEqual(["GET /v1/x Bearer t for acme-dev"]);
  });

  test("asks again while Google is busy, with growing pauses", async () => {
    answers.push([429, ""], [503, ""], [200, "{}"]);
    const pauses: number[] = [];
    await client(async (ms) => void pauses.push(ms)).request({ product: "iam", path: "x" });
    expect(pauses).toEqual([250, 500]);
  });

  test("fails with Google's own words, at once when it is no use to ask again", async () => {
    answers.push([403, '{"error":{"message":"no permission"}}']);
    await expect(ask()).rejects.toMatchObject({ message: "no permission (HTTP 403)", status: 403 });
    expect(seen).toHaveLength(1);
  });

  test("fails with the status when a proxy answers instead", async () => {
    answers.push([404, "<html>"]);
    await expect(ask()).rejects.toThrow("HTTP 404");
  });
});

describe("credentials", () => {
  test("a given token is used as it is", async () => {
    expect(await credentials({ GOOGLE_OAUTH_ACCESS_TOKEN: "given" }, 100).token()).toBe("given");
  });

  test("fails with the way to log in when the given file is none", async () => {
    const { token } = credentials({ GOOGLE_CREDENTIALS: "{" }, 5_000);
    await expect(token()).rejects.toThrow(
      /^credentials for Google can't be had \(.*\); run: gcloud auth application-default login$/,
    );
  });
});
