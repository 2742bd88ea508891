import { flyteBinaryValues, type FlyteBinaryProps } from "../../../../constructs/flyte/binary/binary-values";
import type { Attributes } from "../../../support/synth";
import { minimalProps } from "../props";

const valuesOf = (props: Partial<FlyteBinaryProps> = {}) =>
  flyteBinaryValues({ ...minimalProps, ...props }) as Attributes;
const values = valuesOf();

describe("the backend's pod", () => {
  const { deployment } = values;

  test("asks for what it may use, ephemeral storage included", () => {
    const amounts = { cpu: "1", memory: "2Gi", "ephemeral-storage": "1Gi" };
    expect(deployment.resources).toEqual({ requests: amounts, limits: amounts });
    const large = { cpu: "4", memory: "16Gi", "ephemeral-storage": "1Gi" };
    expect(valuesOf({ cpu: 4, memoryGib: 16 }).deployment.resources).toEqual({
      requests: large,
      limits: large,
    });
  });

  test("is restricted, each of its containers", () => {
    const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
    expect(deployment.podSecurityContext).toEqual({
      enabled: true,
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(deployment.securityContext).toEqual(restricted);
    expect(deployment.waitForDB.securityContext).toEqual(restricted);
    expect(deployment.genAdminAuthSecret.securityContext).toEqual(restricted);
  });

  test("has ten minutes for its first start", () => {
    const { periodSeconds, failureThreshold } = deployment.startupProbe;
    expect(periodSeconds * failureThreshold).toBe(600);
  });

  test("has thirty seconds to end", () => {
    expect(deployment.extraPodSpec).toEqual({ terminationGracePeriodSeconds: 30 });
  });

  test("runs the pinned version of Flyte 1", () => {
    expect(deployment.image).toEqual({
      repository: "cr.flyte.org/flyteorg/flyte-binary-release",
      tag: "v1.16.8",
    });
    expect(values.configuration["co-pilot"].image).toEqual({
      repository: "cr.flyte.org/flyteorg/flytecopilot-release",
      tag: "v1.16.8",
    });
  });

  test("pulls all three images through mirrors", () => {
    const mirrored = valuesOf({ mirrors: { "ghcr.io": "m/ghcr", "docker.io": "m/docker" } });
    expect(mirrored.deployment.image.repository).toBe("m/ghcr/flyteorg/flyte-binary-release");
    expect(mirrored.configuration["co-pilot"].image.repository).toBe("m/ghcr/flyteorg/flytecopilot-release");
    expect(mirrored.deployment.waitForDB.image).toEqual({
      repository: "m/docker/library/postgres",
      tag: "15-alpine",
    });
  });

  test("acts as a Google service account: only such a one can sign", () => {
    expect(values.serviceAccount).toEqual({
      create: true,
      name: "flyte-binary",
      annotations: { "iam.gke.io/gcp-service-account": minimalProps.serviceAccount },
    });
    expect(values.fullnameOverride).toBe("flyte-binary");
  });
});
