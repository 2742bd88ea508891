import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformStack } from "cdktf";
import { ArtifactMirrors, type ArtifactMirrorsProps } from "../../../constructs/google/artifact-mirrors";
import { resources, synthStack } from "../../support/synth";

/** A stack with the provider that its resources need. */
const synthGoogle = (build: (scope: TerraformStack) => void) =>
  synthStack((scope) => {
    new GoogleProvider(scope, "google");
    build(scope);
  });

const minimal: ArtifactMirrorsProps = {
  project: "acme-dev",
  location: "europe-west4",
  mirrors: {
    "docker.io": "flyte-dev-docker-io",
    "ghcr.io": "flyte-dev-ghcr-io",
    "registry.k8s.io": "flyte-dev-k8s-io",
  },
};

const synth = (props: Partial<ArtifactMirrorsProps> = {}) =>
  synthGoogle((scope) => void new ArtifactMirrors(scope, "mirrors", { ...minimal, ...props }));

const mirrorOf = (host: string, props?: Partial<ArtifactMirrorsProps>) =>
  Object.values(resources(synth(props), "google_artifact_registry_repository")).find(
    ({ remote_repository_config: remote }) => remote.description === host,
  );

describe("artifact mirrors", () => {
  test("mirror each registry under the id given for it", () => {
    expect(mirrorOf("ghcr.io")).toEqual({
      project: "acme-dev",
      location: "europe-west4",
      repository_id: "flyte-dev-ghcr-io",
      description: "Mirror of ghcr.io",
      format: "DOCKER",
      mode: "REMOTE_REPOSITORY",
      remote_repository_config: {
        description: "ghcr.io",
        common_repository: { uri: "https://ghcr.io" },
      },
      vulnerability_scanning_config: { enablement_config: "INHERITED" },
    });
    expect(mirrorOf("registry.k8s.io")).toMatchObject({
      repository_id: "flyte-dev-k8s-io",
      remote_repository_config: { common_repository: { uri: "https://registry.k8s.io" } },
    });
  });

  test("name Docker Hub as the preset it is", () => {
    expect(mirrorOf("docker.io")?.remote_repository_config).toEqual({
      description: "docker.io",
      docker_repository: { public_repository: "DOCKER_HUB" },
    });
  });

  test("take labels and a key", () => {
    expect(mirrorOf("ghcr.io", { labels: { environment: "dev" }, kmsKeyName: "k" })).toMatchObject({
      labels: { environment: "dev" },
      kms_key_name: "k",
    });
  });

  test("say what to pull instead of each host", () => {
    let urls: Readonly<Record<string, string>> | undefined;
    synthGoogle((scope) => void ({ urls } = new ArtifactMirrors(scope, "mirrors", minimal)));
    expect(urls).toEqual({
      "docker.io": "europe-west4-docker.pkg.dev/acme-dev/flyte-dev-docker-io",
      "ghcr.io": "europe-west4-docker.pkg.dev/acme-dev/flyte-dev-ghcr-io",
      "registry.k8s.io": "europe-west4-docker.pkg.dev/acme-dev/flyte-dev-k8s-io",
    });
  });

  test("give every reader every mirror", () => {
    const grants = { nodes: { role: "roles/artifactregistry.reader", member: "serviceAccount:n@p.iam" } };
    const members = Object.entries(
      resources(synth({ grants }), "google_artifact_registry_repository_iam_member"),
    );
    expect(members.map(([id]) => id.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "mirrors_dockerio-grants_nodes",
      "mirrors_ghcrio-grants_nodes",
      "mirrors_registryk8sio-grants_nodes",
    ]);
    expect(members[1]?.[1]).toEqual({
      project: "acme-dev",
      location: "europe-west4",
      repository: expect.stringMatching(
        /^\$\{google_artifact_registry_repository\.mirrors_ghcrio_\w+\.name\}$/,
      ),
      ...grants.nodes,
    });
  });
});

describe("the props of artifact mirrors", () => {
  test("fail with every wrong host and id", () => {
    expect(() =>
      synth({ mirrors: { "https://ghcr.io": "good", localhost: "Bad", "quay.io": "bad-" } }),
    ).toThrow(
      new Error(
        "test/mirrors has 4 problems:\n" +
          '- mirrors must be keyed by the host of a registry, like "ghcr.io", got "https://ghcr.io"\n' +
          '- mirrors must be keyed by the host of a registry, like "ghcr.io", got "localhost"\n' +
          '- mirrors["localhost"] must be 1 to 63 lowercase letters, digits and hyphens, start with a letter and not end with a hyphen, got "Bad"\n' +
          '- mirrors["quay.io"] must be 1 to 63 lowercase letters, digits and hyphens, start with a letter and not end with a hyphen, got "bad-"',
      ),
    );
  });
});
