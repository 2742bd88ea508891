import { finished, type Operation } from "../../../../cli/platform/bootstrap/operation";
import { agentServices, makeServiceAgents } from "../../../../cli/platform/bootstrap/service-agents";
import type { GoogleRequest } from "../../../../cli/platform/google/client";
import { defineEnvironment } from "../../../../src/environment/define";
import { full } from "../../../support/environments/full";
import { prod } from "../../../support/environments/prod";
import { testContext } from "../test-context";

function recorded(answer: Operation) {
  const asked: GoogleRequest[] = [];
  const request = <T>(given: GoogleRequest) => {
    asked.push(given);
    return Promise.resolve(answer as T);
  };
  return { asked, google: { request, token: () => Promise.resolve("token") } };
}

const context = (google: ReturnType<typeof recorded>["google"], enabled: boolean) =>
  testContext({ name: "prod", google, configs: [{ ...prod, encryption: { enabled } }] });

describe("with keys of one's own, Google's service agents", () => {
  test("are made before anything is encrypted for them", async () => {
    const { asked, google } = recorded({ done: true });
    await makeServiceAgents(context(google, true));
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
      ["sqladmin", "artifactregistry", "container", "gkebackup", "secretmanager"].map(
        (service) => `POST projects/acme-ml-prod/services/${service}.googleapis.com:generateServiceIdentity`,
      ),
    );
  });

  test("are Filestore's too, where volumes have a file server", () => {
    expect(agentServices(defineEnvironment(full))).toContain("file");
    expect(agentServices(defineEnvironment(prod))).not.toContain("file");
  });

  test("are left alone without such keys", async () => {
    const { asked, google } = recorded({ done: true });
    await makeServiceAgents(context(google, false));
    expect(asked).toEqual([]);
  });

  test("fail with the service's name and Google's words", async () => {
    const { google } = recorded({ done: true, error: { message: "not allowed" } });
    await expect(makeServiceAgents(context(google, true))).rejects.toThrow(
      "the agent of sqladmin can't be made: not allowed",
    );
  });
});

describe("an operation", () => {
  test("is waited for until it is done", async () => {
    const { asked, google } = recorded({ name: "operations/1", done: true });
    await finished(testContext({ google }), "serviceUsage", { name: "operations/1" }, "it failed");
    expect(asked.map(({ path }) => path)).toEqual(["operations/1"]);
  });

  test("that there is nothing to do for can't be asked about", async () => {
    const { asked, google } = recorded({});
    await finished(
      testContext({ google }),
      "serviceUsage",
      { name: "operations/DONE_OPERATION" },
      "it failed",
    );
    expect(asked).toEqual([]);
  });

  test("fails after two minutes", async () => {
    const { google } = recorded({ name: "operations/1" });
    let time = 0;
    const slow = testContext({ google, now: () => (time += 60_000) });
    await expect(finished(slow, "serviceUsage", { name: "operations/1" }, "it failed")).rejects.toThrow(
      "it failed: not done after two minutes; run the same command again",
    );
  });
});
