import { planMarkdown } from "../../../cli/platform/plan/markdown";
import type { PlanReport, StackSummary } from "../../../cli/platform/plan/report";

const stack = (name: string, more: Partial<StackSummary> = {}): StackSummary => ({
  stack: name,
  verdict: "unchanged",
  add: 0,
  change: 0,
  destroy: 0,
  changes: [],
  drift: [],
  problems: [],
  next: [],
  ...more,
});

const report = (stacks: readonly StackSummary[], more: Partial<PlanReport> = {}): PlanReport => ({
  environment: "prod",
  add: 1,
  change: 0,
  destroy: 1,
  destructive: [],
  stacks,
  ...more,
});

describe("the summary for a pull request", () => {
  const changed = stack("prod-data", {
    verdict: "changes",
    add: 1,
    destroy: 1,
    changes: [{ address: "google_storage_bucket.data", type: "google_storage_bucket", action: "replace" }],
  });

  test("has what is destroyed or replaced on top, then counts, then every change, folded", () => {
    const destructive = [
      {
        stack: "prod-data",
        address: "google_storage_bucket.data",
        action: "replace",
        reason: "cannot_update",
        loss: "its objects",
      },
    ];
    expect(
      planMarkdown(
        report([changed, stack("prod-platform", { verdict: "waits", waitsFor: "prod-data" })], {
          destructive,
        }),
      ),
    ).toBe(`## Plan for \`prod\`: 1 to add, 0 to change, 1 to destroy, 1 not yet plannable

### Destroyed or replaced

| stack | address | | why | lost |
| --- | --- | --- | --- | --- |
| prod-data | \`google_storage_bucket.data\` | replaced | cannot update | **its objects** |

| stack | add | change | destroy | |
| --- | ---: | ---: | ---: | --- |
| prod-data | 1 | 0 | 1 |  |
| prod-platform |  | |  | not yet plannable: needs prod-data first |

<details><summary>prod-data: every change</summary>

\`\`\`text
replace google_storage_bucket.data
\`\`\`

</details>
`);
  });

  test("shows what failed, in a fence that its text can't leave", () => {
    const failed = stack("prod-data", {
      verdict: "failed",
      problems: ["Error: ```\nmention @everyone"],
      next: ["do this"],
    });
    expect(planMarkdown(report([failed]))).toContain(
      "**prod-data**\n\n````text\nError: ```\nmention @everyone\n````\n\n- do this\n",
    );
  });

  test("names what was changed outside Terraform", () => {
    const drift = [
      { address: "google_storage_bucket.data", type: "google_storage_bucket", action: "update" as const },
    ];
    expect(planMarkdown(report([stack("prod-data", { drift })]))).toContain(
      "| prod-data |  | |  | no changes; 1 changed outside Terraform |",
    );
  });

  test("stays below what GitHub takes in a comment", () => {
    const changes = Array.from({ length: 5_000 }, (_, index) => ({
      address: `google_storage_bucket_iam_member.member_${index}`,
      type: "google_storage_bucket_iam_member",
      action: "create" as const,
    }));
    const text = planMarkdown(report([stack("prod-platform", { verdict: "changes", add: 5_000, changes })]));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("Too long for a comment: every change stands in the log of the job.");
  });
});
