import { Netmask } from "netmask";
import type { Problem } from "../problems";
import { hostBitsProblem } from "./network";
import { problemIf, type Rule, rule } from "./rule";

/** Wider than this nobody's office is. */
const widestAuthorizedNetwork = 8;

function widthProblem(path: string, cidr: string): Problem | undefined {
  const { bitmask, size } = new Netmask(cidr);
  if (bitmask >= widestAuthorizedNetwork) return undefined;
  const what = bitmask === 0 ? "the whole internet" : `${size.toLocaleString("en-US")} addresses`;
  return {
    path,
    message: `must be a /${widestAuthorizedNetwork} or smaller, got ${JSON.stringify(cidr)}, which is ${what}; to be reachable from anywhere use cluster.controlPlane.dnsEndpoint`,
  };
}

export const clusterRules: readonly Rule[] = [
  rule(["cluster"], ({ cluster }) =>
    Object.entries(cluster.controlPlane.authorizedNetworks).flatMap(([name, cidr]) => {
      const path = `cluster.controlPlane.authorizedNetworks.${name}`;
      return [hostBitsProblem({ path, cidr }), widthProblem(path, cidr)];
    }),
  ),
  rule(["cluster"], ({ cluster: { controlPlane } }) =>
    problemIf(
      !controlPlane.dnsEndpoint && Object.keys(controlPlane.authorizedNetworks).length === 0,
      "cluster.controlPlane",
      "must leave a way in: set dnsEndpoint to true, or name authorizedNetworks",
    ),
  ),
];
