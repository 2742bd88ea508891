import { flyteImages } from "../../../constructs/flyte/images";

const repositories = (...args: Parameters<typeof flyteImages>) =>
  Object.fromEntries(
    Object.entries(flyteImages(...args)).map(([part, { repository }]) => [part, repository]),
  );

const through = (github: string, docker: string) => ({
  backend: `${github}/flyteorg/flyte-binary-release`,
  copilot: `${github}/flyteorg/flytecopilot-release`,
  admin: `${github}/flyteorg/flyteadmin-release`,
  scheduler: `${github}/flyteorg/flytescheduler-release`,
  datacatalog: `${github}/flyteorg/datacatalog-release`,
  propeller: `${github}/flyteorg/flytepropeller-release`,
  console: `${github}/flyteorg/flyteconsole-release`,
  postgres: docker,
});

describe("Flyte's images", () => {
  test("come from their own registries without mirrors", () => {
    expect(repositories()).toEqual(through("cr.flyte.org", "postgres"));
  });

  test("all come through mirrors where there are some, cr.flyte.org's through that of ghcr.io", () => {
    const mirrors = {
      "ghcr.io": "europe-west4-docker.pkg.dev/acme-ml/ghcr",
      "docker.io": "europe-west4-docker.pkg.dev/acme-ml/docker",
    };
    expect(repositories({ mirrors })).toEqual(
      through(mirrors["ghcr.io"], `${mirrors["docker.io"]}/library/postgres`),
    );
  });

  test("a mirror of another registry changes nothing", () => {
    expect(flyteImages({ mirrors: { "registry.k8s.io": "x/k8s" } })).toEqual(flyteImages());
  });

  test("all have the pinned version", () => {
    const { postgres, ...flyte } = flyteImages();
    expect(new Set(Object.values(flyte).map(({ tag }) => tag))).toEqual(new Set(["v1.16.8"]));
    expect(postgres.tag).toBe("15-alpine");
  });

  test("are held to a digest, behind the tag that the chart expects", () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const { backend, admin, postgres } = flyteImages({
      digests: {
        "ghcr.io/flyteorg/flyte-binary-release:v1.16.8": digest,
        "docker.io/library/postgres:15-alpine": digest,
      },
    });
    expect(backend.tag).toBe(`v1.16.8@${digest}`);
    expect(postgres.tag).toBe(`15-alpine@${digest}`);
    expect(admin.tag).toBe("v1.16.8");
  });
});
