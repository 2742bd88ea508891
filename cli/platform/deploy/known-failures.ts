import type { ApplyRun } from "../terraform/results";
import type { RunResult } from "../terraform/run";
import type { Stack } from "../workspace";

/** A failure somebody has met before, and the way out of it. */
export interface Advice {
  readonly what: string;
  readonly next: string;
}

export interface Failure {
  readonly stack: Stack;
  /** Name of the environment. */
  readonly environment: string;
  /** The command that failed, to be run again. */
  readonly command: string;
  readonly run: RunResult;
  readonly apply?: ApplyRun;
}

export interface Known {
  /** Tested against each error's summary and detail. */
  readonly says?: RegExp;
  /** Tested against the Terraform type of what failed. */
  readonly type?: string;
  readonly action?: "create" | "update";
  readonly what: string;
  readonly next: (failure: Failure, address: string) => string;
}

const terraform = ({ stack }: Failure, command: string) => `terraform -chdir=${stack.folder} ${command}`;
const again = ({ command, environment }: Failure) => `npm run platform -- ${command} ${environment}`;
const file = ({ environment }: Failure) => `src/environments/${environment}.ts`;

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
    what: "The cluster's creation failed, so Terraform holds it for tainted and would replace it, which its deletion protection forbids.",
    next: (failure, address) =>
      `look at it in the console; if it is sound: ${terraform(failure, `untaint '${address}'`)}; if not: deletionProtection: false in ${file(failure)}, untaint it, deploy, then delete it with --allow-replace ${address}`,
  },
  {
    type: "google_sql_database_instance",
    action: "create",
    what: "The database's creation failed, so Terraform has forgotten it; it may be there all the same.",
    next: (failure, address) =>
      `gcloud sql instances list; if it is there and sound: ${terraform(failure, `import '${address}' PROJECT/NAME`)}; if it is broken: delete it (its name is then taken for a week)`,
  },
  {
    says: /alreadyExists|already exists|Error 409/i,
    what: "Something of that name is there, and is not in Terraform's state.",
    next: (failure, address) =>
      `if it is this environment's: ${terraform(failure, `import '${address}' ID`)} (the provider's page of the resource tells its ID); if not: another prefix or name in ${file(failure)}`,
  },
  {
    says: /Error releasing the state lock/i,
    what: "Somebody broke the lock while Terraform worked. The state is written, but another run may have written it too.",
    next: ({ environment }) => `npm run platform -- verify ${environment}`,
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
    what: "The plan would destroy something that is protected.",
    next: (failure) =>
      `if an address changed: a moved block (docs/upgrading.md); if it is meant: deletionProtection: false in ${file(failure)}, then: ${again(failure)}`,
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
    next: ({ environment }) => `see what is missing: npm run platform -- doctor ${environment}`,
  },
];
