import type { KubeObject } from "../api/objects";

export interface FlavorQuotas {
  readonly name: string;
  readonly resources: readonly {
    readonly name: string;
    readonly nominalQuota: string | number;
    readonly borrowingLimit?: string | number;
    readonly lendingLimit?: string | number;
  }[];
}

/** A ClusterQueue in Kueue's words, as far as the rehearsal reads it. */
export interface ClusterQueue extends KubeObject {
  readonly spec: {
    readonly cohortName?: string;
    readonly resourceGroups: readonly {
      readonly coveredResources: readonly string[];
      readonly flavors: readonly FlavorQuotas[];
    }[];
    readonly admissionChecksStrategy?: {
      readonly admissionChecks: readonly { readonly name: string; readonly onFlavors?: readonly string[] }[];
    };
    readonly [field: string]: unknown;
  };
}

export interface Cohort extends KubeObject {
  readonly spec: {
    readonly parentName?: string;
    readonly fairSharing?: { readonly weight?: string | number };
  };
}

export interface LocalQueue extends KubeObject {
  readonly spec: { readonly clusterQueue: string };
}

export interface ResourceFlavor extends KubeObject {
  readonly spec: {
    readonly nodeLabels?: Readonly<Record<string, string>>;
    readonly nodeTaints?: readonly {
      readonly key: string;
      readonly value?: string;
      readonly effect: string;
    }[];
  };
}
