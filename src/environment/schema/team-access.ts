import { defaulted, group, listOf, mapOf, oneOf, optional, text } from "./kinds";
import { bucketName } from "./names";

const may = () => oneOf("read", "write");

const dataset = () =>
  text(
    'a BigQuery dataset with its project such as "acme-warehouse.sales"',
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]\.\w{1,1024}$/,
  );

const secret = () =>
  text(
    'a secret of Secret Manager such as "wandb-key", or of another project "projects/acme-tools/secrets/wandb-key"',
    /^(projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]\/secrets\/)?[\w-]{1,255}$/,
  );

/** What volumes and the platform have a part in is judged in rules/team-access.ts. */
export const teamAccess = group({
  buckets: defaulted(
    mapOf("access by bucket", bucketName(), may()),
    {},
    {
      meaning:
        "Buckets that its tasks read, or read and write, by a client: `gs://…`. To have one as files, make it one of `volumes`.",
      change: "In place. The buckets themselves are not touched.",
      example: '{ "acme-results": "write", "acme-reference": "read" }',
    },
  ),
  datasets: defaulted(
    mapOf("access by BigQuery dataset", dataset(), may()),
    {},
    {
      meaning:
        "BigQuery datasets whose tables its tasks read, or read and write. To run queries they need `roles/bigquery.jobUser` on the project that pays, which nobody gets here: docs/data.md.",
      change: "In place.",
      example: '{ "acme-warehouse.sales": "read" }',
    },
  ),
  secrets: optional(listOf("secrets of Secret Manager", secret()), {
    meaning: "Secrets whose values its tasks read. They are there already: docs/secrets.md.",
    default: "none",
    change: "In place.",
    example: '["wandb-key"]',
  }),
});
