import { DataGoogleSqlDatabaseInstance } from "@cdktf/provider-google/lib/data-google-sql-database-instance";
import type { Construct } from "constructs";
import { signInOf } from "../constructs/flyte/access";
import { AddOnReleases } from "../constructs/addons/add-on-releases";
import { FlyteNamespace } from "../constructs/flyte/flyte-namespace";
import { ClusterAccess } from "../constructs/kubernetes/cluster-access";
import { ManifestChart } from "../constructs/kubernetes/manifest-chart";
import type { Environment } from "../src/environment/define";
import { EnvironmentStack } from "./environment-stack";
import { addFlyte } from "./platform/flyte";
import {
  addInternalAddress,
  addInternalGateway,
  addOutputs,
  addPublicAccess,
  addSignIn,
} from "./platform/flyte-access";
import { grantImagePulls } from "./platform/images";
import { addPlanReader } from "./platform/plan-reader";
import { FLYTE_NAMESPACE, platformContext } from "./platform/platform-context";
import { addPeople } from "./platform/people";
import { addKueue, addPolicies, addQueues, addTenants } from "./platform/queues";

/**
 * What runs in the cluster, and the grants that join cluster and data (docs/decisions/0003).
 * In order: who may pull images, Kueue, Flyte's namespace, the teams' namespaces, what their pods may do, Flyte, the way
 * to it, and the queues.
 *
 * A destroy goes the other way round, and what lifts a finalizer must outlive what carries it: a ClusterQueue hangs while
 * a task runs in it, and the task's pod until Flyte lets go of it. So the queues come last and go first. Until they are
 * there, tasks wait.
 */
export class PlatformStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    const { project, region, cluster, flyte } = environment;
    const signsIn = signInOf(flyte.access) !== undefined;
    super(scope, "platform", environment, ["kubernetes", "helm", ...(signsIn ? (["random"] as const) : [])]);
    new ClusterAccess(this, "access", {
      project,
      location: region,
      cluster: this.names.cluster,
      dnsEndpoint: cluster.controlPlane.dnsEndpoint,
    });
    const { names, labels, addOns } = this;
    const { path: chart } = new ManifestChart(this, "chart");
    const context = platformContext({ environment, names, labels, addOns, chart });

    const pulling = grantImagePulls(this, context);
    const operators = new AddOnReleases(this, "add-ons", { ...addOns, chart, dependsOn: pulling });
    const kueue = addKueue(this, context, [...pulling, ...operators.ready]);
    const namespace = new FlyteNamespace(this, "flyte-namespace", {
      name: FLYTE_NAMESPACE,
      podSecurity: flyte.topology === "core" ? "baseline" : "restricted",
    });
    const tenants = addTenants(this, context, [...kueue, ...namespace.ready]);
    addPeople(this, context);
    const { privateIpAddress: databaseAddress } = new DataGoogleSqlDatabaseInstance(this, "database", {
      project,
      name: names.database,
    });
    addPolicies(this, context, databaseAddress, tenants);
    const signIn = addSignIn(this, context, namespace.ready);
    const backend = addFlyte(this, context, {
      databaseAddress,
      internalAddress: addInternalAddress(this, context, this.subnetworkId),
      dependsOn: [...pulling, ...tenants, ...signIn],
    });
    addPublicAccess(this, context, namespace.ready);
    addInternalGateway(this, context, this.subnetworkId, namespace.ready);
    addQueues(this, context, [...kueue, ...backend]);
    addPlanReader(this, context);
    addOutputs(this, context);
  }
}
