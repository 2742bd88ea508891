import { hasFileServers } from "../../../constructs/volumes/types";
import type { Environment } from "../../../src/environment/define";
import type { Context } from "../context";
import { finished, type Operation } from "./operation";

/**
 * Google's services that use an environment's own keys by an agent that Google makes only on request. Without one the
 * foundation's grant on the key fails: "service account does not exist". Storage's is made by the foundation itself.
 */
const usual = ["sqladmin", "artifactregistry", "container", "gkebackup", "secretmanager"];

export function agentServices({ encryption, volumes }: Environment): readonly string[] {
  if (!encryption.enabled) return [];
  return [...usual, ...(hasFileServers(volumes) ? ["file"] : [])];
}

/**
 * Makes the agents, once more where they are there. A call, because `google_project_service_identity` is a resource of the
 * beta provider only (7.45.0: the file of it in the other one is empty).
 * @see cloud.google.com/service-usage/docs/reference/rest/v1beta1/services/generateServiceIdentity
 */
export async function makeServiceAgents(context: Context): Promise<void> {
  const environment = context.environment();
  const { project } = environment;
  const services = agentServices(environment);
  if (services.length === 0) return;
  context.output.note(`${context.command}: making the accounts by which Google's services use the keys`);
  await Promise.all(
    services.map(async (service) => {
      const operation = await context.google.request<Operation>({
        product: "serviceUsageBeta",
        path: `projects/${project}/services/${service}.googleapis.com:generateServiceIdentity`,
        method: "POST",
        body: {},
      });
      await finished(context, "serviceUsageBeta", operation, `the agent of ${service} can't be made`);
    }),
  );
}
