import { readReports } from "../../../cli/scan/checkov";
import { manifestsOf } from "../../../cli/scan/manifests";

const report = (unread: number) => ({
  check_type: "terraform_plan",
  summary: { passed: 3, failed: 1, parsing_errors: unread },
  results: {
    failed_checks: [
      {
        check_id: "CKV_GCP_12",
        check_name: "Policy",
        resource: "google_container_cluster.c",
        file_path: "/prod-cluster/plan.json",
      },
    ],
  },
});

describe("checkov's report", () => {
  test("is one object or a list, and names environment and stack by the folder", () => {
    const { passed, findings } = readReports(JSON.stringify([report(0), { passed: 0, failed: 0 }]));
    expect(passed).toBe(3);
    expect(findings).toEqual([
      {
        check: "CKV_GCP_12",
        title: "Policy",
        environment: "prod",
        resource: "google_container_cluster.c",
        where: "prod-cluster",
      },
    ]);
    expect(readReports(JSON.stringify(report(0))).findings).toHaveLength(1);
  });

  test("fails when a file was not read", () => {
    expect(() => readReports(JSON.stringify(report(2)))).toThrow("checkov could not read 2 files");
  });
});

describe("manifests to scan", () => {
  test("are those of our own releases, as Helm gets them, without placeholders", () => {
    const manifests = [
      { kind: "Job", metadata: { name: "gate" }, text: "a $${b} %%{c}" },
      { kind: "PodTemplate", metadata: { name: "l4" } },
    ];
    const carried = manifestsOf({
      helm_release: {
        queues: { values: [JSON.stringify({ manifests })] },
        flyte: { values: ['{"deployment":{}}'] },
        raw: { values: ["${file}"] },
      },
    });
    expect(carried).toEqual([
      { release: "queues", manifest: { kind: "Job", metadata: { name: "gate" }, text: "a ${b} %{c}" } },
    ]);
  });
});
