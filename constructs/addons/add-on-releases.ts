import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../kubernetes/manifest-release";
import { check, type Rule } from "../rules";
import type { AddOnSum } from "./add-on";

export interface AddOnReleasesProps extends Pick<AddOnSum, "namespaces" | "releases"> {
  /** Path of the chart of plain objects: `ManifestChart.path`. */
  readonly chart: string;

  /** What must be there first: who may pull images. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** What add-ons install of their own: namespaces, and releases in the order that these ask for. */
export class AddOnReleases extends Construct {
  /** Everything that Kueue and Flyte must wait for. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AddOnReleasesProps) {
    super(scope, id);
    check(this, props, addOnReleasesRules);
    const namespaces = this.addNamespaces(props);
    const made = new Map<string, ITerraformDependable[]>();
    for (const { name, namespace, manifests, after = [], timeoutSeconds } of props.releases) {
      const dependsOn = [
        ...(namespaces.get(namespace) ?? []),
        ...after.flatMap((earlier) => made.get(earlier) ?? []),
      ];
      const { chart } = props;
      const release = { name, namespace, chart, manifests, timeoutSeconds, dependsOn };
      made.set(name, new ManifestRelease(this, name, release).ready);
    }
    this.ready = [...namespaces.values(), ...made.values()].flat();
  }

  private addNamespaces({ namespaces, dependsOn }: AddOnReleasesProps): Map<string, ITerraformDependable[]> {
    const scope = new Construct(this, "namespaces");
    return new Map(
      namespaces.map((name) => {
        const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
        const metadata = { name, labels };
        return [name, [new NamespaceV1(scope, name, { metadata, dependsOn: dependsOn?.slice() })]];
      }),
    );
  }
}

const addOnReleasesRules: readonly Rule<AddOnReleasesProps>[] = [
  ({ namespaces, releases }) => {
    const homeless = releases.filter(({ namespace }) => !namespaces.includes(namespace));
    return homeless.length === 0
      ? undefined
      : `releases must be in namespaces of their add-ons, got ${homeless.map(({ name, namespace }) => `${name} in ${namespace}`).join(", ")}`;
  },
  ({ releases }) => {
    const early = releases.flatMap(({ name, after = [] }, index) =>
      after
        .filter((earlier) => !releases.slice(0, index).some((release) => release.name === earlier))
        .map((earlier) => `${name} after ${earlier}`),
    );
    return early.length === 0
      ? undefined
      : `releases must come after those that they name, got ${early.join(", ")}`;
  },
];
