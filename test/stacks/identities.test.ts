import { shipped } from "../support/shipped";
import { shippedStacks } from "../support/shipped-stacks";
import { type Attributes, resources, type StackJson } from "../support/synth";

// Who may do what (DESIGN: identities), read out of what each environment's platform stack grants.

const platforms = shippedStacks().map(({ config, stacks }): [string, StackJson] => [
  config.name,
  stacks[`${config.name}-platform`]!,
]);

const grants = (stack: StackJson, type: string): Attributes[] =>
  Object.values(resources(stack, `google_${type}_iam_member`));
const pairs = (found: Attributes[], ...keys: string[]) =>
  found.map((grant) => keys.map((key) => grant[key]).join(" "));

/** The member of the account with an id: of topology binary's one, or the API's of topology core. */
function backendMember(stack: StackJson): string {
  const [id] = Object.entries(resources(stack, "google_service_account")).find(
    ([, { account_id: account }]) => /-backend$/.test(account),
  )!;
  return `\${google_service_account.${id}.member}`;
}

describe.each(platforms)("%s", (name, stack) => {
  const backend = backendMember(stack);
  const storage = grants(stack, "storage_bucket");

  test("the backend reads and writes both buckets, and reads what they are: it asks when it starts", () => {
    const own = storage.filter(({ member }) => member === backend);
    const buckets = [...new Set(own.map(({ bucket }) => bucket))];
    expect(buckets).toHaveLength(2);
    expect(pairs(own, "bucket", "role").sort()).toEqual(
      buckets
        .flatMap((bucket) => [
          `${bucket} roles/storage.legacyBucketReader`,
          `${bucket} roles/storage.objectUser`,
        ])
        .sort(),
    );
  });

  test("the backend signs as itself, and nobody as anybody else", () => {
    const signing = grants(stack, "service_account").filter(
      ({ role }) => role === "roles/iam.serviceAccountTokenCreator",
    );
    expect(pairs(signing, "member")).toEqual([backend]);
    expect(signing[0]!["service_account_id"]).toBe(backend.replace(".member}", ".name}"));
  });

  test("tasks are principals of their namespace, each of each bucket, with no account of their own", () => {
    const { queues, volumes = {} } = shipped.find(({ config }) => config.name === name)!.config;
    const teams = Object.values(queues.teams);
    const domains = shipped.find(({ config }) => config.name === name)!.config.flyte?.domains ?? [
      "development",
      "staging",
      "production",
    ];
    const namespaces = teams.flatMap(({ projects }) =>
      projects.flatMap((project) => domains.map((domain) => `${project}-${domain}`)),
    );
    const tasks = storage.filter(({ member }) => member.startsWith("principalSet://"));
    const found = new Set(tasks.map(({ member }) => /\/namespace\/([a-z0-9-]+)$/.exec(member)?.[1]));
    expect([...found].sort()).toEqual(namespaces.sort());
    // Of a volume's bucket: reading and the bucket itself, or using it and the bucket itself.
    const mounted = teams.flatMap(({ projects, volumes: names = [] }) =>
      names.filter((each) => volumes[each]?.bucket).flatMap(() => projects.flatMap(() => domains)),
    );
    const named = teams.flatMap(({ projects, access }) =>
      Object.keys(access?.buckets ?? {}).flatMap(() => projects.flatMap(() => domains)),
    );
    expect(tasks).toHaveLength(namespaces.length * (2 + 3) + (mounted.length + named.length) * 2);
    expect(new Set(pairs(tasks, "role"))).toEqual(
      new Set(["roles/storage.objectUser", "roles/storage.objectViewer", "roles/storage.legacyBucketReader"]),
    );
  });

  test("tasks write in the metadata bucket only where executions of their own project-domain lie", () => {
    const writing = storage.filter(
      ({ member, bucket, role }) =>
        member.startsWith("principalSet://") &&
        /metadata$/.test(bucket) &&
        role === "roles/storage.objectUser",
    );
    expect(writing.length).toBeGreaterThan(0);
    for (const { member, bucket, condition } of writing) {
      const namespace = /\/namespace\/([a-z0-9-]+)$/.exec(member)![1];
      expect((condition as { expression: string }).expression).toBe(
        `resource.name.startsWith("projects/_/buckets/${bucket}/objects/metadata/propeller/${namespace}-")`,
      );
    }
  });

  test("nobody has a role of storage or of tokens on the project", () => {
    const onProject = pairs(grants(stack, "project"), "role");
    expect(onProject.filter((role) => /storage|[tT]oken/.test(role))).toEqual([]);
  });

  test("a secret is read by the backend alone, and in topology core by nobody: Terraform hands it over", () => {
    const { flyte } = shipped.find(({ config }) => config.name === name)!.config;
    expect(pairs(grants(stack, "secret_manager_secret"), "member")).toEqual(
      flyte?.topology === "core" ? [] : [backend],
    );
  });
});
