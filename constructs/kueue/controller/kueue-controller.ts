import { Release } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { escapeLiterals, releaseDefaults } from "../../kubernetes/release-defaults";
import { check, type Rule } from "../../rules";
import { kueueValues, kueueVersion, type KueueValuesProps } from "./controller-values";
import { durationSeconds } from "../durations";

export interface KueueControllerProps extends KueueValuesProps {
  /** Namespace to make for the controller. Never opted in to Kueue. */
  readonly namespace: string;

  /**
   * Refuse to destroy the release and its namespace: with the release go its CRDs, and with them every queue and
   * the record of every workload.
   *
   * @default true
   */
  readonly protect?: boolean;

  /**
   * What must be there first.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

const durations = ["waitForPodsReady", "retainDeactivated", "retainFinished"] as const;

const kueueControllerRules: readonly Rule<KueueControllerProps>[] = [
  ({ replicas = 2 }) =>
    Number.isInteger(replicas) && replicas >= 1 && replicas <= 5
      ? undefined
      : `replicas must be a whole number from 1 to 5, got ${replicas}`,
  ...durations.map(
    (key) =>
      ({ [key]: value }: KueueControllerProps) =>
        value === undefined || durationSeconds(value) !== undefined
          ? undefined
          : `${key} must be a whole number with m, h or d, such as "12h", got ${JSON.stringify(value)}`,
  ),
];

/**
 * Kueue: its namespace and its chart. Once `ready`, its pods are; its webhook may still refuse for some seconds
 * (kueue#13036), so releases of queue objects put a `webhookGate` before them.
 */
export class KueueController extends Construct {
  readonly namespace: string;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: KueueControllerProps) {
    super(scope, id);
    check(this, props, kueueControllerRules);
    const lifecycle = (props.protect ?? true) ? { preventDestroy: true } : undefined;
    const namespace = new NamespaceV1(this, "namespace", {
      metadata: {
        name: props.namespace,
        labels: { "pod-security.kubernetes.io/enforce": "restricted" },
      },
      lifecycle,
      dependsOn: props.dependsOn?.slice(),
    });
    const release = new Release(this, "Default", {
      ...releaseDefaults,
      name: props.name,
      namespace: props.namespace,
      repository: "oci://registry.k8s.io/kueue/charts",
      chart: "kueue",
      version: kueueVersion,
      values: [escapeLiterals(kueueValues(props))],
      // A first install pulls the image onto nodes that Autopilot has yet to add, one by one.
      timeout: 600,
      lifecycle,
      dependsOn: [namespace],
    });
    this.namespace = props.namespace;
    this.ready = [namespace, release];
  }
}
