import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { namespaceOf } from "../kueue/names";
import { ManifestRelease } from "../kubernetes/manifest-release";
import { escapeLiterals, releaseDefaults } from "../kubernetes/release-defaults";
import { check, type Rule } from "../rules";
import { signInOf } from "./access";
import { flyteBinaryValues, type FlyteBinaryProps, platformValues } from "./binary/binary-values";
import { keptValuesRules } from "./binary/kept-values";
import { flyteChart, releaseName } from "./chart";
import { disruptionBudgets } from "./core/core-pods";
import { corePlatformValues, type FlyteCoreProps, flyteCoreValues } from "./core/core-values";
import { DatabasePasswordSecret } from "./core/database-password-secret";
import { keptCoreRules } from "./core/kept-core-values";
import { databasePasswordClass, passwordName } from "./database-password";
import { flyteDefaults } from "./flyte-props";
import { flyteBinaryRules, flyteReleaseRules } from "./flyte-release-rules";
import { flyteRights } from "./rights/rights-objects";
import { mergeValues } from "./values";

interface ReleaseProps {
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
   * What must be there first: the namespace, the database, the identities, Kueue, the tenants, and the secrets of
   * the sign-in.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** All of Flyte in one pod. */
export interface BinaryTopology extends FlyteBinaryProps {
  /** @default "binary" */
  readonly topology?: "binary";
}

/** Each part of Flyte in pods of its own, two of each where it can be. */
export interface CoreTopology extends FlyteCoreProps {
  readonly topology: "core";
}

export type FlyteReleaseProps = ReleaseProps & (BinaryTopology | CoreTopology);

/**
 * Flyte, with its database password from Secret Manager.
 *
 * One topology follows the other in the same Helm release: two releases would have to come and go in an order that
 * Terraform does not promise.
 *
 * Flyte makes two things that no release owns, and that stay when it is destroyed: the CRD of its workflows, and with
 * `secretsWebhook` a MutatingWebhookConfiguration (`flyte-binary-webhook`, `flyte-pod-webhook`), which then refuses pods
 * that ask for Flyte's secrets.
 */
export class FlyteRelease extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: FlyteReleaseProps) {
    super(scope, id);
    check(this, props, rulesFor(props));
    const password = this.addPassword(props);
    const rights = this.addRights(props);
    const release = new Release(this, "Default", {
      ...releaseDefaults,
      name: releaseName,
      namespace: props.namespace,
      repository: flyteChart.repository,
      chart: flyteChart.names[props.topology ?? "binary"],
      version: flyteChart.version,
      values: [escapeLiterals(valuesFor(props))],
      timeout: props.timeoutSeconds ?? 1200,
      dependsOn: [...(props.dependsOn ?? []), ...password, ...rights],
    });
    this.ready = [release];
    if (props.topology === "core") this.addBudgets(props, release);
  }

  /** One pod reads it from a volume of its own; the chart of many takes only a Kubernetes Secret. */
  private addPassword(props: FlyteReleaseProps): ITerraformDependable[] {
    if (props.topology === "core") return new DatabasePasswordSecret(this, "password-secret", props).ready;
    return new ManifestRelease(this, "database-password", {
      name: passwordName,
      namespace: props.namespace,
      chart: props.manifestChart,
      manifests: [databasePasswordClass(props.project, props.passwordSecret)],
      dependsOn: props.dependsOn,
    }).ready;
  }

  /** Before Flyte, which stops without them, and after it on the way out: it lets go of what its tasks left. */
  private addRights(props: FlyteReleaseProps): ITerraformDependable[] {
    const {
      domains = flyteDefaults.domains,
      plugins = flyteDefaults.plugins,
      secretsWebhook = false,
    } = props;
    return new ManifestRelease(this, "rights", {
      name: "flyte-rights",
      namespace: props.namespace,
      chart: props.manifestChart,
      manifests: flyteRights({
        topology: props.topology ?? "binary",
        namespace: props.namespace,
        taskNamespaces: props.projects
          .flatMap((project) => domains.map((domain) => namespaceOf(project, domain)))
          .sort(),
        plugins,
        signIn: signInOf(props.access ?? flyteDefaults.access) !== undefined,
        secretsWebhook,
      }),
      dependsOn: props.dependsOn,
    }).ready;
  }

  private addBudgets(
    { namespace, manifestChart, secretsWebhook = flyteDefaults.secretsWebhook }: FlyteReleaseProps,
    release: Release,
  ): void {
    new ManifestRelease(this, "budgets", {
      name: "flyte-disruption-budgets",
      namespace,
      chart: manifestChart,
      manifests: disruptionBudgets(secretsWebhook),
      dependsOn: [release],
    });
  }
}

function valuesFor(props: FlyteReleaseProps): object {
  return props.topology === "core" ? flyteCoreValues(props) : flyteBinaryValues(props);
}

/** The rules about merged values stand beside those about the props that they come from: all problems at once. */
function rulesFor(props: FlyteReleaseProps): readonly Rule<FlyteReleaseProps>[] {
  if (props.topology === "core")
    return [...flyteReleaseRules, ...mergedRules(props, keptCoreRules, corePlatformValues(props))];
  return [
    ...flyteReleaseRules,
    ...flyteBinaryRules.map((rule) => () => rule(props)),
    ...mergedRules(props, keptValuesRules, platformValues(props)),
  ];
}

function mergedRules(
  { extraValues = {} }: FlyteReleaseProps,
  rules: typeof keptValuesRules,
  platform: ReturnType<typeof platformValues>,
): readonly Rule<FlyteReleaseProps>[] {
  const merged = mergeValues(platform, extraValues);
  return rules.map((rule) => () => rule({ platform, merged }));
}
