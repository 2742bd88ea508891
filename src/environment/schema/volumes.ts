import { filestoreTiers } from "../../../constructs/volumes/filestore-tiers";
import { flag, group, listOf, mapOf, oneOf, optional, required, text, wholeNumber } from "./kinds";
import { bucketName, label } from "./names";

const filestore = group({
  tier: required(oneOf(...(filestoreTiers as ["BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL"])), {
    meaning:
      "How fast, how safe and how dear. The first three are in one zone. With `encryption.enabled`: `ZONAL` or `REGIONAL`.",
    change: "Replaces the server, and so its files; `deletionProtection` refuses it.",
    source: "cloud.google.com/filestore/docs/service-tiers",
  }),
  sizeGib: required(wholeNumber(1, 102_400, "GiB"), {
    meaning:
      "Its size, which is paid for whether there are files or not: from 1024, BASIC_SSD from 2560. The report of `npm start` says what it costs.",
    change: "In place. BASIC_HDD and BASIC_SSD only grow.",
    example: "1024",
  }),
  zone: optional(text('a zone such as "us-central1-b"', /^[a-z]+-[a-z]+\d+-[a-z]$/), {
    meaning: "Where it is, with every tier but REGIONAL. Tasks in all zones of the region mount it.",
    default: "nothing, which only REGIONAL takes",
    change: "Replaces the server, and so its files; `deletionProtection` refuses it.",
  }),
});

const volume = group({
  bucket: optional(bucketName(), {
    meaning:
      "A bucket that exists, by Cloud Storage FUSE. The teams' tasks, and nobody else's, get the right to it. Not one of the platform's own. Of another project: whoever deploys needs `storage.buckets.setIamPolicy` on it.",
    default: "`filestore` or `claim` says what it is",
    change: "In place, for tasks from then on. The bucket itself is not touched.",
    example: '"acme-datasets"',
  }),
  filestore: optional(filestore, {
    meaning: "A file server, made for the environment: files that many tasks write at a time.",
    default: "`bucket` or `claim` says what it is",
    change: "Taking it away deletes the server with its files, which `deletionProtection` refuses.",
    example: '{ tier: "REGIONAL", sizeGib: 1024 }',
  }),
  claim: optional(label(), {
    meaning:
      "A PersistentVolumeClaim of this name, which you make in each namespace of the teams: for disks and file systems that the platform does not know. Where it is missing, tasks hang; `platform doctor` says so.",
    default: "`bucket` or `filestore` says what it is",
    change: "In place, for tasks from then on.",
    example: '"weights"',
  }),
  readOnly: optional(flag(), {
    meaning:
      "With `bucket` and `claim`: tasks read and cannot write. Of a bucket they get no right to write.",
    default: "false",
    change: "In place, for tasks from then on.",
  }),
  cacheGib: optional(wholeNumber(1, 8, "GiB"), {
    meaning:
      "With `bucket`: so much of what a task reads stays on its node's disk, for a second epoch. It is part of the task's disk: all caches and what is being written, 9 GiB together.",
    default: "none: read anew each time",
    change: "In place, for tasks from then on.",
  }),
  flavors: optional(listOf("names of flavors", label()), {
    meaning:
      "With `claim`: only tasks that name one of these flavors have it. For a disk that not every node takes, such as a Hyperdisk ML.",
    default: "all tasks of the teams",
    change: "In place, for tasks from then on.",
    example: '["h100-dws"]',
  }),
});

// What volumes must satisfy beside the rest of the environment is judged in rules/volumes.ts.
export const volumes = mapOf(
  "volumes by name",
  text(
    "up to 40 lower-case letters, digits and hyphens, starting with a letter, not ending with a hyphen",
    /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
  ),
  volume,
);
