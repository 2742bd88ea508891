import {
  cryptoKeyId,
  EncryptionKeys,
  type EncryptionKeysProps,
} from "../../../constructs/google/encryption-keys";
import { seen, synthGoogleStack, waiting } from "./google-stack";
import { addresses, onlyResource, resources } from "../../support/synth";

const minimal: EncryptionKeysProps = {
  project: "acme-dev",
  location: "europe-west4",
  keyRingName: "flyte-dev-keys",
  keys: {
    database: { name: "database", users: { "cloud-sql": "serviceAccount:sql@example.com" } },
    cluster: {
      name: "cluster",
      users: { container: "serviceAccount:gke@example.com", backup: "serviceAccount:backup@example.com" },
    },
  },
};

const synth = (props: Partial<EncryptionKeysProps> = {}) =>
  synthGoogleStack((stack) => void new EncryptionKeys(stack, "keys", { ...minimal, ...props }));

const keys = (props?: Partial<EncryptionKeysProps>) =>
  Object.values(resources(synth(props), "google_kms_crypto_key"));

describe("encryption keys", () => {
  test("lie in one key ring, in the place of the data", () => {
    expect(onlyResource(synth(), "google_kms_key_ring")).toMatchObject({
      project: "acme-dev",
      location: "europe-west4",
      name: "flyte-dev-keys",
    });
    expect(keys().map(({ name, key_ring }) => [name, key_ring])).toEqual([
      ["cluster", "${google_kms_key_ring.keys.id}"],
      ["database", "${google_kms_key_ring.keys.id}"],
    ]);
  });

  test("rotate every 90 days, stay recoverable for 30, and cannot be destroyed", () => {
    for (const key of keys())
      expect(key).toMatchObject({
        purpose: "ENCRYPT_DECRYPT",
        rotation_period: "7776000s",
        destroy_scheduled_duration: "2592000s",
        lifecycle: { prevent_destroy: true },
      });
    expect(onlyResource(synth(), "google_kms_key_ring").lifecycle).toEqual({ prevent_destroy: true });
  });

  test("take every setting", () => {
    for (const key of keys({
      rotationDays: 30,
      destroyScheduledDays: 7,
      labels: { environment: "dev" },
      deletionProtection: false,
    }))
      expect(key).toMatchObject({
        rotation_period: "2592000s",
        destroy_scheduled_duration: "604800s",
        labels: { environment: "dev" },
        lifecycle: { prevent_destroy: false },
      });
  });

  test("serve their users, each by one grant on the key itself", () => {
    const grants = Object.values(resources(synth(), "google_kms_crypto_key_iam_member"));
    expect(grants.map(({ member }) => member).sort()).toEqual([
      "serviceAccount:backup@example.com",
      "serviceAccount:gke@example.com",
      "serviceAccount:sql@example.com",
    ]);
    for (const { role, crypto_key_id } of grants) {
      expect(role).toBe("roles/cloudkms.cryptoKeyEncrypterDecrypter");
      expect(crypto_key_id).toMatch(/^\$\{google_kms_crypto_key\.keys_\w+\.id\}$/);
    }
  });

  test("wait, with all keys behind the ring, for what they are told to wait for", () => {
    expect(
      waiting((stack, dependsOn) => void new EncryptionKeys(stack, "it", { ...minimal, dependsOn })),
    ).toEqual(["google_kms_key_ring"]);
  });

  test("keep their addresses", () => {
    expect(addresses(synth()).map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "google_kms_crypto_key.keys_cluster",
      "google_kms_crypto_key.keys_database",
      "google_kms_crypto_key_iam_member.keys_cluster_grants_backup",
      "google_kms_crypto_key_iam_member.keys_cluster_grants_container",
      "google_kms_crypto_key_iam_member.keys_database_grants_cloud-sql",
      "google_kms_key_ring.keys",
    ]);
  });

  test("are ready with their grants, and known by their key", () => {
    const { ready, attributes } = seen((stack) => new EncryptionKeys(stack, "keys", minimal), "keyIds");
    expect(ready.map((address) => address.split(".")[0])).toEqual([
      "google_kms_crypto_key",
      "google_kms_crypto_key_iam_member",
      "google_kms_crypto_key",
      "google_kms_crypto_key_iam_member",
      "google_kms_crypto_key_iam_member",
    ]);
    expect(attributes.keyIds).toEqual({
      cluster: expect.stringMatching(/^\$\{google_kms_crypto_key\.keys_cluster_\w+\.id\}$/),
      database: expect.stringMatching(/^\$\{google_kms_crypto_key\.keys_database_\w+\.id\}$/),
    });
  });

  test("have an id that follows from their names", () => {
    expect(cryptoKeyId("acme-dev", "europe-west4", "flyte-dev-keys", "cluster")).toBe(
      "projects/acme-dev/locations/europe-west4/keyRings/flyte-dev-keys/cryptoKeys/cluster",
    );
  });

  test.each<[Partial<EncryptionKeysProps>, string | undefined]>([
    [{ rotationDays: 0 }, "rotationDays must be a whole number from 1 to 90, got 0"],
    [{ rotationDays: 1 }, undefined],
    [{ rotationDays: 90 }, undefined],
    [{ rotationDays: 91 }, "rotationDays must be a whole number from 1 to 90, got 91"],
    [{ rotationDays: 1.5 }, "rotationDays must be a whole number from 1 to 90, got 1.5"],
    [{ destroyScheduledDays: 0 }, "destroyScheduledDays must be a whole number from 1 to 120, got 0"],
    [{ destroyScheduledDays: 120 }, undefined],
    [{ destroyScheduledDays: 121 }, "destroyScheduledDays must be a whole number from 1 to 120, got 121"],
    [{ keyRingName: "a b" }, 'keyRingName must be 1 to 63 letters, digits, "-" or "_", got "a b"'],
    [
      { keys: { storage: { name: "", users: {} } } },
      'keys.storage.name must be 1 to 63 letters, digits, "-" or "_", got ""',
    ],
  ])("judge %j", (props, problem) => {
    const build = () => synth(props);
    if (problem === undefined) expect(build).not.toThrow();
    else expect(build).toThrow(new Error(`test/keys has 1 problem:\n- ${problem}`));
  });
});
