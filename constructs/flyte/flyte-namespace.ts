import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface FlyteNamespaceProps {
  /**
   * Name of the namespace.
   *
   * Change: replaces the namespace and everything in it.
   * @default "flyte"
   */
  readonly name?: string;

  /**
   * Labels of the namespace.
   *
   * @default {}
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Which pods Pod Security lets in. Topology core needs "baseline": its chart leaves out what "restricted" asks for.
   *
   * Change: in place, for pods created from then on.
   * @default "restricted"
   */
  readonly podSecurity?: "restricted" | "baseline";
}

/**
 * Namespace of the Flyte backend, and of Helm's records of the tenants.
 *
 * It is not opted in to Kueue: the backend must start when Kueue is away.
 */
export class FlyteNamespace extends Construct {
  readonly namespace: string;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: FlyteNamespaceProps = {}) {
    super(scope, id);
    const namespace = new NamespaceV1(this, "Default", {
      metadata: {
        name: props.name ?? "flyte",
        labels: { ...props.labels, "pod-security.kubernetes.io/enforce": props.podSecurity ?? "restricted" },
      },
    });
    this.namespace = namespace.metadata.name;
    this.ready = [namespace];
  }
}
