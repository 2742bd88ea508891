import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { type ITerraformDependable, TerraformOutput, type TerraformStack } from "cdktf";
import { addresses, resources, synthStack, type StackJson } from "../../support/synth";

/** One stack named "test" with the provider that Google's resources need. */
export function synthGoogleStack(build: (stack: TerraformStack) => void): StackJson {
  return synthStack((stack) => {
    new GoogleProvider(stack, "google");
    build(stack);
  });
}

/** What a consumer sees of a construct: its attributes as Terraform reads them, and what `ready` stands for. */
export function seen<Attribute extends string>(
  build: (
    stack: TerraformStack,
  ) => { readonly ready: ITerraformDependable[] } & { readonly [key in Attribute]: unknown },
  ...attributes: readonly Attribute[]
) {
  const { output = {} } = synthGoogleStack((stack) => {
    const construct = build(stack);
    new TerraformOutput(stack, "seen", {
      value: Object.fromEntries(attributes.map((attribute) => [attribute, construct[attribute]])),
      dependsOn: construct.ready,
    });
  });
  return {
    // An output writes what it waits for as an expression, a resource as an address.
    ready: (output["seen"]?.["depends_on"] as string[]).map((part) => part.replace(/^\$\{(.*)\}$/, "$1")),
    attributes: output["seen"]?.["value"] as Record<Attribute, unknown>,
  };
}

/** The types of the resources that wait for something earlier, when a construct is told to. */
export function waiting(build: (stack: TerraformStack, dependsOn: ITerraformDependable[]) => void): string[] {
  const stack = synthGoogleStack((scope) => build(scope, [{ fqn: "terraform_data.earlier" }]));
  return addresses(stack)
    .map((address) => address.split(".") as [string, string])
    .filter(([type, id]) => resources(stack, type)[id]?.["depends_on"]?.includes("terraform_data.earlier"))
    .map(([type]) => type);
}
