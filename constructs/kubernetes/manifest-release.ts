import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { check } from "../rules";
import { manifestChartVersion } from "./manifest-chart";
import { manifestReleaseRules } from "./manifest-rules";
import { escapeLiterals, releaseDefaults } from "./release-defaults";

export interface ManifestReleaseProps {
  /**
   * Name of the Helm release, once per namespace.
   *
   * Shape: at most 53 lower-case letters, digits and hyphens.
   * Change: replaces the release, which deletes its objects and makes them again.
   */
  readonly name: string;

  /**
   * Namespace that holds Helm's record, and every namespaced object that names no namespace itself. Must exist.
   *
   * Change: replaces the release.
   */
  readonly namespace: string;

  /** Path of the chart: `ManifestChart.path`. */
  readonly chart: string;

  /**
   * The Kubernetes objects. They reach the cluster letter for letter: `${`, `%{` and `{{` mean nothing here.
   * String tokens resolve, but their values must hold no `"`, backslash or line break.
   *
   * Shape: each with apiVersion, kind and metadata.name, none twice, together below 960 KiB compressed; no secret data.
   * Change: in place; an object that is left out is deleted, unless it carries `helm.sh/resource-policy: keep`.
   */
  readonly manifests: readonly object[];

  /**
   * What must be there first: the namespace, the release that brings the CRDs, the webhook that judges the objects.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];

  /**
   * How long to wait for the objects, and for each hook among them.
   *
   * Shape: seconds.
   * @default 300
   */
  readonly timeoutSeconds?: number;

  /**
   * Take over objects that exist already, instead of refusing them.
   *
   * @default false
   */
  readonly takeOwnership?: boolean;

  /**
   * What the release goes with: when it changes, the release is uninstalled and installed again. For objects that hold
   * what Kubernetes refuses to change in place.
   *
   * @default - every change is made in place
   */
  readonly replacedWith?: TerraformResource;
}

/**
 * Kubernetes objects as a Helm release. `kubernetes_manifest` would need their CRDs and the cluster at plan time;
 * a release needs them when it is applied, and shows what changes in them as a change of its values.
 */
export class ManifestRelease extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ManifestReleaseProps) {
    super(scope, id);
    check(this, props, manifestReleaseRules);
    const release = new Release(this, "Default", {
      ...releaseDefaults,
      name: props.name,
      namespace: props.namespace,
      chart: props.chart,
      // Unsaid, the provider promises the version that it knows from the state, and fails on any other: for ever.
      version: manifestChartVersion,
      values: [escapeLiterals({ manifests: props.manifests })],
      timeout: props.timeoutSeconds ?? releaseDefaults.timeout,
      takeOwnership: props.takeOwnership,
      lifecycle: props.replacedWith && { replaceTriggeredBy: [addressOf(props.replacedWith)] },
      dependsOn: props.dependsOn?.slice(),
    });
    this.ready = [release];
  }
}

/** Of a resource itself CDKTF would write `${address}`, which Terraform refuses in this place. */
function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
