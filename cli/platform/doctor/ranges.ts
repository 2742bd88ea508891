import { Netmask } from "netmask";
import { namesFor } from "../../../src/environment/names";
import { type Diagnosis, examination } from "./diagnosis";

interface Subnetwork {
  readonly name?: string;
  readonly network?: string;
  readonly ipCidrRange?: string;
  readonly secondaryIpRanges?: readonly { rangeName?: string; ipCidrRange?: string }[];
}

interface Address {
  readonly name?: string;
  readonly network?: string;
  readonly address?: string;
  readonly prefixLength?: number;
  readonly purpose?: string;
}

/** A range that is already in use somewhere in the project. */
interface Used {
  readonly network: string;
  readonly owner: string;
  readonly cidr: string;
}

/** The environment's ranges against those that exist: an overlap is refused by Google, or keeps networks from being joined. */
export const ranges = examination("ranges", async ({ google, environment }) => {
  const { project, network, region } = environment();
  const host = network.existing?.project ?? project;
  const names = namesFor(environment());
  const subnets = await google.request<{ items?: Record<string, { subnetworks?: readonly Subnetwork[] }> }>({
    product: "compute",
    path: `projects/${host}/aggregated/subnetworks`,
  });
  const addresses = await google.request<{ items?: readonly Address[] }>({
    product: "compute",
    path: `projects/${host}/global/addresses`,
  });
  const used = [
    ...Object.values(subnets.items ?? {}).flatMap(({ subnetworks = [] }) =>
      subnetworks.flatMap(usedBySubnet),
    ),
    ...(addresses.items ?? []).flatMap(usedByAddress),
  ];
  const own = network.existing?.network ?? names.network;
  if (network.existing) return existing(network.existing, used, region);
  const wanted = {
    nodesCidr: network.nodesCidr,
    podsCidr: network.podsCidr,
    servicesCidr: network.servicesCidr,
    privateServicesCidr: network.privateServicesCidr,
  };
  const mine = [names.subnet, names.privateServicesRange];
  const lines = Object.entries(wanted).flatMap(([key, cidr]) =>
    used
      .filter(
        (each) =>
          overlap(each.cidr, cidr) &&
          !(each.network === own && mine.some((name) => each.owner.startsWith(name))),
      )
      .map((each) => conflict(key, cidr, each, own)),
  );
  const none: Diagnosis = {
    part: "ranges",
    subject: "network",
    level: "ok",
    text: "overlap with nothing in the project",
  };
  return lines.length > 0 ? lines : [none];
});

function usedBySubnet({ name = "", network = "", ipCidrRange, secondaryIpRanges = [] }: Subnetwork): Used[] {
  const inNetwork = network.replace(/^.*\//, "");
  return [
    ...(ipCidrRange ? [{ network: inNetwork, owner: name, cidr: ipCidrRange }] : []),
    ...secondaryIpRanges.flatMap(({ rangeName = "", ipCidrRange: cidr }) =>
      cidr ? [{ network: inNetwork, owner: `${name}/${rangeName}`, cidr }] : [],
    ),
  ];
}

function usedByAddress({ name = "", network = "", address, prefixLength, purpose }: Address): Used[] {
  if (purpose !== "VPC_PEERING" || !address || prefixLength === undefined) return [];
  return [{ network: network.replace(/^.*\//, ""), owner: name, cidr: `${address}/${prefixLength}` }];
}

function overlap(a: string, b: string): boolean {
  const [first, second] = [new Netmask(a), new Netmask(b)];
  return first.contains(second) || second.contains(first);
}

function conflict(key: string, cidr: string, { network, owner, cidr: other }: Used, own: string): Diagnosis {
  const same = network === own;
  return {
    part: "ranges",
    subject: key,
    level: same ? "problem" : "warning",
    text: `${cidr} overlaps ${other} of ${owner} in ${same ? "this network" : `network ${network}; the two can't be joined`}`,
    ...(same && { fix: `choose another range for network.${key}` }),
  };
}

/** A network that somebody else manages must have what the environment counts on. */
function existing(
  {
    network,
    subnet,
    podsRange,
    servicesRange,
  }: { network: string; subnet: string; podsRange: string; servicesRange: string },
  used: readonly Used[],
  region: string,
): Diagnosis[] {
  const owners = used.filter((each) => each.network === network).map(({ owner }) => owner);
  return [subnet, `${subnet}/${podsRange}`, `${subnet}/${servicesRange}`].map((owner) =>
    owners.includes(owner)
      ? { part: "ranges", subject: owner, level: "ok", text: `in network ${network}` }
      : {
          part: "ranges",
          subject: owner,
          level: "problem",
          text: `not found in network ${network}`,
          fix: `whoever manages the network adds it in ${region}; or correct network.existing`,
        },
  );
}
