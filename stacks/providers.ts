import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
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

/**
 * The `google` provider of a stack. It gathers switched-on APIs and members of policies before it asks Google, and waits
 * for more each time: 1 s instead of its 3 s makes the foundation's plan half as long, in as many requests.
 * @see registry.terraform.io/providers/hashicorp/google/7.45.0/docs/guides/provider_reference#batching
 */
export function googleProvider(
  stack: TerraformStack,
  { project, region }: { readonly project: string; readonly region: string },
): void {
  new GoogleProvider(stack, "google", {
    project,
    region,
    batching: [{ sendAfter: "1s", enableBatching: true }],
  });
}
