import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { GkeBackupBackupPlan } from "@cdktf/provider-google/lib/gke-backup-backup-plan";
import { check, type Rule } from "../rules";
import { wholeNumberProblem } from "./whole-number";

export interface BackupPlanProps {
  readonly project: string;
  /** Region that keeps the backups. Change: replaces the plan, which Google refuses while it holds backups. */
  readonly location: string;
  /** 1 to 63 lowercase letters, digits, `-`. Change: as for the location. */
  readonly name: string;
  /** Cluster, as `projects/<project>/locations/<region>/clusters/<name>`. Change: as for the location. */
  readonly cluster: string;
  /**
   * When backups are taken.
   *
   * Shape: five-field cron, in UTC, for example `0 3 * * *`. Change: in place.
   */
  readonly cron: string;
  /**
   * Backups are deleted after so many days.
   *
   * Shape: whole number, 1 to 365. Change: for backups taken from then on.
   */
  readonly retainDays: number;
  /**
   * Nobody can delete a backup before so many days, not even the project's owner. While one is locked, the plan cannot be
   * removed either.
   *
   * Shape: whole number, 0 to 90, at most `retainDays`. Change: for backups taken from then on.
   * @default 0
   */
  readonly lockDays?: number;
  /** Back up Kubernetes secrets too. @default true */
  readonly includeSecrets?: boolean;
  /** Back up the contents of persistent volumes too. @default true */
  readonly includeVolumeData?: boolean;
  /**
   * Key that encrypts the backups, in the same region, as `projects/…/cryptoKeys/<name>`. The `gkeBackup` service agent
   * must be one of its users.
   * @default Google's own key
   */
  readonly kmsKeyName?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Refuse to remove the plan. Without it, Google still refuses as long as the plan holds backups. @default true */
  readonly deletionProtection?: boolean;
  /** What must be there first: the cluster, the key's grants. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Backs up everything in a cluster on a schedule (Backup for GKE). The cluster must run the backup agent. */
export class BackupPlan extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    check(this, props, backupPlanRules);
    const plan = new GkeBackupBackupPlan(this, "Default", {
      project: props.project,
      location: props.location,
      name: props.name,
      cluster: props.cluster,
      backupSchedule: { cronSchedule: props.cron },
      retentionPolicy: { backupRetainDays: props.retainDays, backupDeleteLockDays: props.lockDays ?? 0 },
      backupConfig: {
        allNamespaces: true,
        includeSecrets: props.includeSecrets ?? true,
        includeVolumeData: props.includeVolumeData ?? true,
        // One team's unusual volume (Cloud Storage, Filestore) must not stop everybody's backup.
        permissiveMode: true,
        encryptionKey: props.kmsKeyName === undefined ? undefined : { gcpKmsEncryptionKey: props.kmsKeyName },
      },
      labels: props.labels && { ...props.labels },
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
      dependsOn: props.dependsOn && [...props.dependsOn],
    });
    this.ready = [plan];
  }
}

export const backupPlanRules: readonly Rule<BackupPlanProps>[] = [
  ({ cron }) =>
    /^[0-9*/,-]+( [0-9A-Za-z*/,-]+){4}$/.test(cron)
      ? undefined
      : `cron must have five fields such as "0 3 * * *", got ${JSON.stringify(cron)}`,
  ({ retainDays }) => wholeNumberProblem("retainDays", retainDays, 1, 365),
  ({ lockDays = 0 }) => wholeNumberProblem("lockDays", lockDays, 0, 90),
  ({ lockDays = 0, retainDays }) =>
    lockDays > retainDays
      ? `lockDays must be at most retainDays (${retainDays}), got ${lockDays}`
      : undefined,
];
