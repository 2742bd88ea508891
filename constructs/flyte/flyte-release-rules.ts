import { Token } from "cdktf";
import type { Rule } from "../rules";
import { signInOf } from "./access";
import { flyteBinaryDefaults } from "./binary/binary-values";
import type { BinaryTopology, FlyteReleaseProps } from "./flyte-release";
import { flyteDefaults } from "./flyte-props";

export const flyteReleaseRules: readonly Rule<FlyteReleaseProps>[] = [
  ({ projects }) =>
    projects.length > 0
      ? undefined
      : `projects must name at least one Flyte project, got none; Flyte would make its own "flytesnacks"`,
  ({ domains = flyteDefaults.domains }) =>
    domains.length > 0 ? undefined : "domains must name at least one domain, got none",
  ({ database }) => connectionWord("database.name", database.name),
  ({ database }) => connectionWord("database.user", database.user),
  ({ database: { maxOpenConnections: connections } }) =>
    connections === undefined || (Number.isInteger(connections) && connections >= 2)
      ? undefined
      : `database.maxOpenConnections must be a whole number of at least 2, got ${connections}`,
  ({ passwordVersion }) =>
    Number.isInteger(passwordVersion) && passwordVersion >= 1
      ? undefined
      : `passwordVersion must be a whole number of at least 1, got ${passwordVersion}`,
  (props) =>
    props.topology === "core"
      ? Object.entries(props.serviceAccounts)
          .map(([part, email]) => accountProblem(`serviceAccounts.${part}`, email))
          .find((problem) => problem !== undefined)
      : undefined,
  ({ topology, access }) =>
    topology === "core" && access?.mode === "internal" && signInOf(access) === undefined
      ? 'access must have host and oidc with mode "internal" and topology "core"; console and API are pods of their own there, and without the Gateway that comes with them one address cannot serve both'
      : undefined,
  ({ digests = {} }) => {
    const wrong = Object.entries(digests).find(([, digest]) => !/^sha256:[0-9a-f]{64}$/.test(digest));
    return (
      wrong &&
      `digests[${JSON.stringify(wrong[0])}] must be "sha256:" and 64 hexadecimal digits, got ${JSON.stringify(wrong[1])}`
    );
  },
  ({ timeoutSeconds }) =>
    timeoutSeconds === undefined || timeoutSeconds >= 900
      ? undefined
      : `timeoutSeconds must be at least 900, got ${timeoutSeconds}; Autopilot adds a node before Flyte can start`,
];

/** What only the one pod of topology binary has. */
export const flyteBinaryRules: readonly Rule<BinaryTopology>[] = [
  ({ serviceAccount }) => accountProblem("serviceAccount", serviceAccount),
  ({ cpu = flyteBinaryDefaults.cpu }) =>
    cpu >= 0.5 && cpu <= 30 && Number.isInteger(cpu * 4)
      ? undefined
      : `cpu must be 0.5 to 30 in steps of 0.25, got ${cpu}`,
  ({ cpu = flyteBinaryDefaults.cpu, memoryGib = flyteBinaryDefaults.memoryGib }) =>
    memoryGib >= cpu && memoryGib <= cpu * 6.5
      ? undefined
      : `memoryGib must be 1 to 6.5 per vCPU, which is ${cpu} to ${cpu * 6.5} for ${cpu} vCPU, got ${memoryGib}; Autopilot would change the pod`,
];

/** The name stands in a connection string and in a shell script, both without quotes. */
function connectionWord(path: string, value: string): string | undefined {
  return Token.isUnresolved(value) || /^[A-Za-z0-9_.@-]+$/.test(value)
    ? undefined
    : `${path} must be letters, digits, and . _ @ -, got ${JSON.stringify(value)}`;
}

function accountProblem(path: string, email: string): string | undefined {
  return Token.isUnresolved(email) || /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/.test(email)
    ? undefined
    : `${path} must be the e-mail address of a Google service account, got ${JSON.stringify(email)}; a Kubernetes identity without one cannot sign links`;
}
