import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ServiceIdentity, type ServiceIdentityProps } from "../../google/service-identity";
import { type CoreAccounts, coreServiceAccounts } from "../chart";

type Part = Exclude<keyof CoreAccounts, "admin">;

export interface CoreIdentitiesProps {
  readonly project: string;

  /** Account ids of the parts. */
  readonly accountIds: Readonly<Record<Part, string>>;

  /** Namespace of the backend. */
  readonly namespace: string;

  /** Roles that reading and writing a bucket takes. */
  readonly storageRoles: readonly string[];

  readonly metadataBucket: string;
  readonly dataBucket: string;
}

/** What each part does at Google: the scheduler nothing; the catalog reads and writes what it knows about outputs. */
const BUCKETS: Readonly<Record<Part, readonly ("metadata" | "data")[]>> = {
  scheduler: [],
  propeller: ["metadata", "data"],
  datacatalog: ["metadata"],
};

/** The parts of topology core beside the API, each with an identity that may do no more than the part needs. */
export class CoreIdentities extends Construct {
  readonly emails: Readonly<Record<Part, string>>;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CoreIdentitiesProps) {
    super(scope, id);
    const identities = {
      scheduler: new ServiceIdentity(this, "scheduler", identityProps("scheduler", props)),
      propeller: new ServiceIdentity(this, "propeller", identityProps("propeller", props)),
      datacatalog: new ServiceIdentity(this, "datacatalog", identityProps("datacatalog", props)),
    };
    this.emails = {
      scheduler: identities.scheduler.email,
      propeller: identities.propeller.email,
      datacatalog: identities.datacatalog.email,
    };
    this.ready = Object.values(identities).flatMap(({ ready }) => ready);
  }
}

/** What people read in the console for a part's account. */
export function displayNameOf(part: string): string {
  return `Flyte ${part}`;
}

function identityProps(part: Part, props: CoreIdentitiesProps): ServiceIdentityProps {
  const names = { metadata: props.metadataBucket, data: props.dataBucket };
  return {
    project: props.project,
    accountId: props.accountIds[part],
    displayName: displayNameOf(part),
    buckets: Object.fromEntries(
      BUCKETS[part].map((key) => [key, { bucket: names[key], roles: props.storageRoles }]),
    ),
    kubernetesAccounts: { backend: { namespace: props.namespace, name: coreServiceAccounts[part] } },
  };
}
