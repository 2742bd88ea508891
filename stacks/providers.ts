import type { TerraformStack } from "cdktf";

/**
 * The providers that every stack requires, and the oldest Terraform that knows write-only arguments.
 *
 * The prebuilt bindings were made for older providers and pin those; this table overrides them in one place
 * (docs/decisions/0001). After a change: `npm run validate`.
 */
export const providerVersions = {
  google: "7.45.0",
  kubernetes: "3.2.1",
  helm: "3.1.2",
  random: "3.7.2",
} as const;

const TERRAFORM = ">= 1.11";

/** Requires the named providers at their pinned versions in `stack`. */
export function requireProviders(
  stack: TerraformStack,
  names: readonly (keyof typeof providerVersions)[],
): void {
  stack.addOverride("terraform.required_version", TERRAFORM);
  for (const name of names) {
    stack.addOverride(`terraform.required_providers.${name}`, {
      source: `hashicorp/${name}`,
      version: providerVersions[name],
    });
  }
}
