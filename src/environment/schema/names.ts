import { text } from "./kinds";

// Kinds of names and places that several sections share. Functions, because a kind carries the notes of one key.

/** A Google Cloud project id. */
export const projectId = () =>
  text(
    "a Google Cloud project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter, not ending with a hyphen",
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    (value) => (/^\d+$/.test(value) ? "that is a project number: use the project's id" : undefined),
  );

/** What Kubernetes, Kueue and most of Google Cloud call a name. */
export const label = () =>
  text(
    "up to 63 lower-case letters, digits and hyphens, starting with a letter, not ending with a hyphen",
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
  );

/** A bucket's name. */
export const bucketName = () =>
  text(
    "a bucket name: 3 to 63 lower-case letters, digits, hyphens, dots and underscores",
    /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
    (value) => (value.startsWith("gs://") ? "write the name only, without gs://" : undefined),
  );

/** The address of a Google group. */
export const groupAddress = () =>
  text(
    'the address of a Google group such as "ml-research@acme.example", in lower-case letters',
    /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?@[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    (value) => (value.startsWith("group:") ? "write the address only, without group:" : undefined),
  );

/** An IPv4 range. No leading zeros: some libraries read "010" as eight. */
export const cidr = (example: string) =>
  text(
    `an IPv4 range such as ${JSON.stringify(example)}`,
    /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!\/)|(?=\/))){4}\/(3[0-2]|[12]?\d)$/,
    (value) =>
      /^\d+(\.\d+){3}$/.test(value) ? 'add the size: "/20" is 4,096 addresses, "/32" is one' : undefined,
  );

/** A moment in UTC. */
export const utcTime = () =>
  text('a time in UTC such as "2026-01-03T01:00:00Z"', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** A duration, in the one form that all settings take. */
export const duration = () => text('a time in minutes, hours or days such as "12h"', /^[1-9]\d*[mhd]$/);
