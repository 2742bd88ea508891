import { buildApp } from "../../src/app";
import { defineEnvironments } from "../../src/environment/define";
import type { EnvironmentConfig } from "../../src/environment/schema";
import { prod } from "../support/environments/prod";
import { onlyResource, resources, synthesise } from "../support/synth";

const stacksWith = (encryption: EnvironmentConfig["encryption"]) =>
  synthesise((outdir) =>
    buildApp(defineEnvironments([{ ...prod, encryption: encryption! }]).environments, { outdir }),
  );
const key = (name: string) =>
  `projects/acme-ml-prod/locations/us-central1/keyRings/flyte-prod-keys/cryptoKeys/${name}`;

type Stacks = ReturnType<typeof stacksWith>;
const nodeKey = (stacks: Stacks) =>
  onlyResource(stacks["prod-cluster"]!, "google_container_cluster")["cluster_autoscaling"]
    .auto_provisioning_defaults.boot_disk_kms_key;
const secretKeys = (stacks: Stacks) =>
  Object.values(resources(stacks["prod-data"]!, "google_secret_manager_secret")).map(
    ({ replication }) => replication.user_managed.replicas[0].customer_managed_encryption?.kms_key_name,
  );
const keyNames = (stacks: Stacks) =>
  Object.values(resources(stacks["prod-foundation"]!, "google_kms_crypto_key")).map(({ name }) => name);

describe("keys of one's own", () => {
  test("reach nodes' disks and secrets when they are asked for, each with its agent", () => {
    const stacks = stacksWith({ enabled: true, nodes: true, secrets: true });
    expect(nodeKey(stacks)).toBe(key("nodes"));
    expect(secretKeys(stacks)).toEqual([key("secrets"), key("secrets")]);
    const members = resources(stacks["prod-foundation"]!, "google_kms_crypto_key_iam_member");
    const users = Object.values(members).map(({ crypto_key_id, member }) => `${crypto_key_id} ${member}`);
    expect(users).toContainEqual(expect.stringMatching(/nodes.* serviceAccount:.*@compute-system\./));
    expect(users).toContainEqual(expect.stringMatching(/secrets.* serviceAccount:.*@gcp-sa-secretmanager\./));
  });

  test("replace no cluster and no secret of an environment that had keys before", () => {
    const stacks = stacksWith({ enabled: true });
    expect(nodeKey(stacks)).toBeUndefined();
    expect(secretKeys(stacks)).toEqual([undefined, undefined]);
    expect(keyNames(stacks).sort()).toEqual(["cluster", "database", "registry", "storage"]);
  });
});
