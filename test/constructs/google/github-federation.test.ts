import { GithubFederation, type GithubFederationProps } from "../../../constructs/google/github-federation";
import { resources } from "../../support/synth";
import { synthGoogleStack } from "./google-stack";

const props: GithubFederationProps = {
  project: "acme-dev",
  poolId: "flyte-dev-github",
  repository: "acme/flyte",
  branch: "main",
  environments: { deploy: "dev", plan: "dev-plan" },
};
const synth = (over: Partial<GithubFederationProps>) =>
  synthGoogleStack((stack) => new GithubFederation(stack, "github", { ...props, ...over }));

describe("what would end in a condition", () => {
  test.each([
    [{ repository: "acme" }, 'repository must be "owner/name", got "acme"'],
    [
      { repository: 'acme/x" || true || "' },
      'repository must be "owner/name", got "acme/x\\" || true || \\""',
    ],
    [{ repository: "*/flyte" }, 'repository must be "owner/name", got "*/flyte"'],
    [{ branch: '"' }, 'branch must be the name of one branch such as "main", got "\\""'],
    [
      { environments: { deploy: "dev", plan: "dev" } },
      'environments must be two names of letters, digits and hyphens, got ["dev","dev"]',
    ],
    [
      { environments: { deploy: 'dev" || "', plan: "dev-plan" } },
      'environments must be two names of letters, digits and hyphens, got ["dev\\" || \\"","dev-plan"]',
    ],
    [
      { environments: { deploy: "dev", plan: 'dev" || "' } },
      'environments must be two names of letters, digits and hyphens, got ["dev","dev\\" || \\""]',
    ],
    [
      { poolId: "gcp-x1" },
      'poolId must be 4 to 32 lowercase letters, digits and hyphens, not starting with "gcp-", got "gcp-x1"',
    ],
  ])("fails for %j", (over, message) => {
    expect(() => synth(over)).toThrow(message);
  });

  test.each([[0], [-1], [1.5], [NaN]])("fails for the number %p of a repository", (repositoryId) => {
    expect(() => synth({ repositoryId })).toThrow(
      `repositoryId must be a whole number of at least 1, got ${JSON.stringify(repositoryId)}`,
    );
  });

  test("a subject of 127 characters passes, one of 128 fails", () => {
    const repository = (length: number) => `acme/${"x".repeat(length)}`;
    expect(() => synth({ repository: repository(96) })).not.toThrow();
    expect(() => synth({ repository: repository(97) })).toThrow(
      "repository must be at least 1 characters shorter",
    );
  });
});

test("with the repository's number, a stranger under its name gets nothing", () => {
  const conditions = (over: Partial<GithubFederationProps>) =>
    Object.values(resources(synth(over), "google_iam_workload_identity_pool_provider")).map(
      ({ attribute_condition }) => String(attribute_condition),
    );
  const same = 'assertion.repository == "acme/flyte" && assertion.repository_id == "4711" && ';
  expect(conditions({ repositoryId: 4711 })).toHaveLength(2);
  for (const condition of conditions({ repositoryId: 4711 })) expect(condition).toContain(same);
  for (const condition of conditions({})) expect(condition).not.toContain("repository_id");
});
