import { platformServices } from "../../../constructs/google/platform-services";
import { ProjectServices } from "../../../constructs/google/project-services";
import { seen, synthGoogleStack } from "./google-stack";
import { resources } from "../../support/synth";

const synth = (services?: string[]) =>
  Object.values(
    resources(
      synthGoogleStack((stack) => {
        new ProjectServices(stack, "services", { project: "acme-dev", services });
      }),
      "google_project_service",
    ),
  );

describe("project services", () => {
  test("switches on every API of the platform by default", () => {
    const services = synth().map(({ service }) => service);
    expect(services).toEqual(Object.keys(platformServices).map((name) => `${name}.googleapis.com`));
  });

  test("says for every API who needs it", () => {
    for (const reason of Object.values(platformServices)) expect(reason.length).toBeGreaterThan(5);
  });

  test("leaves every API on when it is destroyed", () => {
    for (const service of synth())
      expect(service).toMatchObject({
        project: "acme-dev",
        disable_on_destroy: false,
        disable_dependent_services: false,
      });
  });

  test("takes the API's short name as its id, so that the order of the list is no address", () => {
    const stack = synthGoogleStack((scope) => {
      new ProjectServices(scope, "services", { project: "acme-dev", services: ["storage", "compute"] });
    });
    expect(Object.keys(resources(stack, "google_project_service"))).toEqual([
      expect.stringMatching(/^services_compute_/),
      expect.stringMatching(/^services_storage_/),
    ]);
  });

  test("is ready when each of them is on", () => {
    const services = ["storage", "compute"];
    const { ready } = seen(
      (stack) => new ProjectServices(stack, "services", { project: "acme-dev", services }),
    );
    expect(ready).toEqual([
      expect.stringMatching(/^google_project_service\.services_storage_/),
      expect.stringMatching(/^google_project_service\.services_compute_/),
    ]);
  });

  test.each([
    [
      ["compute.googleapis.com"],
      'services must hold short API names such as "compute", got "compute.googleapis.com"',
    ],
    [["compute", "compute"], 'services must name each API once, got "compute" twice'],
  ])("fails for %j", (services, problem) => {
    expect(() => synth(services)).toThrow(new Error(`test/services has 1 problem:\n- ${problem}`));
  });
});
