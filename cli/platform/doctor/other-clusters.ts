import { namesFor } from "../../../src/environment/names";
import { found } from "./deployed";
import { examination } from "./diagnosis";

interface Clusters {
  readonly clusters?: readonly { readonly name?: string; readonly location?: string }[];
}

/**
 * Other clusters of the project. To Google their pods are the same identities as this one's: who a pod is hangs on the
 * project, the namespace and the Kubernetes account, not on the cluster.
 */
export const otherClusters = examination("cluster", async (context) => {
  const { project, region } = context.environment();
  const { cluster: own } = namesFor(context.environment());
  const all = await found<Clusters>(context, {
    product: "container",
    path: `projects/${project}/locations/-/clusters`,
  });
  return (all?.clusters ?? [])
    .filter(({ name, location }) => name !== own || location !== region)
    .map(({ name = "", location = "" }) => ({
      part: "cluster",
      subject: name,
      level: "warning" as const,
      text: `is in this project too (${location}): a pod there, in a namespace of a name that is used here, has the rights of the pods here, on the buckets and the database's password`,
      fix: "move it into a project of its own",
    }));
});
