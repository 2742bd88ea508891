// What a rehearsal reads of the objects of Kubernetes and Kueue, in their own words.

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

/** An object of which nothing more is known; its other fields are read where they are known. */
export type Manifest = KubeObject & Readonly<Record<string, unknown>>;

export interface Condition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export type Quantities = Readonly<Record<string, string>>;

export interface Container {
  readonly name: string;
  readonly resources?: { readonly requests?: Quantities; readonly limits?: Quantities };
  readonly [field: string]: unknown;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly nodeName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Readonly<Record<string, string>>[];
  readonly schedulingGates?: readonly { readonly name: string }[];
  readonly [field: string]: unknown;
}

export interface Pod extends KubeObject {
  readonly spec: PodSpec;
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly conditions?: readonly Condition[];
  };
}

export interface PodTemplate extends KubeObject {
  readonly template: { readonly metadata?: Partial<Metadata>; readonly spec: PodSpec };
}

export interface Node extends KubeObject {
  readonly spec?: { readonly taints?: readonly Taint[] };
  readonly status?: { readonly allocatable?: Quantities };
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

export interface PodSetAssignment {
  readonly name: string;
  readonly flavors?: Readonly<Record<string, string>>;
  readonly resourceUsage?: Quantities;
}

export interface Workload extends KubeObject {
  readonly spec: { readonly active?: boolean; readonly queueName?: string };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly admission?: {
      readonly clusterQueue: string;
      readonly podSetAssignments?: readonly PodSetAssignment[];
    };
    readonly admissionChecks?: readonly {
      readonly name: string;
      readonly state: string;
      readonly message?: string;
    }[];
  };
}

export interface ProvisioningRequest extends KubeObject {
  readonly spec: {
    readonly provisioningClassName: string;
    readonly podSets: readonly {
      readonly count: number;
      readonly podTemplateRef: { readonly name: string };
    }[];
    readonly parameters?: Readonly<Record<string, string>>;
  };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** Whether the condition is there and True. */
export function isTrue(object: { status?: { conditions?: readonly Condition[] } }, type: string): boolean {
  return conditionOf(object, type)?.status === "True";
}

export function conditionOf(
  { status }: { status?: { conditions?: readonly Condition[] } },
  type: string,
): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

/** `namespace/name`, or the name of what has no namespace. */
export function keyOf({ metadata: { namespace, name } }: KubeObject): string {
  return namespace ? `${namespace}/${name}` : name;
}
