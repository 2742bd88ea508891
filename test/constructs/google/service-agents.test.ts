import { ServiceAgents, serviceAgents } from "../../../constructs/google/service-agents";
import { seen, synthGoogleStack } from "./google-stack";

describe("service agents", () => {
  test("are named by the project's number", () => {
    expect(serviceAgents("123")).toEqual({
      artifactRegistry: "serviceAccount:service-123@gcp-sa-artifactregistry.iam.gserviceaccount.com",
      cloudSql: "serviceAccount:service-123@gcp-sa-cloud-sql.iam.gserviceaccount.com",
      compute: "serviceAccount:service-123@compute-system.iam.gserviceaccount.com",
      container: "serviceAccount:service-123@container-engine-robot.iam.gserviceaccount.com",
      filestore: "serviceAccount:service-123@cloud-filer.iam.gserviceaccount.com",
      gkeBackup: "serviceAccount:service-123@gcp-sa-gkebackup.iam.gserviceaccount.com",
      secretManager: "serviceAccount:service-123@gcp-sa-secretmanager.iam.gserviceaccount.com",
      storage: "serviceAccount:service-123@gs-project-accounts.iam.gserviceaccount.com",
    });
  });

  test("are looked up, and the one of Cloud Storage is created by asking for it", () => {
    const { attributes } = seen((stack) => {
      const { members } = new ServiceAgents(stack, "agents", { project: "acme-dev" });
      return { members, ready: [] };
    }, "members");
    expect(attributes.members).toMatchObject({
      storage: expect.stringMatching(
        /^\$\{data\.google_storage_project_service_account\.agents_storage_\w+\.member\}$/,
      ),
      cloudSql: expect.stringMatching(
        /^serviceAccount:service-\$\{data\.google_project\.agents_project_\w+\.number\}@gcp-sa-cloud-sql\./,
      ),
    });
  });

  test("are read in the plan, never late: a grant with an unknown member would be replaced", () => {
    const { data = {} } = synthGoogleStack(
      (stack) => void new ServiceAgents(stack, "agents", { project: "acme-dev" }),
    );
    const sources = Object.values(data).flatMap((byId) => Object.values(byId));
    expect(sources).toHaveLength(2);
    for (const source of sources) expect(source).not.toHaveProperty("depends_on");
  });
});
