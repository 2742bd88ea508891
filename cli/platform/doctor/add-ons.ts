import type { Operator, Seen, ServedKind } from "../../../constructs/addons/seen";
import { commandLine, type Given } from "../command-line";
import { GoogleError } from "../google/client";
import type { KubernetesClient } from "../google/kubernetes";
import { deploymentsIn } from "./deployments";
import type { Diagnosis } from "./diagnosis";

const part = "add-ons";

/** Whether operators have their pods, and the API server knows their kinds. Whether webhooks answer is asked of all at once. */
export async function addOnsIn(
  kubernetes: KubernetesClient,
  { operators, served }: Seen,
  /** The command that asks. */
  given: Given,
): Promise<Diagnosis[]> {
  const lines: Diagnosis[] = [];
  for (const operator of operators) lines.push(await operatorOf(kubernetes, operator));
  const deployed = lines.some(({ level }) => level !== "later");
  for (const kind of served) {
    const { group, version, resource, otherwise } = kind;
    const line = { part, subject: `${resource}.${group}` };
    if (await isServed(kubernetes, kind)) lines.push({ ...line, level: "ok", text: `served, ${version}` });
    else if (otherwise !== undefined)
      lines.push({ ...line, level: "problem", text: `${version} is not served`, fix: otherwise });
    else if (!deployed) lines.push({ ...line, level: "later", text: "not deployed" });
    else
      lines.push({
        ...line,
        level: "problem",
        text: `${version} is not served: no such job can be made`,
        fix: commandLine({ ...given, command: "deploy" }),
      });
  }
  return lines;
}

async function operatorOf(
  kubernetes: KubernetesClient,
  { namespace, deployment }: Operator,
): Promise<Diagnosis> {
  const all = await deploymentsIn(kubernetes, part, namespace);
  const own = all.find(({ subject }) => subject === deployment);
  return own ?? { part, subject: deployment, level: "later", text: "not deployed" };
}

async function isServed(
  kubernetes: KubernetesClient,
  { group, version, resource }: ServedKind,
): Promise<boolean> {
  try {
    const api = await kubernetes.get<{ resources?: readonly { name: string }[] }>(
      `/apis/${group}/${version}`,
    );
    return (api.resources ?? []).some(({ name }) => name === resource);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return false;
    throw error;
  }
}
