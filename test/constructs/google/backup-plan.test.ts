import { BackupPlan, type BackupPlanProps } from "../../../constructs/google/backup-plan";
import { synthGoogleStack, waiting } from "./google-stack";
import { onlyResource } from "../../support/synth";

const minimal: BackupPlanProps = {
  project: "acme-dev",
  location: "europe-west4",
  name: "flyte-dev-backup",
  cluster: "projects/acme-dev/locations/europe-west4/clusters/flyte-dev-cluster",
  cron: "0 3 * * *",
  retainDays: 30,
};

const plan = (props: Partial<BackupPlanProps> = {}) =>
  onlyResource(
    synthGoogleStack((stack) => void new BackupPlan(stack, "backup", { ...minimal, ...props })),
    "google_gke_backup_backup_plan",
  );

describe("a backup plan", () => {
  test("backs up everything, secrets and volumes included, and is protected", () => {
    expect(plan()).toEqual({
      project: "acme-dev",
      location: "europe-west4",
      name: "flyte-dev-backup",
      cluster: "projects/acme-dev/locations/europe-west4/clusters/flyte-dev-cluster",
      backup_schedule: { cron_schedule: "0 3 * * *" },
      retention_policy: { backup_retain_days: 30, backup_delete_lock_days: 0 },
      backup_config: {
        all_namespaces: true,
        include_secrets: true,
        include_volume_data: true,
        permissive_mode: true,
      },
      lifecycle: { prevent_destroy: true },
    });
  });

  test("takes every setting", () => {
    expect(
      plan({
        lockDays: 7,
        includeSecrets: false,
        includeVolumeData: false,
        kmsKeyName: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
        labels: { environment: "dev" },
        deletionProtection: false,
      }),
    ).toMatchObject({
      retention_policy: { backup_delete_lock_days: 7 },
      backup_config: {
        include_secrets: false,
        include_volume_data: false,
        encryption_key: { gcp_kms_encryption_key: "projects/p/locations/l/keyRings/r/cryptoKeys/k" },
      },
      labels: { environment: "dev" },
      lifecycle: { prevent_destroy: false },
    });
  });

  test("waits for what it is told to wait for", () => {
    expect(
      waiting((stack, dependsOn) => void new BackupPlan(stack, "it", { ...minimal, dependsOn })),
    ).toEqual(["google_gke_backup_backup_plan"]);
  });

  test.each<[Partial<BackupPlanProps>, string | undefined]>([
    [{ cron: "*/30 0-6 1,15 * MON-FRI" }, undefined],
    [{ cron: "0 3 * *" }, 'cron must have five fields such as "0 3 * * *", got "0 3 * *"'],
    [{ cron: "0 3 * * * *" }, 'cron must have five fields such as "0 3 * * *", got "0 3 * * * *"'],
    [{ cron: "@daily" }, 'cron must have five fields such as "0 3 * * *", got "@daily"'],
    [{ retainDays: 0 }, "retainDays must be a whole number from 1 to 365, got 0"],
    [{ retainDays: 1 }, undefined],
    [{ retainDays: 365 }, undefined],
    [{ retainDays: 366 }, "retainDays must be a whole number from 1 to 365, got 366"],
    [{ lockDays: -1 }, "lockDays must be a whole number from 0 to 90, got -1"],
    [{ lockDays: 90, retainDays: 90 }, undefined],
    [{ lockDays: 91, retainDays: 91 }, "lockDays must be a whole number from 0 to 90, got 91"],
    [{ lockDays: 30, retainDays: 30 }, undefined],
    [{ lockDays: 31, retainDays: 30 }, "lockDays must be at most retainDays (30), got 31"],
  ])("judges %j", (props, problem) => {
    const build = () => plan(props);
    if (problem === undefined) expect(build).not.toThrow();
    else expect(build).toThrow(new Error(`test/backup has 1 problem:\n- ${problem}`));
  });
});
