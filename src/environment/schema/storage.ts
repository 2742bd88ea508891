import { knownImages } from "../../../constructs/known-images";
import { bucketName, projectId } from "./names";
import { defaulted, either, flag, group, mapOf, optional, text, wholeNumber } from "./kinds";

export const storage = group({
  location: optional(
    text(
      'a region such as "us-central1", a multi-region ("US", "EU", "ASIA") or a dual-region such as "NAM4"',
      /^([a-z]+-[a-z]+\d+|US|EU|ASIA|[A-Z]+\d+)$/,
    ),
    {
      meaning:
        "Where the metadata and data buckets are. Another place than the cluster's costs transfer and time.",
      default: "the environment's `region`",
      change: "Replaces the buckets; refused while they hold objects.",
    },
  ),
  softDeleteDays: defaulted(
    either("0 (off) or a whole number from 7 to 90 (days)", [wholeNumber(0, 0), wholeNumber(7, 90, "days")]),
    7,
    {
      meaning: "How long a deleted object can be brought back. 0 switches it off.",
      change: "In place, for objects deleted from then on.",
      source: "cloud.google.com/storage/docs/soft-delete",
    },
  ),
  versioning: defaulted(flag(), true, {
    meaning: "Keep the old version of an overwritten or deleted object.",
    change: "In place; old versions stay until they expire.",
  }),
  noncurrentVersionDays: defaulted(wholeNumber(1, 3650, "days"), 30, {
    meaning: "When old versions are removed.",
    change: "In place.",
  }),
  rawDataDays: optional(wholeNumber(60, 3650, "days"), {
    meaning:
      "Delete what tasks wrote to the data bucket (files, tables, checkpoints, below `data/`) so long after it was written, read or not. Nothing in the metadata bucket. Cached outputs are not handed out for the last 30 of these days. What cannot be done any more: docs/data.md.",
    default: "kept for ever",
    change:
      "In place, for what is there too. Deleted objects are old versions for `noncurrentVersionDays`; new pods of Flyte.",
    example: "180",
    source: "cloud.google.com/storage/docs/lifecycle",
  }),
  accessLogBucket: optional(bucketName(), {
    meaning:
      "An existing bucket that receives the usage logs of both buckets: who read or wrote what, hourly. `group:cloud-storage-analytics@google.com` must be allowed to create objects in it; `npm run platform -- bootstrap` makes such a bucket.",
    default: "no usage logs",
    change: "In place.",
    example: '"acme-ml-access-logs"',
    source: "cloud.google.com/storage/docs/access-logs",
  }),
  accessLogProject: optional(projectId(), {
    meaning: "The project that holds `accessLogBucket`; `bootstrap` refuses one of another project.",
    default: "the environment's `project`",
    change: "In place: it says who must own the bucket, and moves nothing.",
    example: '"acme-logs"',
  }),
});

export const registry = group({
  immutableTags: defaulted(flag(), false, {
    meaning: "A tag, once pushed, always means the same image. Cleanup then removes untagged images only.",
    change: "In place.",
  }),
  keepVersions: defaulted(wholeNumber(1, 1000, "versions"), 20, {
    meaning: "How many recent versions of each image are always kept.",
    change: "In place.",
  }),
  untaggedDays: defaulted(wholeNumber(1, 365, "days"), 14, {
    meaning: "When untagged images are removed.",
    change: "In place.",
  }),
  mirrors: defaulted(flag(), true, {
    meaning:
      "Mirror docker.io, ghcr.io and registry.k8s.io in the project's own registry, so that a start does not hang on them.",
    change: "In place.",
  }),
  digests: defaulted(
    mapOf(
      "digests by image",
      text(
        'an image with registry, path and tag such as "registry.k8s.io/kubectl:v1.36.0"',
        /^[a-z0-9.-]+(\/[a-z0-9._-]+)+:[\w.-]+$/,
      ),
      text('"sha256:" and 64 hexadecimal digits', /^sha256:[0-9a-f]{64}$/),
    ),
    {},
    {
      meaning: `Hold the platform's own images to digests: a tag can be moved, in the registry or by what a mirror has cached, a digest is one image. \`crane digest IMAGE\` says it. A newer version of the platform asks for a newer digest. The images: ${knownImages.map((name) => `\`${name}\``).join(", ")}.`,
      change: "In place; new pods of what runs the image.",
      example: `{ "registry.k8s.io/kubectl:v1.36.0": "sha256:…" }`,
    },
  ),
  readFrom: defaulted(
    mapOf(
      "repositories by a name of your choice",
      text("up to 40 lower-case letters, digits and hyphens", /^[a-z][a-z0-9-]{0,39}$/),
      text(
        'a repository of Artifact Registry such as "us-central1-docker.pkg.dev/acme-ml-build/images", without a slash at its end',
        /^[a-z]+(-[a-z]+\d+)?-docker\.pkg\.dev\/[a-z][a-z0-9-]{4,28}[a-z0-9]\/[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      ),
    ),
    {},
    {
      meaning:
        "Repositories of other projects that tasks take images from: the nodes' account may pull there, and `policies.admission` lets them pass. Whoever deploys needs `artifactregistry.repositories.setIamPolicy` there; docs/operations.md has the way without. The name is the Terraform address; keep it.",
      change: "In place; a renamed entry is removed and added.",
      example: '{ build: "us-central1-docker.pkg.dev/acme-ml-build/images" }',
    },
  ),
  writers: defaulted(
    mapOf(
      "members by a name of your choice",
      text("up to 40 lower-case letters, digits and hyphens", /^[a-z][a-z0-9-]{0,39}$/),
      text(
        'an IAM member such as "serviceAccount:ci@acme-tools.iam.gserviceaccount.com", "group:…" or "principalSet://…"',
        /^(serviceAccount|group|user|principal|principalSet):\S+$/,
      ),
    ),
    {},
    {
      meaning: "Who may push images: CI, image builders. The name is the Terraform address; keep it.",
      change: "In place; a renamed entry is removed and added.",
      example: '{ ci: "serviceAccount:ci@acme-tools.iam.gserviceaccount.com" }',
    },
  ),
});

export const encryption = group({
  enabled: defaulted(flag(), false, {
    meaning:
      "Encrypt database, buckets, registry, mirrors, backups and the cluster's own store with the environment's own Cloud KMS keys; `nodes` and `secrets` are the rest. Decide before the first deploy. Key rings can never be deleted.",
    change:
      "Replaces database and registry, which `deletionProtection` refuses, and the mirrors, which fill again. The others in place: buckets for new objects, backups for new ones.",
  }),
  nodes: defaulted(flag(), false, {
    meaning: "With `enabled`: the boot disks of the nodes too. Decide before the first deploy.",
    change: "Replaces the cluster, which `deletionProtection` refuses.",
    source: "cloud.google.com/kubernetes-engine/docs/how-to/using-cmek",
  }),
  secrets: defaulted(flag(), false, {
    meaning:
      "With `enabled`: Secret Manager's secrets too, the database password among them. Decide before the first deploy.",
    change:
      "Replaces the secrets, which `deletionProtection` refuses; an OIDC client's must be written again.",
    source: "cloud.google.com/secret-manager/docs/cmek",
  }),
  rotationDays: defaulted(wholeNumber(1, 90, "days"), 90, {
    meaning: "How often a new version of each key is made.",
    change: "In place.",
  }),
});

export const backup = group({
  enabled: defaulted(flag(), true, {
    meaning: "Backup for GKE: the cluster's objects and volumes.",
    change: "In place; switching it off deletes the plan, which is refused while it holds backups.",
  }),
  cron: defaulted(
    text('a cron schedule with five fields such as "0 3 * * *"', /^[\d*,/-]+( [\d*,/-]+){4}$/),
    "0 3 * * *",
    { meaning: "When a backup starts, UTC.", change: "In place." },
  ),
  retainDays: defaulted(wholeNumber(1, 360, "days"), 30, {
    meaning: "When a backup is removed. Google also limits it to 360 times the interval of `cron`.",
    change: "In place, for new backups.",
    source: "cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/reference/rest",
  }),
});
