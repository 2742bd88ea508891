import { FilestoreInstance } from "@cdktf/provider-google/lib/filestore-instance";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { SHARE } from "../volumes/share";
import { filestoreProblem } from "../volumes/filestore-tiers";
import type { Filestore } from "../volumes/types";

export interface FileServerProps extends Filestore {
  readonly project: string;
  readonly region: string;
  /** Shape: 1 to 63 lower-case letters, digits and hyphens. Change: replaces the server. */
  readonly name: string;
  /** Network, as `projects/<project>/global/networks/<name>`, with private services access. Change: replaces the server. */
  readonly network: string;
  /**
   * Range of the nodes, which mount for their pods. Nobody else is answered: a pod could otherwise speak NFS by itself,
   * past every rule of Kubernetes.
   */
  readonly nodesCidr: string;
  /** Cloud KMS key, for ZONAL and REGIONAL. Change: replaces the server. @default Google's own key */
  readonly kmsKeyName?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Refuse to delete it, in Terraform and at Google. @default true */
  readonly deletionProtection?: boolean;
}

/** A Filestore instance: files that tasks on many nodes read and write at a time. */
export class FileServer extends Construct {
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: FileServerProps) {
    super(scope, id);
    check(this, props, fileServerRules);
    const deletionProtection = props.deletionProtection ?? true;
    const server = new FilestoreInstance(this, "Default", {
      project: props.project,
      name: props.name,
      location: serverLocation(props.region, props),
      tier: props.tier,
      description: "Files of tasks",
      labels: props.labels && { ...props.labels },
      kmsKeyName: props.kmsKeyName,
      fileShares: {
        name: SHARE,
        capacityGb: props.sizeGib,
        nfsExportOptions: [
          {
            ipRanges: [props.nodesCidr],
            accessMode: "READ_WRITE",
            // The kubelet, which is root, gives the share to the group of the tasks.
            squashMode: "NO_ROOT_SQUASH",
          },
        ],
      },
      networks: [{ network: props.network, modes: ["MODE_IPV4"], connectMode: "PRIVATE_SERVICE_ACCESS" }],
      deletionProtectionEnabled: deletionProtection,
      lifecycle: { preventDestroy: deletionProtection },
    });
    this.ready = [server];
  }
}

/** Where the server is, as Google names it. */
export function serverLocation(region: string, { zone }: Pick<Filestore, "zone">): string {
  return zone ?? region;
}

const fileServerRules: readonly Rule<FileServerProps>[] = [
  ({ region, kmsKeyName, ...filestore }) => {
    const problem = filestoreProblem(filestore, { region, encrypted: kmsKeyName !== undefined });
    return problem && `${problem.key} ${problem.message}`;
  },
];
