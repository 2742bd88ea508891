import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { check, type Rule } from "../rules";
import { grantOnCryptoKey, type Grants } from "./grants";
import { wholeNumberProblem } from "./whole-number";

/** One key, and who encrypts with it. */
export interface EncryptionKey {
  /** Physical name, 1 to 63 letters, digits, `-`, `_`. Change: refused while protected; a key's name is taken for ever. */
  readonly name: string;
  /**
   * Members that may encrypt and decrypt, by a name that stays (it is part of the grant's address): usually the service
   * agent of the service that stores the data.
   */
  readonly users: Readonly<Record<string, string>>;
}

export interface EncryptionKeysProps {
  readonly project: string;
  /** Where the keys live: the location of the data they encrypt. Change: refused while protected. */
  readonly location: string;
  /** Name of the key ring, 1 to 63 letters, digits, `-`, `_`. Change: refused while protected. */
  readonly keyRingName: string;
  readonly keys: Readonly<Record<string, EncryptionKey>>;
  /**
   * A new version encrypts after so many days; older ones go on decrypting.
   *
   * Shape: whole number, 1 to 90, days. Change: in place.
   * @default 90
   */
  readonly rotationDays?: number;
  /**
   * How long a destroyed version can be brought back.
   *
   * Shape: whole number, 1 to 120, days. Change: refused while protected (it would replace the key).
   * @default 30
   */
  readonly destroyScheduledDays?: number;
  /** Labels of the keys. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Refuse to remove keys. Without it a destroy makes everything they encrypt unreadable, and a new deploy fails with 409:
   * Google keeps the names of key rings and keys for ever.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /** What must be there first, such as the project's APIs. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Customer-managed encryption keys in one key ring, each with its users. */
export class EncryptionKeys extends Construct {
  /** Full id of each key: `projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<name>`. */
  readonly keyIds: Readonly<Record<string, string>>;
  /** The keys and their grants: whatever is created with a key must wait for them. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EncryptionKeysProps) {
    super(scope, id);
    check(this, props, encryptionKeysRules);
    const ring = new KmsKeyRing(this, "Default", {
      project: props.project,
      location: props.location,
      name: props.keyRingName,
      lifecycle: lifecycle(props),
      dependsOn: props.dependsOn && [...props.dependsOn],
    });
    const keys = Object.entries(props.keys).map(([key, spec]) => createKey(this, key, spec, ring, props));
    this.keyIds = Object.fromEntries(keys.map(({ key, cryptoKey }) => [key, cryptoKey.id]));
    this.ready = keys.flatMap(({ cryptoKey, grants }) => [cryptoKey, ...grants]);
  }
}

/** A key's full id, for stacks that know it by name only. */
export function cryptoKeyId(project: string, location: string, keyRing: string, name: string): string {
  return `projects/${project}/locations/${location}/keyRings/${keyRing}/cryptoKeys/${name}`;
}

export const encryptionKeysRules: readonly Rule<EncryptionKeysProps>[] = [
  ({ rotationDays = 90 }) => wholeNumberProblem("rotationDays", rotationDays, 1, 90),
  ({ destroyScheduledDays = 30 }) => wholeNumberProblem("destroyScheduledDays", destroyScheduledDays, 1, 120),
  ({ keyRingName }) => kmsName("keyRingName", keyRingName),
  ({ keys }) =>
    Object.entries(keys)
      .map(([key, { name }]) => kmsName(`keys.${key}.name`, name))
      .find((problem) => problem !== undefined),
];

function kmsName(path: string, name: string): string | undefined {
  if (/^[A-Za-z0-9_-]{1,63}$/.test(name)) return undefined;
  return `${path} must be 1 to 63 letters, digits, "-" or "_", got ${JSON.stringify(name)}`;
}

function lifecycle(props: EncryptionKeysProps) {
  return { preventDestroy: props.deletionProtection ?? true };
}

function createKey(
  parent: Construct,
  key: string,
  spec: EncryptionKey,
  ring: KmsKeyRing,
  props: EncryptionKeysProps,
) {
  const scope = new Construct(parent, key);
  const cryptoKey = new KmsCryptoKey(scope, "Default", {
    name: spec.name,
    keyRing: ring.id,
    purpose: "ENCRYPT_DECRYPT",
    rotationPeriod: seconds(props.rotationDays ?? 90),
    destroyScheduledDuration: seconds(props.destroyScheduledDays ?? 30),
    labels: props.labels && { ...props.labels },
    lifecycle: lifecycle(props),
  });
  const grants = grantOnCryptoKey(scope, "grants", { cryptoKeyId: cryptoKey.id }, encrypters(spec.users));
  return { key, cryptoKey, grants };
}

function encrypters(users: EncryptionKey["users"]): Grants {
  const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
  return Object.fromEntries(Object.entries(users).map(([user, member]) => [user, { role, member }]));
}

function seconds(days: number): string {
  return `${days * 24 * 60 * 60}s`;
}
