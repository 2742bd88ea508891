import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { ManifestChart, manifestChartVersion } from "../../constructs/kubernetes/manifest-chart";
import { ManifestRelease } from "../../constructs/kubernetes/manifest-release";
import type { KubeObject } from "../../rehearsal/api/objects";
import type { ControlPlane } from "../../rehearsal/control-plane/control-plane";
import { requireProviders } from "../../stacks/providers";
import { hasGo, startApiServer } from "./support/real-api-server";

// A release of the repository's own chart, by the real Terraform, the real helm provider and a real API server.

const outdir = mkdtempSync(join(tmpdir(), "upgrade-"));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const folder = join(outdir, "stacks", "test");
const kubeconfig = join(outdir, "kubeconfig");

function synthesise(): void {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, {});
  new HelmProvider(stack, "helm", { kubernetes: { configPath: kubeconfig } });
  requireProviders(stack, ["helm"]);
  const { path: chart } = new ManifestChart(stack, "chart");
  const manifests = [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "made" }, data: { a: "1" } }];
  new ManifestRelease(stack, "release", { name: "release", namespace: "default", chart, manifests });
  app.synth();
}

function terraform(...args: readonly string[]) {
  const limits = { timeout: 120_000, encoding: "utf8" } as const;
  const { status, stdout, stderr, error } = spawnSync(
    "terraform",
    [`-chdir=${folder}`, ...args, "-no-color"],
    limits,
  );
  return { code: status, said: error?.message ?? `${stdout}${stderr}`.trim() };
}

/** Why it can't be tried here; undefined where it can. */
function missing(): string | undefined {
  if (!hasGo) return "no Go here";
  if (spawnSync("terraform", ["version"]).status !== 0) return "terraform is not on the PATH";
  synthesise();
  const { code, said } = terraform("init", "-input=false");
  return code === 0 ? undefined : `the helm provider can't be had: ${said.split("\n").at(-1)}`;
}

const why = missing();
if (why) console.warn(`a changed chart is not deployed: ${why}`);
const whereItCan = why === undefined ? describe : describe.skip;

/** What a changed template is to Terraform: another folder, and another version in the chart and in the release. */
function changeTemplate(change: (template: string) => string): void {
  const other = "1.0.0-changed";
  const old = join(folder, "assets/chart", manifestChartVersion);
  const changed = join(dirname(old), other);
  renameSync(old, changed);
  const edit = (file: string, edited: (text: string) => string) =>
    writeFileSync(file, edited(readFileSync(file, "utf8")));
  const renamed = (text: string) => text.replaceAll(manifestChartVersion, other);
  edit(join(changed, "Chart.yaml"), renamed);
  edit(join(folder, "cdk.tf.json"), renamed);
  edit(join(changed, "templates/manifests.yaml"), change);
}

whereItCan("a release of the repository's own chart", () => {
  let close: (() => Promise<void>) | undefined;
  let plane: ControlPlane;

  beforeAll(async () => {
    ({ plane, close } = await startApiServer());
    cpSync(plane.credentials.kubeconfig.admin, kubeconfig);
  }, 1_800_000);

  afterAll(async () => {
    await close?.();
  }, 60_000);

  const done = ({ code, said }: ReturnType<typeof terraform>) => expect(code === 0 ? "" : said).toBe("");
  const nothingToDo = () => done(terraform("plan", "-detailed-exitcode"));
  const applied = () => done(terraform("apply", "-auto-approve"));
  const made = () =>
    plane.api.get<KubeObject & { data: object }>("/api/v1/namespaces/default/configmaps/made");

  test("is installed, and a second plan is empty", async () => {
    applied();
    nothingToDo();
    expect(await made()).toMatchObject({ data: { a: "1" } });
  }, 120_000);

  test("is upgraded when the chart's template changes, and the next plan is empty", async () => {
    changeTemplate(
      (template) =>
        `${template}{{- range .Values.manifests }}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .metadata.name }}-too}\n{{- end }}\n`,
    );
    applied();
    nothingToDo();
    expect(await plane.api.ok("/api/v1/namespaces/default/configmaps/made-too")).toBe(true);
  }, 120_000);
});
