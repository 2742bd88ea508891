import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Manifest } from "../api/objects";
import type { KueueConfiguration } from "../control-plane/kueue";
import { type OperatorName, operators } from "../tools/programs";

/** A `helm_release` of a stack, as `cdktf.out` has it. */
interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly values?: readonly string[];
}

/** What is read of the values of Kueue's chart. */
interface KueueValues {
  readonly managerConfig?: { readonly controllerManagerConfigYaml?: string };
  readonly controllerManager?: {
    readonly featureGates?: readonly { readonly name: string; readonly enabled: boolean }[];
  };
}

/** What is read of the values of Flyte's chart: of flyte-binary, or of flyte-core. */
interface FlyteValues {
  readonly configuration?: { readonly inline?: { readonly plugins?: object } };
  readonly configmap?: { readonly k8s?: { readonly plugins?: object } };
}

export type Values = Readonly<Record<string, unknown>>;

/** A release whose values are the objects themselves. */
export interface ManifestRelease {
  readonly name: string;
  readonly namespace: string;
  /** Folder of the chart. */
  readonly chart: string;
  readonly manifests: readonly Manifest[];
}

/** What is rehearsed: just what a deploy would install. */
export interface Synthesised {
  readonly environment: string;
  readonly queues: ManifestRelease;
  readonly tenants: readonly ManifestRelease[];
  /** The admission policies, where the environment has them. Network policies are left out: nothing here has a network. */
  readonly policies: readonly ManifestRelease[];
  readonly kueue: KueueConfiguration;
  /** What Flyte's configuration says of its plugins, in either topology. */
  readonly plugins: Readonly<Record<string, Values>>;
  /** Values of the charts of add-ons' operators, by the release's name. */
  readonly charts: Readonly<Record<string, Values>>;
  /** Releases of our own manifests of the add-ons that are on and whose operator can be played. */
  readonly operators: Readonly<Partial<Record<OperatorName, readonly ManifestRelease[]>>>;
}

/** Reads the queues' objects out of the platform stack of an environment. */
export function readSynthesised(outdir: string, environment: string): Synthesised {
  const folder = join(outdir, "stacks", `${environment}-platform`);
  const file = join(folder, "cdk.tf.json");
  if (!existsSync(file)) throw new Error(unknownEnvironment(outdir, environment));
  const stack = JSON.parse(readFileSync(file, "utf8")) as {
    resource: { helm_release?: Record<string, HelmRelease> };
  };
  const releases = Object.values(stack.resource.helm_release ?? {});
  const manifests = releases.flatMap((release) => manifestRelease(release, folder));
  const queues = manifests.find(({ name }) => name === "queues");
  const kueue = releases.find(({ name }) => name === "kueue");
  if (!queues || !kueue) throw new Error(`${file} has no releases "kueue" and "queues"`);
  const holding = (wanted: string) =>
    manifests.filter(({ manifests: objects }) => objects.some(({ kind }) => kind === wanted));
  return {
    environment,
    queues,
    tenants: holding("LocalQueue"),
    policies: holding("ValidatingAdmissionPolicy"),
    kueue: kueueConfiguration(kueue),
    plugins: pluginsOf(releases),
    charts: Object.fromEntries(
      releases
        .filter(({ name }) => name.endsWith("-operator"))
        .map(({ name, values = [] }) => [
          name,
          Object.assign({}, ...values.map((text) => parse(text) as object)) as Values,
        ]),
    ),
    operators: operatorsAmong(manifests),
  };
}

function pluginsOf(releases: readonly HelmRelease[]): Synthesised["plugins"] {
  const { values = [] } = releases.find(({ name }) => name === "flyte") ?? {};
  const said = values.map((text) => parse(text) as FlyteValues);
  return Object.assign(
    {},
    ...said.flatMap(({ configuration, configmap }) => [
      configuration?.inline?.plugins,
      configmap?.k8s?.plugins,
    ]),
  ) as Synthesised["plugins"];
}

/** An add-on's releases are called as it is, with a word behind where there are several. */
function operatorsAmong(releases: readonly ManifestRelease[]): Synthesised["operators"] {
  const names = Object.keys(operators) as OperatorName[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = releases.filter((release) => release.name.split("-")[0] === name);
      return found.length > 0 ? [[name, found]] : [];
    }),
  );
}

function unknownEnvironment(outdir: string, environment: string): string {
  const stacks = existsSync(join(outdir, "stacks")) ? readdirSync(join(outdir, "stacks")) : [];
  const names = stacks.filter((name) => name.endsWith("-platform")).map((name) => `"${name.slice(0, -9)}"`);
  if (names.length === 0) return `${outdir} holds no synthesised environment`;
  return `environment must be one of ${names.sort().join(", ")}, got "${environment}"`;
}

function manifestRelease(
  { name, namespace, chart, values = [] }: HelmRelease,
  folder: string,
): ManifestRelease[] {
  const parsed = values.flatMap((text) => {
    const { manifests } = parse(text) as { manifests?: readonly Manifest[] };
    return manifests ?? [];
  });
  return parsed.length === 0 ? [] : [{ name, namespace, chart: join(folder, chart), manifests: parsed }];
}

/** Kueue's configuration; the chart's feature gates, which it makes a flag of, are put where the file has them. */
function kueueConfiguration({ values = [] }: HelmRelease): KueueConfiguration {
  for (const text of values) {
    const { managerConfig, controllerManager = {} } = parse(text) as KueueValues;
    if (!managerConfig?.controllerManagerConfigYaml) continue;
    const configuration = parse(managerConfig.controllerManagerConfigYaml) as KueueConfiguration;
    const gates = (controllerManager.featureGates ?? []).map(({ name, enabled }) => [name, enabled]);
    if (gates.length === 0) return configuration;
    const featureGates = { ...(configuration["featureGates"] as object), ...Object.fromEntries(gates) };
    return { ...configuration, featureGates };
  }
  throw new Error('the release "kueue" has no managerConfig.controllerManagerConfigYaml');
}
