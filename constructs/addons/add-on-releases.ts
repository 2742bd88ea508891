import { Release } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Values } from "../flyte/values";
import { ManifestRelease } from "../kubernetes/manifest-release";
import { escapeLiterals, releaseDefaults } from "../kubernetes/release-defaults";
import { check, type Rule } from "../rules";
import type { AddOnRelease, AddOnSum } from "./add-on";

/** A chart of somebody else's. */
export interface ChartProps {
  /** Shape: URL of a chart repository, or of the folder of an OCI one. */
  readonly repository: string;
  readonly name: string;
  readonly version: string;
  readonly values: Values;
}

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
    for (const release of props.releases) {
      const { name, namespace, after = [] } = release;
      const dependsOn = [
        ...(namespaces.get(namespace) ?? []),
        ...after.flatMap((earlier) => made.get(earlier) ?? []),
      ];
      made.set(name, this.addRelease(release, props.chart, dependsOn));
    }
    this.ready = [...namespaces.values(), ...made.values()].flat();
  }

  private addRelease(
    release: AddOnRelease,
    manifestChart: string,
    dependsOn: ITerraformDependable[],
  ): ITerraformDependable[] {
    const { name, namespace, timeoutSeconds } = release;
    const { manifests } = release;
    if (manifests !== undefined) {
      const shared = { name, namespace, timeoutSeconds, dependsOn };
      return new ManifestRelease(this, name, { ...shared, chart: manifestChart, manifests }).ready;
    }
    const { repository, name: chart, version, values } = release.chart;
    return [
      new Release(this, name, {
        ...releaseDefaults,
        name,
        namespace,
        repository,
        chart,
        version,
        values: [escapeLiterals(values)],
        timeout: timeoutSeconds ?? releaseDefaults.timeout,
        dependsOn,
      }),
    ];
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
