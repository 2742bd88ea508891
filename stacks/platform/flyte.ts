import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { backendName, coreServiceAccounts } from "../../constructs/flyte/chart";
import { CoreIdentities } from "../../constructs/flyte/core/core-identities";
import { FlyteRelease } from "../../constructs/flyte/flyte-release";
import { ServiceIdentity } from "../../constructs/google/service-identity";
import { stackAccounts } from "../service-accounts";
import { FLYTE_NAMESPACE, type PlatformContext } from "./platform-context";

// objectUser alone lacks storage.buckets.get, which Flyte asks for when it starts.
const STORAGE_ROLES = ["roles/storage.objectUser", "roles/storage.legacyBucketReader"];

export interface FlyteNeeds {
  /** Private address of the database. */
  readonly databaseAddress: string;
  /** Reserved address of an internal Flyte that has a name. */
  readonly internalAddress: string | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Flyte in the environment's topology, and who its parts are at Google. */
export function addFlyte(
  scope: Construct,
  context: PlatformContext,
  needs: FlyteNeeds,
): ITerraformDependable[] {
  const { environment, names } = context;
  const { project, flyte } = environment;
  const identity = addIdentity(scope, context);
  const dependsOn = [...needs.dependsOn, ...identity.ready];
  const release = releaseProps(context, needs);
  if (flyte.topology !== "core") {
    const { cpu, memoryGib } = flyte;
    const { internalAddress } = needs;
    const serviceAccount = identity.email;
    return new FlyteRelease(scope, "flyte", {
      ...release,
      serviceAccount,
      cpu,
      memoryGib,
      internalAddress,
      dependsOn,
    }).ready;
  }
  const parts = new CoreIdentities(scope, "flyte-parts", {
    project,
    accountIds: names.flyteCoreAccounts,
    namespace: FLYTE_NAMESPACE,
    storageRoles: STORAGE_ROLES,
    metadataBucket: names.metadataBucket,
    dataBucket: names.dataBucket,
  });
  return new FlyteRelease(scope, "flyte", {
    ...release,
    topology: "core",
    serviceAccounts: { admin: identity.email, ...parts.emails },
    dependsOn: [...dependsOn, ...parts.ready],
  }).ready;
}

/** The backend's account; in topology core that of its admin part. */
function addIdentity(scope: Construct, { environment, names, buckets }: PlatformContext): ServiceIdentity {
  const core = environment.flyte.topology === "core";
  const { backend } = stackAccounts(environment);
  return new ServiceIdentity(scope, "flyte-identity", {
    project: environment.project,
    accountId: backend.accountId,
    displayName: backend.displayName,
    buckets: Object.fromEntries(
      Object.entries(buckets).map(([key, bucket]) => [key, { bucket, roles: STORAGE_ROLES }]),
    ),
    // In topology core Terraform hands the password over; nobody else needs to read it.
    secrets: core
      ? {}
      : { database: { secretId: names.databaseSecret, roles: ["roles/secretmanager.secretAccessor"] } },
    rolesOnItself: ["roles/iam.serviceAccountTokenCreator"],
    kubernetesAccounts: {
      backend: { namespace: FLYTE_NAMESPACE, name: core ? coreServiceAccounts.admin : backendName },
    },
  });
}

/** What both topologies take. */
function releaseProps(context: PlatformContext, { databaseAddress }: FlyteNeeds) {
  const { environment, names, chart, projects, images } = context;
  const { project, database, flyte } = environment;
  return {
    project,
    namespace: FLYTE_NAMESPACE,
    manifestChart: chart,
    database: { host: databaseAddress, name: names.databaseName, user: names.databaseUser },
    passwordSecret: names.databaseSecret,
    passwordVersion: database.passwordVersion,
    metadataBucket: names.metadataBucket,
    dataBucket: names.dataBucket,
    projects,
    domains: flyte.domains,
    rawDataDays: environment.storage.rawDataDays,
    plugins: context.addOns.flyte,
    secretsWebhook: flyte.secretsWebhook,
    corsOrigins: flyte.corsOrigins,
    access: flyte.access,
    ...images,
    extraValues: flyte.extraValues,
  };
}
