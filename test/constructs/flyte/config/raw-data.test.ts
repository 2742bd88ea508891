import { flyteBinaryValues } from "../../../../constructs/flyte/binary/binary-values";
import { rawDataPrefix, readingDays } from "../../../../constructs/flyte/config/storage";
import { flyteCoreValues } from "../../../../constructs/flyte/core/core-values";
import type { Attributes } from "../../../support/synth";
import { coreProps, minimalProps } from "../props";

const binary = (rawDataDays?: number) =>
  (flyteBinaryValues({ ...minimalProps, rawDataDays }) as Attributes).configuration.inline["catalog-cache"];
const core = (rawDataDays?: number) =>
  (flyteCoreValues({ ...coreProps, rawDataDays }) as Attributes).configmap.catalog["catalog-cache"];

describe("where raw data ends, the cache", () => {
  test.each([
    ["binary", binary],
    ["core", core],
  ])("hands out nothing that may go before it is read: topology %s", (_, cacheOf) => {
    expect(cacheOf(180)["max-cache-age"]).toBe(`${(180 - readingDays) * 24}h`);
    // The other keys of the section stay.
    expect(cacheOf(180)["default-service-config"]).toBe(cacheOf()["default-service-config"]);
    expect(cacheOf()).not.toHaveProperty("max-cache-age");
  });

  test("is about the place where Flyte writes raw data, which both topologies have", () => {
    const { configmap } = flyteCoreValues(coreProps) as Attributes;
    expect(configmap.core.propeller["rawoutput-prefix"]).toBe("gs://acme-ml-dev-data/data");
    expect(rawDataPrefix).toBe("data/");
  });
});
