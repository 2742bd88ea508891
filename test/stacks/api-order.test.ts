import { defineEnvironment } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { waitsFor } from "../support/references";
import { shippedAndFull } from "../support/shipped-stacks";
import { type StackJson, resources, synthApp } from "../support/synth";

// A new project has no API on. Whatever is made must wait until its API is: within a stack by its dependencies, between
// stacks by their order (bootstrap, foundation, the others).

/** Which API makes a resource, by the beginning of its type; the longest beginning wins. */
const services: Readonly<Record<string, string>> = {
  google_artifact_registry: "artifactregistry",
  google_bigquery: "bigquery",
  google_certificate_manager: "certificatemanager",
  google_client_config: "iam",
  google_compute: "compute",
  google_container: "container",
  google_dns: "dns",
  google_filestore: "file",
  google_gke_backup: "gkebackup",
  google_iam_workload_identity_pool: "iam",
  google_kms: "cloudkms",
  google_logging: "logging",
  google_monitoring: "monitoring",
  google_project: "cloudresourcemanager",
  google_project_iam_custom_role: "iam",
  google_project_service: "serviceusage",
  google_secret_manager: "secretmanager",
  google_service_account: "iam",
  google_service_networking: "servicenetworking",
  google_sql: "sqladmin",
  google_storage: "storage",
};

function serviceOf(type: string): string {
  const [longest] = Object.keys(services)
    .filter((beginning) => type.startsWith(beginning))
    .sort((a, b) => b.length - a.length);
  return longest === undefined ? `unknown: ${type}` : services[longest]!;
}

const everything = { stateBucket: true, accessLogBucket: true };
const bootstrapOf = (config: EnvironmentConfig): StackJson =>
  synthApp((app) => new BootstrapStack(app, defineEnvironment(config), { makes: everything }))[
    `${config.name}-bootstrap`
  ]!;

/** Terraform switches these on through themselves, so the bootstrap command does it before Terraform begins. */
const first = ["cloudresourcemanager", "serviceusage"];

const switchedOn = (stack: StackJson) =>
  Object.values(resources(stack, "google_project_service")).map(({ service }) =>
    String(service).replace(".googleapis.com", ""),
  );

/** Resources of a stack that may be made before their API is on; `earlier` are on before the stack begins. */
function tooEarly(stack: StackJson, earlier: readonly string[]): string[] {
  const types = Object.keys(stack.resource ?? {}).filter((type) => type.startsWith("google_"));
  return types.flatMap((type) =>
    Object.keys(resources(stack, type)).flatMap((id) => {
      const service = serviceOf(type);
      const address = `${type}.${id}`;
      const waited = [...waitsFor(stack, address)].flatMap((each) => {
        const [kind = "", name = ""] = each.split(".");
        return kind === "google_project_service" ? [String(resources(stack, kind)[name]?.["service"])] : [];
      });
      const on = earlier.includes(service) || waited.includes(`${service}.googleapis.com`);
      return on ? [] : [`${address} (${service})`];
    }),
  );
}

/** What is read while a stack is planned needs its API on before. */
function unreadable(stack: StackJson, earlier: readonly string[]): string[] {
  const read = [
    ...Object.keys(stack.data ?? {}),
    ...Object.keys((stack["ephemeral"] ?? {}) as Record<string, unknown>),
  ];
  return read
    .filter((type) => type.startsWith("google_") && !earlier.includes(serviceOf(type)))
    .map((type) => `${type} (${serviceOf(type)})`);
}

describe.each(shippedAndFull().map(({ config, stacks }) => [config.name, config, stacks] as const))(
  "environment %s",
  (name, config, stacks) => {
    const bootstrap = bootstrapOf(config);
    const foundation = stacks[`${name}-foundation`]!;

    test("its bootstrap makes nothing before the API that makes it", () => {
      expect(tooEarly(bootstrap, first)).toEqual([]);
    });

    test("its foundation makes nothing before the API that makes it, and reads only what bootstrap can", () => {
      expect(tooEarly(foundation, first)).toEqual([]);
      expect(unreadable(foundation, switchedOn(bootstrap))).toEqual([]);
    });

    test.each(["data", "cluster", "platform"])(
      "its %s stack needs no API that the foundation leaves off",
      (role) => {
        const on = switchedOn(foundation);
        expect(tooEarly(stacks[`${name}-${role}`]!, on)).toEqual([]);
        expect(unreadable(stacks[`${name}-${role}`]!, on)).toEqual([]);
      },
    );
  },
);
