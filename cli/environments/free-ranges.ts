import { Netmask } from "netmask";
import type { Environment } from "../../src/environment/define";

type Network = Pick<
  Environment["network"],
  "nodesCidr" | "podsCidr" | "servicesCidr" | "privateServicesCidr"
>;

/** Ranges that overlap none of the other environments', so that their networks could be connected one day. */
export function freeRanges(environments: readonly Environment[]): Network {
  const taken = environments.flatMap(({ network }) =>
    [network.nodesCidr, network.podsCidr, network.servicesCidr, network.privateServicesCidr].map(
      (cidr) => new Netmask(cidr),
    ),
  );
  const pairs = Array.from({ length: 120 }, (_, index) => 16 + 2 * index);
  const free = pairs.find((second) => {
    const block = new Netmask(`10.${second}.0.0/15`);
    return !taken.some((range) => range.contains(block.base) || block.contains(range.base));
  });
  if (free === undefined)
    throw new Error("10.0.0.0/8 has no free /15 left for another environment's network");
  return {
    nodesCidr: `10.${free}.0.0/20`,
    podsCidr: `10.${free + 1}.0.0/16`,
    servicesCidr: `10.${free}.16.0/20`,
    privateServicesCidr: `10.${free}.32.0/20`,
  };
}
