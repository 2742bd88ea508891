import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/**
 * A Terraform `ephemeral` block: a value that exists while Terraform runs and is in no plan and no state.
 * CDKTF 0.21 has no class for it.
 *
 * @see developer.hashicorp.com/terraform/language/block/ephemeral (2026-11)
 */
export class EphemeralBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly type: string,
    private readonly attributes: Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, `ephemeral.${type}`);
  }

  /** Reference to an attribute. Terraform accepts it only where a write-only argument takes it. */
  attribute(name: string): string {
    return `\${ephemeral.${this.type}.${this.friendlyUniqueId}.${name}}`;
  }

  override toTerraform() {
    return { ephemeral: { [this.type]: { [this.friendlyUniqueId]: this.attributes } } };
  }
}
