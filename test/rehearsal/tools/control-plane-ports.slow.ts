import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { flyteBinaryValues } from "../../../constructs/flyte/binary/binary-values";
import { flyteChart } from "../../../constructs/flyte/chart";
import { flyteControlPlanePorts } from "../../../constructs/flyte/control-plane-ports";
import { flyteCoreValues } from "../../../constructs/flyte/core/core-values";
import { knownImages } from "../../../constructs/known-images";
import { kueueControlPlanePorts } from "../../../constructs/kueue/controller/control-plane-ports";
import { kueueValues, kueueVersion } from "../../../constructs/kueue/controller/controller-values";
import { coreProps, minimalProps } from "../../constructs/flyte/props";
import type { Attributes } from "../../support/synth";

// Renders the real charts with a real Helm, from their registries or from the folder CHARTS (`<chart>-<version>.tgz`).

const folder = mkdtempSync(join(tmpdir(), "ports-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Helm of this machine, or the one that the rehearsal has built. */
function findHelm(): string {
  const cache = join(homedir(), ".cache/flyte-on-gke-autopilot/rehearsal");
  const built = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith("helm-")) : [];
  const [found = "helm"] = built.map((name) => join(cache, name, "helm")).filter((file) => existsSync(file));
  return found;
}

interface Chart {
  readonly name: string;
  readonly version: string;
  /** Helm's arguments that name the chart where it is published. */
  readonly published: readonly string[];
  readonly values: object;
  /** Port of the pods, as the platform says. */
  readonly said: readonly number[];
}

const flyte = (name: string) => [name, "--repo", "https://flyteorg.github.io/flyte"];
const charts: readonly Chart[] = [
  {
    name: "kueue",
    version: kueueVersion,
    published: ["oci://registry.k8s.io/kueue/charts/kueue"],
    values: kueueValues({ name: "kueue" }),
    said: kueueControlPlanePorts,
  },
  {
    name: flyteChart.names.binary,
    version: flyteChart.version,
    published: flyte(flyteChart.names.binary),
    values: flyteBinaryValues({ ...minimalProps, secretsWebhook: true }),
    said: flyteControlPlanePorts(true),
  },
  {
    name: flyteChart.names.core,
    version: flyteChart.version,
    published: flyte(flyteChart.names.core),
    values: flyteCoreValues({ ...coreProps, secretsWebhook: true }),
    said: flyteControlPlanePorts(true),
  },
];

/** The chart's objects, or why there are none. */
function render({ name, version, published, values }: Chart): Attributes[] | string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(values));
  const packed = join(process.env["CHARTS"] ?? "", `${name}-${version}.tgz`);
  const where = existsSync(packed) ? [packed] : [...published, "--version", version];
  const args = ["template", "it", ...where, "--namespace", "there", "--values", file];
  const { status, stdout, stderr, error } = spawnSync(findHelm(), args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: 60_000,
  });
  if (status !== 0) return error?.message ?? stderr.trim();
  return parseAllDocuments(stdout).flatMap((document) => (document.toJS() as Attributes | null) ?? []);
}

/** Ports of the pods behind the Services that the API server calls. Flyte registers its webhook itself, when it starts. */
function calledPorts(objects: readonly Attributes[]): number[] {
  const registered = objects.flatMap((object) => [
    object["spec"]?.service?.name as string | undefined,
    ...((object["webhooks"] as Attributes[] | undefined) ?? []).map(
      ({ clientConfig }) => clientConfig.service?.name as string | undefined,
    ),
  ]);
  const services = objects.filter(
    ({ kind, metadata }) =>
      kind === "Service" && (registered.includes(metadata.name) || /webhook$/.test(metadata.name)),
  );
  const names = Object.fromEntries(
    objects
      .flatMap(({ spec }) => (spec?.template?.spec?.containers as Attributes[] | undefined) ?? [])
      .flatMap(({ ports = [] }) => ports as Attributes[])
      .map(({ name, containerPort }) => [name, containerPort]),
  );
  const targets = services.flatMap(({ spec }) =>
    (spec.ports as Attributes[])
      .filter(({ port }) => port === 443)
      .map(({ port, targetPort = port }) => names[targetPort] ?? targetPort),
  );
  return [...new Set(targets)].sort((a, b) => a - b);
}

/** Images of all pods and jobs. */
function imagesIn(objects: readonly Attributes[]): string[] {
  return objects
    .flatMap(({ spec }) => [spec?.template?.spec, spec?.jobTemplate?.spec?.template?.spec] as Attributes[])
    .flatMap((pod) => [...(pod?.["containers"] ?? []), ...(pod?.["initContainers"] ?? [])] as Attributes[])
    .map(({ image }) => image as string);
}

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const images = {
  mirrors: { "docker.io": "m.dev/d", "ghcr.io": "m.dev/g", "registry.k8s.io": "m.dev/k" },
  digests: Object.fromEntries(knownImages.map((name) => [name, digest])),
};
const held: readonly Chart[] = [
  { ...charts[0]!, values: kueueValues({ name: "kueue", images }) },
  { ...charts[1]!, values: flyteBinaryValues({ ...minimalProps, ...images }) },
  { ...charts[2]!, values: flyteCoreValues({ ...coreProps, ...images }) },
];

describe.each(held)("the pods of $name $version", (chart) => {
  const objects = render(chart);
  const rendered = typeof objects !== "string";
  if (!rendered) console.warn(`images of ${chart.name} are not looked at: ${objects}`);
  (rendered ? test : test.skip)("run every image from a mirror and by its digest", () => {
    const found = imagesIn(objects as Attributes[]);
    expect(found.length).toBeGreaterThan(0);
    for (const image of found) expect(image).toMatch(/^m\.dev\/[dgk]\/[^@]+@sha256:[0-9a-f]{64}$/);
  });
});

describe.each(charts)("the API server reaches the pods of $name $version", (chart) => {
  const objects = render(chart);
  const rendered = typeof objects !== "string";
  if (!rendered) console.warn(`${chart.name} is not compared: ${objects}`);
  (rendered ? test : test.skip)("on every port behind its Services that the platform opens", () =>
    expect(calledPorts(objects as Attributes[])).toEqual([...chart.said].sort((a, b) => a - b)),
  );
});
