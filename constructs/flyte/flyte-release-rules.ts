import { Token } from "cdktf";
import type { Rule } from "../rules";
import { flyteBinaryDefaults } from "./binary/binary-values";
import type { FlyteReleaseProps } from "./flyte-release";

export const flyteReleaseRules: readonly Rule<FlyteReleaseProps>[] = [
  ({ projects }) =>
    projects.length > 0
      ? undefined
      : `projects must name at least one Flyte project, got none; Flyte would make its own "flytesnacks"`,
  ({ domains = flyteBinaryDefaults.domains }) =>
    domains.length > 0 ? undefined : "domains must name at least one domain, got none",
  ({ database }) => connectionWord("database.name", database.name),
  ({ database }) => connectionWord("database.user", database.user),
  ({ database: { maxOpenConnections: connections } }) =>
    connections === undefined || (Number.isInteger(connections) && connections >= 2)
      ? undefined
      : `database.maxOpenConnections must be a whole number of at least 2, got ${connections}`,
  ({ serviceAccount }) =>
    Token.isUnresolved(serviceAccount) || /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/.test(serviceAccount)
      ? undefined
      : `serviceAccount must be the e-mail address of a Google service account, got ${JSON.stringify(serviceAccount)}; a Kubernetes identity without one cannot sign links`,
  ({ passwordVersion }) =>
    Number.isInteger(passwordVersion) && passwordVersion >= 1
      ? undefined
      : `passwordVersion must be a whole number of at least 1, got ${passwordVersion}`,
  ({ cpu = flyteBinaryDefaults.cpu }) =>
    cpu >= 0.5 && cpu <= 30 && Number.isInteger(cpu * 4)
      ? undefined
      : `cpu must be 0.5 to 30 in steps of 0.25, got ${cpu}`,
  ({ cpu = flyteBinaryDefaults.cpu, memoryGib = flyteBinaryDefaults.memoryGib }) =>
    memoryGib >= cpu && memoryGib <= cpu * 6.5
      ? undefined
      : `memoryGib must be 1 to 6.5 per vCPU, which is ${cpu} to ${cpu * 6.5} for ${cpu} vCPU, got ${memoryGib}; Autopilot would change the pod`,
  ({ timeoutSeconds }) =>
    timeoutSeconds === undefined || timeoutSeconds >= 900
      ? undefined
      : `timeoutSeconds must be at least 900, got ${timeoutSeconds}; Autopilot adds a node before Flyte can start`,
];

/** The name stands in a connection string and in a shell script, both without quotes. */
function connectionWord(path: string, value: string): string | undefined {
  return Token.isUnresolved(value) || /^[A-Za-z0-9_.@-]+$/.test(value)
    ? undefined
    : `${path} must be letters, digits, and . _ @ -, got ${JSON.stringify(value)}`;
}
