import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { parse } from "yaml";
import { ManifestChart, manifestChartVersion } from "../../../constructs/kubernetes/manifest-chart";

const source = "constructs/kubernetes/manifest-chart";
const template = readFileSync(join(source, "templates/manifests.yaml"), "utf8");
const version = `1.0.0-${createHash("sha256").update(template).digest("hex").slice(0, 12)}`;

describe("the chart's version follows its template", () => {
  test(`Chart.yaml says ${version}`, () => {
    expect(parse(readFileSync(join(source, "Chart.yaml"), "utf8"))).toMatchObject({ version });
  });

  test(`manifestChartVersion is ${version}`, () => {
    expect(manifestChartVersion).toBe(version);
  });
});

test("the template loops over the objects and says nothing else", () => {
  expect(template).toBe("{{- range .Values.manifests }}\n---\n{{ toYaml . }}\n{{- end }}\n");
});

describe("ManifestChart", () => {
  const outdir = mkdtempSync(join(tmpdir(), "chart-"));
  afterAll(() => rmSync(outdir, { recursive: true }));

  test("copies the chart beside the stack, under a path made of its version alone", () => {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "test");
    const chart = new ManifestChart(stack, "manifest-chart");
    app.synth();
    expect(chart.path).toBe(`assets/manifest-chart/${version}`);
    const folder = join(outdir, "stacks/test", chart.path);
    expect(readFileSync(join(folder, "templates/manifests.yaml"), "utf8")).toBe(template);
    expect(existsSync(join(folder, "Chart.yaml"))).toBe(true);
  });
});
