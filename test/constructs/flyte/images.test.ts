import { flyteImages } from "../../../constructs/flyte/images";

describe("Flyte's images", () => {
  test("come from their own registries without mirrors", () => {
    expect(flyteImages()).toEqual({
      backend: "cr.flyte.org/flyteorg/flyte-binary-release",
      copilot: "cr.flyte.org/flyteorg/flytecopilot-release",
      postgres: "postgres",
    });
  });

  test("all come through mirrors where there are some, cr.flyte.org's through that of ghcr.io", () => {
    expect(
      flyteImages({
        "ghcr.io": "europe-west4-docker.pkg.dev/acme-ml/ghcr",
        "docker.io": "europe-west4-docker.pkg.dev/acme-ml/docker",
      }),
    ).toEqual({
      backend: "europe-west4-docker.pkg.dev/acme-ml/ghcr/flyteorg/flyte-binary-release",
      copilot: "europe-west4-docker.pkg.dev/acme-ml/ghcr/flyteorg/flytecopilot-release",
      postgres: "europe-west4-docker.pkg.dev/acme-ml/docker/library/postgres",
    });
  });

  test("a mirror of another registry changes nothing", () => {
    expect(flyteImages({ "registry.k8s.io": "x/k8s" })).toEqual(flyteImages());
  });
});
