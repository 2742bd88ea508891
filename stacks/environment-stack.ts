import { GcsBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { AddOnSum } from "../constructs/addons/add-on";
import { cryptoKeyId } from "../constructs/google/encryption-keys";
import type { Environment } from "../src/environment/define";
import { type Names, namesFor } from "../src/environment/names";
import { addOnsOf } from "./add-on-context";
import type { providerVersions } from "./providers";
import { googleProvider, requireProviders } from "./providers";
import { strangers } from "./references";

/** The four stacks of an environment. Also the last part of each stack's name and state prefix. */
export type StackRole = "foundation" | "data" | "cluster" | "platform";

/** What all four stacks share: a state of their own, pinned providers, names and labels. */
export abstract class EnvironmentStack extends TerraformStack {
  protected readonly names: Names;
  /** Put on everything that takes labels. The environment's own labels win. */
  protected readonly labels: Readonly<Record<string, string>>;
  /** What Kueue, Flyte and the environment's add-ons say together. */
  protected readonly addOns: AddOnSum;

  protected constructor(
    scope: Construct,
    role: StackRole,
    protected readonly environment: Environment,
    otherProviders: readonly Exclude<keyof typeof providerVersions, "google">[] = [],
  ) {
    super(scope, `${environment.name}-${role}`);
    this.names = namesFor(environment);
    this.labels = { environment: environment.name, "managed-by": "terraform", ...environment.labels };

    this.addOns = addOnsOf(environment);

    const { bucket, prefix, project } = environment.state;
    new GcsBackend(this, { bucket, prefix: `${prefix}/${role}` });
    // A backend cannot say whose its bucket is. Terraform reads nothing below this key; the commands do.
    this.addOverride("//.state", { project });
    googleProvider(this, environment);
    requireProviders(this, ["google", ...otherProviders]);
  }

  // What an earlier stack made is found by its name, never by remote state (docs/decisions/0002).

  /** CDKTF goes through everything once more before a synthesis, for references to other stacks only: a fifth of the time. */
  override prepareStack(): void {
    // A backend is always there.
  }

  override toTerraform(): Record<string, unknown> {
    const stack = super.toTerraform() as Record<string, unknown>;
    const found = strangers(stack);
    if (found.length === 0) return stack;
    throw new Error(
      `${this.node.id} refers to ${found.join(", ")}, which it does not hold: give the thing a name in names.ts, or read it with a data source`,
    );
  }

  protected get networkId(): string {
    const { network, project } = this.networkOwner;
    return `projects/${project}/global/networks/${network}`;
  }

  protected get subnetworkId(): string {
    const { subnet, project } = this.networkOwner;
    return `projects/${project}/regions/${this.environment.region}/subnetworks/${subnet}`;
  }

  /** The environment's own encryption key for one purpose, or nothing where Google's keys are used. */
  protected keyId(purpose: keyof Names["keys"]): string | undefined {
    const { encryption, project, region } = this.environment;
    // Two came later, and what they encrypt can't take a key in place: they are asked for by name.
    const wanted = purpose === "nodes" || purpose === "secrets" ? encryption[purpose] : true;
    return encryption.enabled && wanted
      ? cryptoKeyId(project, region, this.names.keyRing, this.names.keys[purpose])
      : undefined;
  }

  private get networkOwner() {
    const { network, project } = this.environment;
    return { network: this.names.network, subnet: this.names.subnet, project, ...network.existing };
  }
}
