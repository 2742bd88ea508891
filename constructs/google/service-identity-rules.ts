import type { Rule } from "../rules";
import type { ServiceIdentityProps } from "./service-identity";

/** Project roles that belong elsewhere: how they begin, and where they belong. */
const refusedOnProject: readonly (readonly [RegExp, string])[] = [
  [/^roles\/(owner|editor|viewer|browser)$/, "name the roles that the work needs"],
  [/^roles\/storage\./, "use buckets"],
  [/^roles\/secretmanager\./, "use secrets"],
  [/^roles\/artifactregistry\./, "use repositories"],
  [/^roles\/cloudkms\./, "grant it on the key"],
  // On the project each of these reaches every account in it.
  [
    /^roles\/iam\.(serviceAccount|workloadIdentityUser)/,
    "use rolesOnItself, or grant it on the other account",
  ],
];

export const serviceIdentityRules: readonly Rule<ServiceIdentityProps>[] = [
  ({ accountId }) =>
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(accountId)
      ? undefined
      : `accountId must be 6 to 30 lowercase letters, digits and hyphens, start with a letter and not end with a hyphen, ` +
        `got ${JSON.stringify(accountId)}`,
  ({ projectRoles = [] }) => {
    const refused = projectRoles.flatMap((role) =>
      refusedOnProject
        .filter(([pattern]) => pattern.test(role))
        .map(([, instead]) => `${JSON.stringify(role)} (${instead})`),
    );
    return refused.length === 0
      ? undefined
      : `projectRoles must be roles that no single resource can carry, got ${refused.join(", ")}`;
  },
];
