import type { Environment } from "../../../src/environment/define";
import { GoogleError } from "../google/client";
import { type Diagnosis, examination } from "./diagnosis";

const CONSTRAINT = "constraints/gcp.restrictNonCmekServices";
const HOW =
  "in the environment file, before the first deploy (docs/configuration.md says what it replaces later)";

/** What an environment has of a service, and the setting that gives all of it a key. */
const uses: readonly {
  readonly service: string;
  readonly what: string;
  readonly setting: string;
  readonly hasKey: (encryption: Environment["encryption"]) => boolean;
}[] = [
  ...[
    { service: "sqladmin", what: "the database" },
    { service: "storage", what: "buckets" },
    { service: "artifactregistry", what: "registry and mirrors" },
    { service: "gkebackup", what: "backups" },
  ].map((each) => ({
    ...each,
    setting: "encryption: { enabled: true }",
    hasKey: ({ enabled }: Environment["encryption"]) => enabled,
  })),
  ...[
    { service: "container", what: "the cluster" },
    { service: "compute", what: "the nodes' disks" },
  ].map((each) => ({
    ...each,
    setting: "encryption: { enabled: true, nodes: true }",
    hasKey: ({ enabled, nodes }: Environment["encryption"]) => enabled && nodes,
  })),
  {
    service: "secretmanager",
    what: "secrets",
    setting: "encryption: { enabled: true, secrets: true }",
    hasKey: ({ enabled, secrets }) => enabled && secrets,
  },
];

interface OrgPolicy {
  readonly listPolicy?: { readonly deniedValues?: readonly string[]; readonly allValues?: string };
}

/**
 * Services that an organisation lets make nothing without a key of one's own, against what the environment encrypts.
 * @see cloud.google.com/kms/docs/cmek-org-policy
 * @see cloud.google.com/resource-manager/reference/rest/v1/projects/getEffectiveOrgPolicy
 */
export const keyPolicy = examination("organisation policy", async ({ google, environment }) => {
  const { project, encryption, backup } = environment();
  const line = { part: "organisation policy", subject: "gcp.restrictNonCmekServices" };
  const policy = await google
    .request<OrgPolicy>({
      product: "resourceManagerV1",
      path: `projects/${project}:getEffectiveOrgPolicy`,
      method: "POST",
      body: { constraint: CONSTRAINT },
    })
    .catch((error: unknown) => {
      if (error instanceof GoogleError && error.status === 403) return undefined;
      throw error;
    });
  if (!policy) {
    const fix = `gcloud projects add-iam-policy-binding ${project} --member user:YOU --role roles/orgpolicy.policyViewer`;
    return [{ ...line, level: "later", text: "not told: that takes roles/orgpolicy.policyViewer", fix }];
  }
  const { deniedValues = [], allValues } = policy.listPolicy ?? {};
  const denied = deniedValues.map((value) => value.replace(/^(is|under):/, ""));
  const refused = uses
    .filter(({ service }) => allValues === "DENY" || denied.includes(`${service}.googleapis.com`))
    .filter(({ service }) => service !== "gkebackup" || backup.enabled)
    .filter(({ hasKey }) => !hasKey(encryption));
  if (refused.length === 0)
    return [{ ...line, level: "ok", text: "refuses nothing that the environment makes" }];
  return refused.map(({ service, what, setting }): Diagnosis => ({
    ...line,
    subject: `${service}.googleapis.com`,
    level: "problem",
    text: `the organisation refuses ${what} without a key of your own (gcp.restrictNonCmekServices)`,
    fix: `${setting} ${HOW}`,
  }));
});
