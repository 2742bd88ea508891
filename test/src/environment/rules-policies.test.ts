import { defineEnvironment } from "../../../src/environment/define";
import { config, problemsFor } from "./support";

describe("policies", () => {
  test("are noted where things are tried out, and enforced where deletion is protected", () => {
    const modes = (changes: Record<string, unknown>) => {
      const { network, admission } = defineEnvironment(config(changes)).policies;
      return [network.enabled, admission.mode];
    };
    expect(modes({ deletionProtection: false })).toEqual([false, "audit"]);
    expect(modes({ deletionProtection: true })).toEqual([true, "enforce"]);
    expect(modes({ policies: { network: { enabled: true }, admission: { mode: "off" } } })).toEqual([
      true,
      "off",
    ]);
  });

  test.each(["ghcr.io/acme", "https://ghcr.io/", "ghcr.io/acme/train:v1"])(
    "fails for the registry %j, which another project's name could begin with",
    (registry) => {
      expect(problemsFor({ policies: { admission: { registries: [registry] } } })).toEqual([
        `policies.admission.registries[0] must be an image prefix that ends in a slash, got ${JSON.stringify(registry)}`,
      ]);
    },
  );
});
