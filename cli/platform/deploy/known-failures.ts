import { environmentFile } from "../app";
import { commandLine } from "../command-line";
import type { Options } from "../options";
import type { ApplyRun } from "../terraform/results";
import type { RunResult } from "../terraform/run";
import type { Stack } from "../workspace";
import { clusterNext, clusterTaint, databaseNext } from "./half-made";
import { importId, type Resources } from "./import-ids";

/** A failure somebody has met before, and the way out of it. */
export interface Advice {
  readonly what: string;
  readonly next: string;
}

export interface Failure {
  readonly stack: Pick<Stack, "folder" | "protected">;
  /** What the stack states, for the IDs of what it makes. @default nothing is known */
  readonly resources?: Resources;
  /** Name of the environment. */
  readonly environment: string;
  /** The command that failed, to be run again. */
  readonly command: string;
  readonly options?: Options;
  readonly run: RunResult;
  readonly apply?: ApplyRun;
}

export interface Known {
  /** Tested against an error's summary and detail. */
  readonly says?: RegExp;
  /** What an error must not say. */
  readonly unless?: RegExp;
  /** Tested against the Terraform type of what failed. */
  readonly type?: string;
  readonly action?: "create" | "update";
  /** The commands to which it happens unasked. @default all */
  readonly commands?: readonly string[];
  readonly what: string;
  readonly next: (failure: Failure, address: string, text: string) => string;
}

export const terraform = ({ stack }: Failure, command: string) =>
  `terraform -chdir=${stack.folder} ${command}`;
export const again = ({ command, environment: name, options }: Failure, ...more: readonly string[]) =>
  commandLine({ command, name, ...(options ? { options } : {}) }, ...more);
const other = (failure: Failure, command: string) => again({ ...failure, command });
const file = ({ environment, options }: Failure) => environmentFile(environment, options);

const missingVersion = /projects\/([^/']+)\/secrets\/([^/']+)\/versions\/[^/']+' was not found/;

const exists = /alreadyExists|already exists|Error 409|still in use/i;

/** The whole command where the ID is known, the way to it where only Google knows it. */
function importOf(failure: Failure, address: string): string {
  const id = importId(failure.resources ?? {}, address);
  if (id !== undefined) return terraform(failure, `import '${address}' '${id}'`);
  const page =
    address
      .split(".")
      .at(-2)
      ?.replace(/^[a-z]+_/, "") || "resource";
  return `import ${address || "it"} by the ID that the provider's page of ${page} describes, or delete what is there`;
}

/** Most telling first: of several that fit one failure, the first is shown. */
export const knownFailures: readonly Known[] = [
  {
    type: "google_sql_user",
    action: "update",
    what: "The rotation of the database password stopped half way: Secret Manager has the new password, the database the old one, and the state says that both are new. Deploying again would change nothing.",
    next: (failure) => `raise database.passwordVersion by one in ${file(failure)}, then: ${again(failure)}`,
  },
  {
    type: "google_container_cluster",
    action: "create",
    unless: exists,
    what: clusterTaint,
    next: clusterNext,
  },
  {
    type: "google_container_cluster",
    says: /Instance cannot be destroyed/i,
    commands: ["deploy", "plan", "verify"],
    what: "The plan would replace the cluster, which is protected: most often one whose creation failed half way.",
    next: clusterNext,
  },
  {
    type: "google_sql_database_instance",
    action: "create",
    what: "The database's creation failed, so Terraform has forgotten it; it may be there all the same.",
    next: (failure, address) => databaseNext(failure, address, importOf(failure, address)),
  },
  {
    says: exists,
    what: "Something of that name is there, and is not in Terraform's state. What is this environment's is imported; beside what is somebody else's, take another prefix or name in the environment's file.",
    next: importOf,
  },
  {
    says: missingVersion,
    what: "A secret has been made, but not its value: that is a person's to write.",
    next: (failure, _, text) => {
      const [, project = "", secret = ""] = missingVersion.exec(text) ?? [];
      return `gcloud secrets versions add ${secret} --project ${project} --data-file FILE, then: ${again(failure)}`;
    },
  },
  {
    says: /kueue-webhook-gate.*(DeadlineExceeded|BackoffLimitExceeded|failed)/i,
    what: "Kueue's webhook did not answer the API server in nine minutes: its pods are not ready, or a firewall keeps the control plane from their ports.",
    next: (failure) =>
      `see which: ${other(failure, "doctor")}; kubectl --namespace kueue-system describe pods tells why one is not ready; when it is, ${again(failure)}`,
  },
  {
    says: /Error releasing the state lock/i,
    what: "Somebody broke the lock while Terraform worked. The state is written, but another run may have written it too.",
    next: (failure) => other(failure, "verify"),
  },
  {
    // The second is a first state, which Terraform makes under a lock of its own.
    says: /state lock|tflock" failed/i,
    what: "Somebody else works on this state, or a run that is gone has left its lock.",
    next: (failure) => `wait until the other run ends, then: ${again(failure)} (it names a lock that stays)`,
  },
  {
    says: /Error loading state|Failed to get existing workspaces|Failed to open state file/i,
    what: "The state can't be read, or not be begun, in its bucket.",
    next: (failure) => `look at the answer above (permission, network), then: ${again(failure)}`,
  },
  {
    says: /no space left on device|file too large/i,
    what: "The disk is full.",
    next: (failure) => `make room (cdktf.out, the provider cache), then: ${again(failure)}`,
  },
  {
    says: /Instance cannot be destroyed|prevent_destroy/i,
    commands: ["destroy"],
    what: "The environment is protected.",
    next: (failure) =>
      `deletionProtection: false in ${file(failure)}, then: ${other(failure, "deploy")}, then: ${again(failure)}`,
  },
  {
    says: /Instance cannot be destroyed|prevent_destroy/i,
    what: "The plan would destroy something that is protected.",
    next: (failure, address) =>
      `if its creation failed half way and it is sound: ${terraform(failure, `untaint '${address}'`)}; if an address changed: a moved block (docs/upgrading.md); if it is meant: deletionProtection: false in ${file(failure)}, then: ${again(failure)}`,
  },
  {
    says: /deletion_protection/i,
    what: "Google's own deletion protection is on.",
    next: (failure) =>
      `deletionProtection: false in ${file(failure)}, deploy that, then destroy: the protection in the state counts, not the one in the file`,
  },
  {
    says: /force_destroy/i,
    what: "A bucket still holds objects.",
    next: () => "copy what you need, empty the bucket, then run this again",
  },
  {
    says: /Plugin did not respond|plugin (exited|crashed)|transport is closing/i,
    what: "A provider died, most often for want of memory.",
    next: (failure) => `give the machine 4 GiB or more, then: ${again(failure)}`,
  },
  {
    says: /Saved plan is stale/i,
    what: "Somebody else changed this state between plan and apply.",
    next: (failure) => `plan anew: ${again(failure)}`,
  },
  {
    says: /Backend (initialization required|configuration changed)|Error: Backend/i,
    what: "The state's bucket or prefix is not the one that this folder was initialised with.",
    next: (failure) =>
      `if the move is meant: ${terraform(failure, "init -migrate-state")}; if not: put it back`,
  },
  {
    says: /(query|access|install|retrieve).{0,40}(provider|registry)|registry\.terraform\.io/i,
    what: "Terraform's providers can't be had.",
    next: () => "look at the way to registry.terraform.io: network, proxy, or a mirror",
  },
  {
    says: /Error 403|permission|PERMISSION_DENIED/i,
    what: "The caller lacks a permission.",
    next: (failure) => `see what is missing: ${other(failure, "doctor")}`,
  },
];
