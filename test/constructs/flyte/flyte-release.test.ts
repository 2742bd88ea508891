import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { flyteBinaryValues } from "../../../constructs/flyte/binary/binary-values";
import { FlyteRelease, type FlyteReleaseProps } from "../../../constructs/flyte/flyte-release";
import { resources, type StackJson, synthStack } from "../../support/synth";
import { minimalProps } from "./props";

const props: FlyteReleaseProps = {
  ...minimalProps,
  namespace: "flyte",
  manifestChart: "assets/manifests",
  passwordSecret: "flyte-dev-database",
};

const synthWith = (build: (stack: TerraformStack) => void): StackJson =>
  synthStack((stack) => {
    new HelmProvider(stack, "helm");
    build(stack);
  });

const synth = (changes: Partial<FlyteReleaseProps> = {}): StackJson =>
  synthWith((stack) => new FlyteRelease(stack, "flyte", { ...props, ...changes } as FlyteReleaseProps));

const release = (json: StackJson, name: string) =>
  Object.values(resources(json, "helm_release")).find((found) => found["name"] === name)!;

describe("the release of Flyte", () => {
  const flyte = release(synth(), "flyte");

  test("is the pinned chart of Flyte 1: without a version the same repository installs Flyte 2", () => {
    expect(flyte).toMatchObject({
      repository: "https://flyteorg.github.io/flyte",
      chart: "flyte-binary",
      version: "v1.16.8",
      namespace: "flyte",
    });
  });

  test("is atomic, adopts what is there, and waits long enough for a new node and the first tables", () => {
    expect(flyte).toMatchObject({ atomic: true, upgrade_install: true, wait: true, timeout: 1200 });
    expect(release(synth({ timeoutSeconds: 900 }), "flyte")["timeout"]).toBe(900);
  });

  test("carries the values of the builder", () => {
    expect(JSON.parse(flyte["values"][0])).toEqual(flyteBinaryValues(props));
  });

  test("keeps the address of a database that Terraform knows only later", () => {
    const json = synthWith((stack) => {
      const host = new TerraformVariable(stack, "address", { type: "string" }).stringValue;
      new FlyteRelease(stack, "flyte", { ...props, database: { ...props.database, host } });
    });
    const values = JSON.parse(release(json, "flyte")["values"][0]);
    expect(values.configuration.database.host).toBe("${var.address}");
  });

  test("keeps braces and dollars of the user's values from Terraform", () => {
    const json = synth({ extraValues: { configuration: { inline: { a: "${x} %{y}" } } } });
    const text: string = release(json, "flyte")["values"][0];
    expect(text).not.toMatch(/[$%]\{/);
    expect(JSON.parse(text).configuration.inline.a).toBe("${x} %{y}");
  });
});

describe("the database password", () => {
  const json = synth();

  test("is fetched from Secret Manager by a release of its own", () => {
    const { manifests } = JSON.parse(release(json, "flyte-database-password")["values"][0]);
    expect(manifests).toEqual([
      {
        apiVersion: "secrets-store.csi.x-k8s.io/v1",
        kind: "SecretProviderClass",
        metadata: { name: "flyte-database-password" },
        spec: {
          provider: "gke",
          parameters: {
            secrets:
              "- resourceName: projects/acme-ml/secrets/flyte-dev-database/versions/latest\n  path: password\n",
          },
        },
      },
    ]);
  });

  test("is there before Flyte, and both wait for what the props name", () => {
    const ordered = synthWith((stack) => {
      const tenants = new Release(stack, "tenants", { name: "tenants", chart: "x" });
      new FlyteRelease(stack, "flyte", { ...props, dependsOn: [tenants] });
    });
    const byName = (name: string) => release(ordered, name)["depends_on"] as string[];
    expect(byName("flyte-database-password")).toEqual(["helm_release.tenants"]);
    expect(byName("flyte")).toEqual([
      "helm_release.tenants",
      expect.stringMatching(/^helm_release\.flyte_database-password_/),
      expect.stringMatching(/^helm_release\.flyte_rights_/),
    ]);
  });
});

describe("wrong props", () => {
  test.each<[Partial<FlyteReleaseProps>, string]>([
    [
      { projects: [] },
      'projects must name at least one Flyte project, got none; Flyte would make its own "flytesnacks"',
    ],
    [{ domains: [] }, "domains must name at least one domain, got none"],
    [
      { database: { ...props.database, user: "flyte; rm -rf /" } },
      'database.user must be letters, digits, and . _ @ -, got "flyte; rm -rf /"',
    ],
    [
      { database: { ...props.database, name: "fly te" } },
      'database.name must be letters, digits, and . _ @ -, got "fly te"',
    ],
    [
      { database: { ...props.database, maxOpenConnections: 1 } },
      "database.maxOpenConnections must be a whole number of at least 2, got 1",
    ],
    [
      { serviceAccount: "flyte" },
      'serviceAccount must be the e-mail address of a Google service account, got "flyte"; a Kubernetes identity without one cannot sign links',
    ],
    [{ passwordVersion: 0 }, "passwordVersion must be a whole number of at least 1, got 0"],
    [{ cpu: 0.25, memoryGib: 1 }, "cpu must be 0.5 to 30 in steps of 0.25, got 0.25"],
    [{ cpu: 30.25, memoryGib: 64 }, "cpu must be 0.5 to 30 in steps of 0.25, got 30.25"],
    [{ cpu: 0.6, memoryGib: 1 }, "cpu must be 0.5 to 30 in steps of 0.25, got 0.6"],
    [
      { cpu: 2, memoryGib: 1.9 },
      "memoryGib must be 1 to 6.5 per vCPU, which is 2 to 13 for 2 vCPU, got 1.9; Autopilot would change the pod",
    ],
    [
      { cpu: 2, memoryGib: 13.1 },
      "memoryGib must be 1 to 6.5 per vCPU, which is 2 to 13 for 2 vCPU, got 13.1; Autopilot would change the pod",
    ],
    [
      { timeoutSeconds: 899 },
      "timeoutSeconds must be at least 900, got 899; Autopilot adds a node before Flyte can start",
    ],
  ])("fails on %j", (changes, message) => {
    expect(() => synth(changes)).toThrow(new Error(`test/flyte has 1 problem:\n- ${message}`));
  });

  test.each<Partial<FlyteReleaseProps>>([
    { cpu: 0.5, memoryGib: 0.5 },
    { cpu: 30, memoryGib: 30 },
    { cpu: 2, memoryGib: 2 },
    { cpu: 2, memoryGib: 13 },
    { timeoutSeconds: 900 },
    { database: { ...props.database, maxOpenConnections: 2 } },
  ])("%j is fine", (changes) => {
    expect(() => synth(changes)).not.toThrow();
  });

  test("fails on props and on the user's values at once", () => {
    expect(() => synth({ projects: [], extraValues: { ingress: { create: true } } })).toThrow(
      new Error(
        [
          "test/flyte has 2 problems:",
          '- projects must name at least one Flyte project, got none; Flyte would make its own "flytesnacks"',
          "- extraValues.ingress.create must stay false, got true; access decides who reaches Flyte",
        ].join("\n"),
      ),
    );
  });
});
