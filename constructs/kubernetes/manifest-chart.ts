import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";

/**
 * The version in manifest-chart/Chart.yaml. It ends in the start of the template's SHA-256, because Terraform sees a
 * changed chart version but not a changed file inside the chart. A test recomputes it.
 */
export const manifestChartVersion = "1.0.0-84f02e58e9fe";

/**
 * The repository's own chart, copied into the stack's folder: one template that prints the objects of its values.
 * One per stack; each `ManifestRelease` takes its `path` as `chart`.
 */
export class ManifestChart extends Construct {
  /** Where the chart lies, relative to the folder that Terraform runs in. */
  readonly path: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.path = new TerraformAsset(this, "Default", {
      type: AssetType.DIRECTORY,
      // CDKTF reads it from the folder of cdktf.json, so it holds for sources and for a bundle alike.
      path: "constructs/kubernetes/manifest-chart",
      // CDKTF's own hash joins the bytes of all files: a rename, or bytes moved between files, goes unseen.
      assetHash: manifestChartVersion,
    }).path;
  }
}
