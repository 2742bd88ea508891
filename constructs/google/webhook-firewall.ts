import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { check, type Rule } from "../rules";
import { cidrProblem } from "./cidr";

export interface WebhookFirewallProps {
  /** Project that owns the network; with a shared VPC that is the host project. Change: replaces the rule. */
  readonly project: string;
  /** Name of the firewall rule, 1 to 63 characters. Change: replaces the rule. */
  readonly name: string;
  /** Network, as `projects/<project>/global/networks/<name>`. Change: replaces the rule. */
  readonly network: string;
  /** Primary range of the node subnet: the control plane's private endpoint has its address there. */
  readonly nodesCidr: string;
  /** Network tag that the cluster puts on its nodes. */
  readonly nodeTag: string;
  /**
   * Ports of the pods that the API server calls: of webhooks and aggregated APIs.
   *
   * Shape: at least one, each from 1 to 65535. Change: in place.
   */
  readonly ports: readonly number[];
  /** What must be there first, such as the project's APIs. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Lets the control plane of a private cluster call pods: admission webhooks and aggregated APIs. GKE itself opens only
 * 443 and 10250. Every pod that an unreachable webhook must see waits for its time-out; while an aggregated API is
 * unreachable, no namespace can be deleted.
 */
export class WebhookFirewall extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WebhookFirewallProps) {
    super(scope, id);
    check(this, props, webhookFirewallRules);
    const rule = new ComputeFirewall(this, "Default", {
      project: props.project,
      name: props.name,
      network: props.network,
      description: "Control plane to admission webhooks (Kueue, Flyte).",
      direction: "INGRESS",
      priority: 1000,
      sourceRanges: [props.nodesCidr],
      targetTags: [props.nodeTag],
      allow: [{ protocol: "tcp", ports: props.ports.map(String) }],
      dependsOn: props.dependsOn && [...props.dependsOn],
    });
    this.ready = [rule];
  }
}

export const webhookFirewallRules: readonly Rule<WebhookFirewallProps>[] = [
  ({ nodesCidr }) => cidrProblem("nodesCidr", nodesCidr, 8, 29),
  ({ ports }) => {
    const wrong = ports.filter((port) => !Number.isInteger(port) || port < 1 || port > 65_535);
    return ports.length > 0 && wrong.length === 0
      ? undefined
      : `ports must hold at least one port, each from 1 to 65535, got ${JSON.stringify(ports)}`;
  },
];
