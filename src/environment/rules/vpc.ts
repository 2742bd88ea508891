import type { Clash, Readable } from "./clash";
import { overlap } from "./network";

const quote = JSON.stringify;

/** The VPC of somebody else that an environment stands in. */
function vpcOf({ network, project }: Readable): string | undefined {
  return network?.existing && `${network.existing.project ?? project}/${network.existing.network}`;
}

/** Of environments in one VPC, whether both are in one subnet. */
function shareSubnet(one: Readable, other: Readable): boolean {
  return one.region === other.region && one.network?.existing?.subnet === other.network?.existing?.subnet;
}

function shareVpc(one: Readable, other: Readable): boolean {
  return vpcOf(one) !== undefined && vpcOf(one) === vpcOf(other);
}

/** Two subnets of one VPC have no address in common, and one subnet has one range. */
const nodeRanges: Clash = {
  between: (environment, earlier) => {
    const [own, other] = [environment.network?.nodesCidr, earlier.network?.nodesCidr];
    if (!shareVpc(environment, earlier) || own === undefined || other === undefined) return false;
    return shareSubnet(environment, earlier) ? own !== other : overlap(own, other);
  },
  problem: ({ network }, { environment: earlier }) => {
    const { existing, nodesCidr } = network ?? {};
    const theirs = `environment ${quote(earlier.name)}'s`;
    const got = `got ${quote(nodesCidr)} beside ${quote(earlier.network?.nodesCidr)}`;
    const both = `both are in VPC ${quote(existing?.network)}`;
    return {
      path: "network.nodesCidr",
      message:
        existing?.subnet === earlier.network?.existing?.subnet
          ? `must be the same range as ${theirs}, ${got}; ${both}, and in its subnet ${quote(existing?.subnet)}: state what the subnet has`
          : `must not overlap ${theirs}, ${got}; ${both}, where no two subnets share an address: state what the subnet has`,
    };
  },
};

/** Proxies of one region and VPC share one subnet. */
const proxyRanges: Clash = {
  between: (environment, earlier) => {
    const [own, other] = [environment.network?.proxiesCidr, earlier.network?.proxiesCidr];
    if (!shareVpc(environment, earlier) || own === undefined || other === undefined) return false;
    return environment.region === earlier.region ? own !== other : overlap(own, other);
  },
  problem: ({ network, region }, { environment: earlier }) => ({
    path: "network.proxiesCidr",
    message:
      region === earlier.region
        ? `must be ${quote(earlier.network?.proxiesCidr)}, as in environment ${quote(earlier.name)}, got ${quote(network?.proxiesCidr)}; a VPC has one subnet for proxies in a region`
        : `must not overlap environment ${quote(earlier.name)}'s ${quote(earlier.network?.proxiesCidr)}, got ${quote(network?.proxiesCidr)}; both are in VPC ${quote(network?.existing?.network)}, where no two subnets share an address`,
  }),
};

/** GKE gives a secondary range for Services to one cluster only. */
const serviceRanges: Clash = {
  between: (environment, earlier) =>
    shareVpc(environment, earlier) &&
    shareSubnet(environment, earlier) &&
    environment.network?.existing?.servicesRange === earlier.network?.existing?.servicesRange,
  problem: ({ network }, { environment: earlier }) => ({
    path: "network.existing.servicesRange",
    message: `must be a range of its own, got ${quote(network?.existing?.servicesRange)}, which environment ${quote(earlier.name)} uses in the same subnet; GKE gives a range for Services to one cluster`,
  }),
};

/** What environments in one VPC of somebody else must not have in common. */
export const vpcClashes: readonly Clash[] = [nodeRanges, proxyRanges, serviceRanges];
