import { shippedAndFull } from "../support/shipped-stacks";
import { type Attributes, onlyResource, resources, type StackJson } from "../support/synth";

// Stacks find each other's things by name (docs/decisions/0002), and no plan sees a name that nobody has: what one
// stack names, another must make.

const environments = shippedAndFull().map(({ config, stacks }) => {
  const [foundation, data, cluster, platform] = ["foundation", "data", "cluster", "platform"].map(
    (role) => stacks[`${config.name}-${role}`]!,
  );
  return { config, foundation: foundation!, data: data!, cluster: cluster!, platform: platform! };
});
type Stacks = (typeof environments)[number];
const named = (found: readonly Stacks[]) => found.map((stacks) => [stacks.config.name, stacks] as const);

const all = (stack: StackJson, type: string): Attributes[] => Object.values(resources(stack, type));
/** Each value once; what is missing is one too: `toEqual` would not see an undefined at the end of a list. */
const values = (found: readonly Attributes[], key: string): string[] =>
  [...new Set(found.map((each) => String(each[key])))].sort();
/** What a pattern captures in anything, each once. */
const captured = (value: unknown, pattern: RegExp): string[] =>
  [...new Set([...JSON.stringify(value).matchAll(pattern)].map(([, name = ""]) => name))].sort();

describe("keys", () => {
  const encrypted = environments.filter(
    ({ foundation }) => "google_kms_key_ring" in (foundation.resource ?? {}),
  );

  test("are the environment's own in at least one", () => {
    expect(encrypted.map(({ config }) => config.name)).toContain("prod");
  });

  /** Keys that a service's agent may use, by their full names. */
  function usable({ foundation }: Stacks, agent: RegExp): string[] {
    const ring = onlyResource(foundation, "google_kms_key_ring");
    const grants = all(foundation, "google_kms_crypto_key_iam_member").filter(
      ({ role, member }) => role === "roles/cloudkms.cryptoKeyEncrypterDecrypter" && agent.test(member),
    );
    return captured(grants, /google_kms_crypto_key\.([\w-]+)\.id/g).map((id) => {
      const { name } = resources(foundation, "google_kms_crypto_key")[id]!;
      return `projects/${ring["project"]}/locations/${ring["location"]}/keyRings/${ring["name"]}/cryptoKeys/${name}`;
    });
  }

  describe.each(named(encrypted))("of %s", (_, stacks) => {
    test.each([
      ["google_sql_database_instance", /@gcp-sa-cloud-sql\./],
      ["google_storage_bucket", /google_storage_project_service_account\./],
      ["google_filestore_instance", /@cloud-filer\./],
      ["google_artifact_registry_repository", /@gcp-sa-artifactregistry\./],
      ["google_container_cluster", /@container-engine-robot\./],
      ["google_gke_backup_backup_plan", /@gcp-sa-gkebackup\./],
    ])("encrypt every %s, and its service may use them", (type, agent) => {
      const found = [stacks.data, stacks.cluster].flatMap((stack) => all(stack, type));
      const keys = found.map((each) => captured(each, /"(projects\/[^"]+\/cryptoKeys\/[^"]+)"/g));
      expect(keys).toEqual(found.map(() => usable(stacks, agent)));
    });
  });
});

describe.each(named(environments))("%s", (_, { config, foundation, data, cluster, platform }) => {
  test("the platform grants on the buckets and the repositories that there are, and on those of volumes", () => {
    const mounted = [
      ...Object.values(config.volumes ?? {}).flatMap(({ bucket }) => bucket ?? []),
      ...Object.values(config.queues.teams).flatMap(({ access }) => Object.keys(access?.buckets ?? {})),
    ];
    expect(values(all(platform, "google_storage_bucket_iam_member"), "bucket")).toEqual(
      [...values(all(data, "google_storage_bucket"), "name"), ...mounted].sort(),
    );
    expect(values(all(platform, "google_artifact_registry_repository_iam_member"), "repository")).toEqual(
      values(all(data, "google_artifact_registry_repository"), "repository_id"),
    );
  });

  test("tasks may take images from the repositories that there are, and Flyte's from a mirror, nobody else's", () => {
    const policies = all(platform, "helm_release").find(({ name }) => name === "admission-policies")!;
    const repositories = all(data, "google_artifact_registry_repository");
    for (const { project, location, repository_id: repository, mode } of repositories) {
      const url = `${location}-docker.pkg.dev/${project}/${repository}/`;
      const whole = policies["values"][0].includes(`\\"${url}\\"`);
      expect([repository, whole]).toEqual([repository, mode !== "REMOTE_REPOSITORY"]);
      expect(policies["values"][0].includes(`\\"${url}flyteorg/\\"`)).toBe(repository.endsWith("-ghcr-io"));
    }
  });

  test("the platform reads the secrets that there are", () => {
    const teams = Object.values(config.queues.teams).flatMap(({ access }) => access?.secrets ?? []);
    const granted = values(all(platform, "google_secret_manager_secret_iam_member"), "secret_id").filter(
      (secret) => !teams.includes(secret),
    );
    const mounted = captured(platform.resource, /\/secrets\/([\w-]+)/g);
    const read = captured(platform["ephemeral"] ?? {}, /"secret":"([\w-]+)"/g);
    expect([...new Set([...granted, ...mounted, ...read])].sort()).toEqual(
      values(all(data, "google_secret_manager_secret"), "secret_id"),
    );
  });

  test("the platform asks for the database and the cluster that there are", () => {
    const found = platform.data!;
    expect(values(Object.values(found["google_sql_database_instance"]!), "name")).toEqual([
      onlyResource(data, "google_sql_database_instance")["name"],
    ]);
    const { name, location, project } = onlyResource(cluster, "google_container_cluster");
    expect(Object.values(found["google_container_cluster"]!)).toEqual([{ name, location, project }]);
  });

  test("the platform asks for the file servers that there are, and mounts these", () => {
    const found = Object.values(platform.data?.["google_filestore_instance"] ?? {});
    const made = all(data, "google_filestore_instance");
    const where = ({ name, location, project }: Attributes) => [name, location, project];
    expect(found.map(where)).toEqual(made.map(where));
    const handles = captured(all(platform, "helm_release"), /volumeHandle\\":\\"([^\\]+)/g);
    expect(handles).toEqual(
      made.map(({ name, location, file_shares }) => `modeInstance/${location}/${name}/${file_shares.name}`),
    );
  });

  test("the nodes may pull: the account that is granted to is theirs", () => {
    const { account_id: account, project } = onlyResource(cluster, "google_service_account");
    expect(values(all(platform, "google_artifact_registry_repository_iam_member"), "member")).toEqual([
      `serviceAccount:${account}@${project}.iam.gserviceaccount.com`,
    ]);
  });

  test("the control plane reaches the webhooks on the cluster's nodes", () => {
    const { target_tags: tags } = onlyResource(foundation, "google_compute_firewall");
    const { node_pool_auto_config: pools } = onlyResource(cluster, "google_container_cluster");
    expect(pools.network_tags.tags).toEqual(tags);
  });

  if (!config.network?.existing)
    test("the cluster and the database are in the network that there is", () => {
      const { name, project } = onlyResource(foundation, "google_compute_network");
      const subnets = Object.values(resources(foundation, "google_compute_subnetwork"));
      const subnet = subnets.find(({ purpose }) => purpose === undefined)!;
      const found = onlyResource(cluster, "google_container_cluster");
      const network = `projects/${project}/global/networks/${name}`;
      expect(found).toMatchObject({
        network,
        subnetwork: `projects/${project}/regions/${subnet["region"]}/subnetworks/${subnet["name"]}`,
      });
      expect(
        captured(onlyResource(data, "google_sql_database_instance"), /"private_network":"([^"]+)"/g),
      ).toEqual([network]);
      const { cluster_secondary_range_name: pods, services_secondary_range_name: services } =
        found["ip_allocation_policy"];
      expect([pods, services]).toEqual(values(subnet["secondary_ip_range"], "range_name"));
    });
});

describe("raw data that ends", () => {
  const ending = environments.filter(({ config }) => config.storage?.rawDataDays !== undefined);

  test("ends in at least one environment", () => expect(ending.length).toBeGreaterThan(0));

  test.each(named(ending))("of %s is in the data bucket alone, and the cache knows of it", (_, stacks) => {
    const { data, platform, config } = stacks;
    const expiring = all(data, "google_storage_bucket").filter((bucket) =>
      JSON.stringify(bucket["lifecycle_rule"]).includes("matches_prefix"),
    );
    expect(expiring.map(({ name }) => name)).toEqual([`${config.project}-${config.name}-data`]);
    const flyte = all(platform, "helm_release").find(({ name }) => name === "flyte")!;
    const hours = (config.storage!.rawDataDays! - 30) * 24;
    expect(JSON.stringify(flyte["values"])).toContain(`max-cache-age\\":\\"${hours}h`);
  });
});

describe("what watches Kueue", () => {
  const watched = environments.filter(({ platform }) => "google_monitoring_dashboard" in platform.resource!);

  test("is in at least one environment", () => {
    expect(watched.map(({ config }) => config.name)).toContain("prod");
  });

  test.each(named(watched))("of %s looks at the pods of its release, and at their cluster", (_, stacks) => {
    const releases = all(stacks.platform, "helm_release");
    const { manifests } = JSON.parse(releases.find(({ name }) => name === "queue-monitoring")!["values"][0]);
    const { metadata, spec } = manifests.find(({ kind }: Attributes) => kind === "PodMonitoring");
    const instance = spec.selector.matchLabels["app.kubernetes.io/instance"];
    const kueue = releases.find(({ name }) => name === instance);
    expect(kueue).toMatchObject({ chart: "kueue", namespace: metadata.namespace });
    const { name } = onlyResource(stacks.cluster, "google_container_cluster");
    const { dashboard_json: dashboard } = onlyResource(stacks.platform, "google_monitoring_dashboard");
    expect(captured(dashboard, /cluster=\\*"([\w-]+)\\*"/g)).toEqual([name]);
  });
});
