import { config, least, messageFor, problemsFor } from "./support";

const research = least.queues.teams["research"]!;
const teams = (access: object, more: object = {}) => ({
  teams: {
    research: { ...research, access },
    product: { ...research, projects: ["search"], ...more },
  },
});
const problems = (access: object, more: object = {}, rest: object = {}) =>
  problemsFor({ queues: teams(access, more), ...rest });

describe("what a team has by name", () => {
  test("is fine: buckets, datasets, secrets", () => {
    expect(
      problems({
        buckets: { "acme-results": "write", "acme.example": "read" },
        datasets: { "acme-warehouse.sales": "read" },
        secrets: ["wandb-key", "projects/acme-tools/secrets/hub"],
      }),
    ).toEqual([]);
  });

  test("fails with what nobody may have, or what has no such name", () => {
    expect(
      problems({ buckets: { "acme-results": "admin" }, datasets: { sales: "read" }, secrets: ["a/b"] }),
    ).toEqual([
      'queues.teams.research.access.buckets.acme-results must be one of "read", "write", got "admin"',
      'queues.teams.research.access.datasets.sales must be named with a BigQuery dataset with its project such as "acme-warehouse.sales"',
      'queues.teams.research.access.secrets[0] must be a secret of Secret Manager such as "wandb-key", or of another project "projects/acme-tools/secrets/wandb-key", got "a/b"',
    ]);
  });

  test("fails as the platform's own", () => {
    expect(
      problems({
        buckets: { "acme-demo-demo-data": "read", "acme-state": "read" },
        secrets: ["flyte-demo-database-password"],
      }),
    ).toEqual([
      "queues.teams.research.access.buckets.acme-demo-demo-data must be a bucket of your own, got one that holds what tasks of all teams hand on; make another one for it",
      "queues.teams.research.access.buckets.acme-state must be a bucket of your own, got one that holds Terraform's state; make another one for it",
      "queues.teams.research.access.secrets[0] must be a secret of the team's, got \"flyte-demo-database-password\", which is Flyte's own",
    ]);
  });

  test("fails as a volume's bucket: whoever has the volume has the right", () => {
    expect(
      problems(
        { buckets: { "acme-datasets": "read" } },
        { volumes: ["datasets"] },
        { volumes: { datasets: { bucket: "acme-datasets" } } },
      ),
    ).toEqual([
      "queues.teams.research.access.buckets.acme-datasets must be no volume's bucket, got that of volumes.datasets; give the team that volume: queues.teams.<name>.volumes",
    ]);
  });

  test("fails when two teams write one bucket, and is fine where one reads what the other writes", () => {
    const shared = (may: string) => ({ access: { buckets: { "acme-results": may } } });
    expect(problems({ buckets: { "acme-results": "write" } }, shared("read"))).toEqual([]);
    expect(problems({ buckets: { "acme-results": "write" } }, shared("write"))).toEqual([
      'queues.teams.product.access.buckets.acme-results must be "read", or a volume of both: team "research" writes it, and would read what "product" wrote over it',
    ]);
  });

  test("fails as another environment's bucket", () => {
    const other = config({ name: "other", project: "acme-other", state: { bucket: "other-state" } });
    const reading = config({ queues: teams({ buckets: { "acme-other-other-data": "read" } }) });
    expect(messageFor(other, reading)).toContain(
      'queues.teams.research.access.buckets.acme-other-other-data must be a bucket of your own, got "acme-other-other-data", which is environment "other"\'s (environments/other.ts); make another one for it',
    );
  });
});
