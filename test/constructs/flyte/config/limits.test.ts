import { flyteBinaryValues } from "../../../../constructs/flyte/binary/binary-values";
import { flyteCoreValues } from "../../../../constructs/flyte/core/core-values";
import type { Attributes } from "../../../support/synth";
import { coreProps, minimalProps } from "../props";

const MIB = 1024 * 1024;
const { inline } = (flyteBinaryValues(minimalProps) as Attributes).configuration;
const core = flyteCoreValues(coreProps) as Attributes;

/** The same settings of Flyte, where each topology's chart has them. */
const topologies: Attributes = {
  binary: {
    ...inline,
    downloads: inline.storage.limits.maxDownloadMBs,
    client: inline.admin,
    catalog: inline.application,
    cache: inline["catalog-cache"],
  },
  core: {
    ...core.configmap.adminServer,
    ...core.configmap.remoteData,
    propeller: core.configmap.core.propeller,
    downloads: core.storage.limits.maxDownloadMBs,
    client: core.configmap.admin.admin,
    catalog: core.configmap.datacatalogServer.application,
    cache: core.configmap.catalog["catalog-cache"],
  },
};

describe.each(Object.keys(topologies))("in topology %s", (topology) => {
  const flyte = topologies[topology];
  const data = flyte.downloads * MIB;

  test("what the storage takes fits into every message, with a quarter to spare, on both ends", () => {
    const { methodConfig } = JSON.parse(flyte.cache["default-service-config"]);
    const messages = [
      flyte.server.grpc.maxMessageSizeBytes,
      flyte.client.maxMessageSizeBytes,
      flyte.catalog.grpcMaxRecvMsgSizeMBs * MIB,
      methodConfig[0].maxResponseMessageBytes,
    ];
    expect(methodConfig[0].name).toEqual([{}]);
    expect(new Set(messages)).toEqual(new Set([16 * MIB]));
    expect(data * 1.25).toBeLessThan(16 * MIB);
  });

  test("neither workflow nor inputs are part of an object of Kubernetes, which takes 1.5 MiB", () => {
    expect(flyte.flyteadmin).toMatchObject({ useOffloadedWorkflowClosure: true, useOffloadedInputs: true });
  });

  test("an answer with inputs and outputs fits into a client's 4 MiB", () => {
    expect(2 * flyte.remoteData.maxSizeInBytes).toBeLessThanOrEqual(3 * MIB);
  });

  test("a thousand nodes of one execution may wait, and a map task counts as one of them", () => {
    expect(flyte.flyteadmin.maxParallelism).toBe(1000);
    // Flyte's default is "unlimited"; with "workflow" or "hybrid" each element of a map task counts.
    expect(flyte.propeller).not.toHaveProperty("array-node-config");
  });
});
