import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { ContainerCluster } from "@cdktf/provider-google/lib/container-cluster";
import { check } from "../rules";
import { clusterConfig } from "./autopilot-cluster-config";
import { autopilotClusterRules } from "./autopilot-cluster-rules";

/** A time without upgrades. */
export interface MaintenanceExclusion {
  /** Shape: UTC, `2026-12-18T00:00:00Z`; in another time zone the plan would never be empty. */
  readonly startTime: string;
  /** Shape: as the start, and after it. */
  readonly endTime: string;
  /** What GKE must not do in that time. */
  readonly scope: "NO_UPGRADES" | "NO_MINOR_UPGRADES" | "NO_MINOR_OR_NODE_UPGRADES";
}

/** When GKE may upgrade the control plane and the nodes. */
export interface Maintenance {
  /** Start of the first window, and with `recurrence` the hour of all. Shape: UTC, `2026-01-03T01:00:00Z`. */
  readonly startTime: string;
  /** End of the first window. Shape: as the start, at least 4 hours after it. */
  readonly endTime: string;
  /** How the window repeats. Shape: RFC 5545 without its `RRULE:`, for example `FREQ=WEEKLY;BYDAY=SA,SU`. */
  readonly recurrence: string;
  /** Times without upgrades, by name; at most 20. @default none */
  readonly exclusions?: Readonly<Record<string, MaintenanceExclusion>>;
}

export type ReleaseChannel = "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";

export interface AutopilotClusterProps {
  readonly project: string;
  /** Region. Change: replaces the cluster. */
  readonly location: string;
  /** 1 to 40 lowercase letters, digits, `-`. Change: replaces the cluster. */
  readonly name: string;
  /** Network, as `projects/<project>/global/networks/<name>`. Change: replaces the cluster. */
  readonly network: string;
  /** Subnet, as `projects/<project>/regions/<region>/subnetworks/<name>`. Change: replaces the cluster. */
  readonly subnetwork: string;
  /** Name of the subnet's secondary range for pods. Change: replaces the cluster. */
  readonly podsRange: string;
  /** Name of the subnet's secondary range for services. Change: replaces the cluster. */
  readonly servicesRange: string;
  /** Network tags of the nodes; firewall rules name them. Change: in place, for new nodes. */
  readonly nodeTags: readonly string[];
  /**
   * Email of the service account that the nodes run as. It needs `roles/container.defaultNodeServiceAccount` before the
   * cluster is created: a cluster whose nodes cannot register stays behind tainted.
   */
  readonly nodeServiceAccount: string;
  /** How early GKE versions arrive. Change: in place. @default "REGULAR" */
  readonly releaseChannel?: ReleaseChannel;
  /** Reach the Kubernetes API by its DNS name from anywhere; IAM decides who may. Change: in place. @default true */
  readonly dnsEndpoint?: boolean;
  /**
   * Ranges that may reach the Kubernetes API's public IP endpoint, by display name.
   *
   * Shape: `{ office: "203.0.113.0/24" }`, /8 to /32. Change: in place.
   * @default none, and then there is no public IP endpoint
   */
  readonly authorizedNetworks?: Readonly<Record<string, string>>;
  readonly maintenance: Maintenance;
  /**
   * Key that encrypts Kubernetes secrets on top of Google's own encryption, as `projects/…/cryptoKeys/<name>`, in the
   * cluster's region. The `container` service agent must be one of its users.
   *
   * Change: in place; taking it away decrypts the secrets.
   * @default Google's own encryption only
   */
  readonly kmsKeyName?: string;
  /**
   * Key that encrypts the boot disks of the nodes, in the cluster's region, as `projects/…/cryptoKeys/<name>`. The
   * `compute` service agent must be one of its users.
   *
   * Change: replaces the cluster.
   * @default Google's own key
   * @see cloud.google.com/kubernetes-engine/docs/how-to/using-cmek (2026-11)
   */
  readonly nodeKmsKeyName?: string;
  /** Run only images that the project's Binary Authorization policy admits. The policy itself is yours. @default false */
  readonly binaryAuthorization?: boolean;
  /**
   * Group whose member groups may be named in Kubernetes RBAC.
   *
   * Shape: `gke-security-groups@<domain>`. Change: in place; taking it away from the configuration leaves it set.
   * @default none
   */
  readonly securityGroup?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Refuse to delete or replace the cluster: in the plan (Terraform) and in the apply (the provider). @default true */
  readonly deletionProtection?: boolean;
  /** What must be there first: APIs, the node account's role, the key's grants. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A private GKE Autopilot cluster. What runs in it is somebody else's; see `clusterConfig` for what is switched on. */
export class AutopilotCluster extends Construct {
  /** `projects/<project>/locations/<location>/clusters/<name>`. */
  readonly clusterId: string;
  readonly name: string;
  /** `<project>.svc.id.goog`. Exists only once a cluster does: what names it as a member must wait for `ready`. */
  readonly workloadPool: string;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AutopilotClusterProps) {
    super(scope, id);
    check(this, props, autopilotClusterRules);
    const cluster = new ContainerCluster(this, "Default", {
      ...clusterConfig(props),
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
      dependsOn: props.dependsOn && [...props.dependsOn],
    });
    rotateMountedSecrets(cluster);
    this.clusterId = cluster.id;
    this.name = cluster.name;
    this.workloadPool = cluster.workloadIdentityConfig.workloadPool;
    this.ready = [cluster];
  }
}

/**
 * A mounted secret follows its newest version within two minutes; without this, only a new pod sees it.
 * @see registry.terraform.io/providers/hashicorp/google/7.45.0/docs/resources/container_cluster#rotation_config
 */
function rotateMountedSecrets(cluster: ContainerCluster): void {
  cluster.addOverride("secret_manager_config.rotation_config", { enabled: true, rotation_interval: "120s" });
}
