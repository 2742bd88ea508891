import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../kubernetes/manifest-release";
import { escapeLiterals, releaseDefaults } from "../kubernetes/release-defaults";
import { check } from "../rules";
import { flyteBinaryValues, type FlyteBinaryProps, platformValues } from "./binary/binary-values";
import { keptValuesRules } from "./binary/kept-values";
import { flyteChart } from "./chart";
import { databasePasswordClass, passwordName } from "./database-password";
import { flyteReleaseRules } from "./flyte-release-rules";
import { mergeValues } from "./values";

export interface FlyteReleaseProps extends FlyteBinaryProps {
  /** Namespace of the backend; must exist, without the opt-in to Kueue. */
  readonly namespace: string;

  /** Path of the chart of plain objects: `ManifestChart.path`. */
  readonly manifestChart: string;

  /** Secret Manager secret that holds the database password. */
  readonly passwordSecret: string;

  /**
   * How long to wait for Flyte to be ready: Autopilot adds a node, the first start makes the tables.
   *
   * Shape: seconds, at least 900.
   * @default 1200
   */
  readonly timeoutSeconds?: number;

  /**
   * What must be there first: the namespace, the database, the identities, Kueue, the queues and the tenants.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Flyte as one pod, with its database password from Secret Manager.
 *
 * Flyte makes two things that no release owns, and that stay when it is destroyed: the CRD of its workflows, and the
 * MutatingWebhookConfiguration `flyte-binary-webhook`, which then refuses pods that ask for Flyte's secrets.
 */
export class FlyteRelease extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: FlyteReleaseProps) {
    super(scope, id);
    check(this, props, [...flyteReleaseRules, ...extraValuesRules(props)]);

    const password = new ManifestRelease(this, "database-password", {
      name: passwordName,
      namespace: props.namespace,
      chart: props.manifestChart,
      manifests: [databasePasswordClass(props.project, props.passwordSecret)],
      dependsOn: props.dependsOn,
    });
    const release = new Release(this, "Default", {
      ...releaseDefaults,
      name: "flyte",
      namespace: props.namespace,
      repository: flyteChart.repository,
      chart: flyteChart.name,
      version: flyteChart.version,
      values: [escapeLiterals(flyteBinaryValues(props))],
      timeout: props.timeoutSeconds ?? 1200,
      dependsOn: [...(props.dependsOn ?? []), ...password.ready],
    });
    this.ready = [release];
  }
}

/** The rules about merged values, as rules about the props that they come from. */
function extraValuesRules(props: FlyteReleaseProps) {
  const platform = platformValues(props);
  const merged = mergeValues(platform, props.extraValues ?? {});
  return keptValuesRules.map((rule) => () => rule({ platform, merged }));
}
