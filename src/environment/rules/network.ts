import { Netmask } from "netmask";
import { type Problem, shown } from "../problems";
import type { Environment } from "../schema";
import { problemIf, type Rule, rule } from "./rule";

interface Range {
  readonly path: string;
  readonly cidr: string;
}

/** What a range may be; prefix lengths, so that a /14 is larger than a /20. */
interface Size {
  readonly largest: number;
  readonly smallest: number;
  readonly why: string;
}

const sizes: Readonly<Record<string, Size>> = {
  "network.nodesCidr": { largest: 8, smallest: 24, why: "a /24 holds 252 nodes" },
  "network.podsCidr": {
    largest: 9,
    smallest: 20,
    why: "Autopilot takes 64 addresses per node, so a /20 holds 64 nodes",
  },
  "network.servicesCidr": { largest: 16, smallest: 24, why: "a /24 holds 256 Services" },
  "network.privateServicesCidr": {
    largest: 8,
    smallest: 24,
    why: "Google takes a /24 for Cloud SQL in each region",
  },
  "network.proxiesCidr": { largest: 8, smallest: 26, why: "Google takes no smaller one for proxies" },
};

/** The ranges that are used: of an existing network only those that firewall rule and network policies name. */
function rangesOf({ network }: Pick<Environment, "network">): readonly Range[] {
  const nodes = { path: "network.nodesCidr", cidr: network.nodesCidr };
  const { proxiesCidr } = network;
  const proxies = proxiesCidr === undefined ? [] : [{ path: "network.proxiesCidr", cidr: proxiesCidr }];
  if (network.existing) return [nodes, ...proxies];
  return [
    nodes,
    { path: "network.podsCidr", cidr: network.podsCidr },
    { path: "network.servicesCidr", cidr: network.servicesCidr },
    { path: "network.privateServicesCidr", cidr: network.privateServicesCidr },
    ...proxies,
  ];
}

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "240.0.0.0/4"];

/** Cloud SQL's hosts use it for Docker: what lies in it cannot talk to the database. */
const dockerBridge = "172.17.0.0/16";

export function overlap(one: string, other: string): boolean {
  const [a, b] = [new Netmask(one), new Netmask(other)];
  return a.contains(b.base) || b.contains(a.base);
}

/** A range's first address is its name; Google refuses or silently changes any other. */
export function hostBitsProblem({ path, cidr }: Range): Problem | undefined {
  const written = new Netmask(cidr).toString();
  return problemIf(
    written !== cidr,
    path,
    `must start at its first address, got ${JSON.stringify(cidr)}; write ${JSON.stringify(written)}`,
  );
}

function sizeProblem({ path, cidr }: Range): Problem | undefined {
  const size = sizes[path];
  const bits = new Netmask(cidr).bitmask;
  if (!size || (bits >= size.largest && bits <= size.smallest)) return undefined;
  return {
    path,
    message: `must be between a /${size.largest} and a /${size.smallest}, got ${JSON.stringify(cidr)}; ${size.why}`,
  };
}

function publicProblem({ path, cidr }: Range): Problem | undefined {
  const block = new Netmask(cidr);
  const inside = privateRanges.some((range) => new Netmask(range).contains(block));
  return problemIf(
    !inside,
    path,
    `must lie in one of ${privateRanges.join(", ")}, got ${JSON.stringify(cidr)}`,
  );
}

function dockerProblem({ path, cidr }: Range): Problem | undefined {
  return problemIf(
    overlap(cidr, dockerBridge),
    path,
    `must not overlap ${dockerBridge}, which Cloud SQL uses itself, got ${JSON.stringify(cidr)}`,
  );
}

function overlapProblems(ranges: readonly Range[]): readonly (Problem | undefined)[] {
  return ranges.flatMap((range, index) =>
    ranges
      .slice(0, index)
      .map((earlier) =>
        problemIf(
          overlap(range.cidr, earlier.cidr),
          range.path,
          `${range.cidr} overlaps ${earlier.path} ${earlier.cidr}; choose ranges that do not overlap`,
        ),
      ),
  );
}

/** Where nodes and pods learn who they are: no task may reach it as a mere address. */
const metadataServer = "169.254.0.0/16";

function allowedProblems({ path, cidr }: Range): readonly (Problem | undefined)[] {
  return [
    hostBitsProblem({ path, cidr }),
    problemIf(
      overlap(cidr, metadataServer) && new Netmask(cidr).bitmask > 0,
      path,
      `must not reach into ${metadataServer}, where the metadata server is, got ${JSON.stringify(cidr)}`,
    ),
    problemIf(
      new Netmask(cidr).bitmask === 0,
      path,
      `must be a range, got ${JSON.stringify(cidr)}, which is every address; public ones are policies.network.internet`,
    ),
  ];
}

/** Said beside an existing network, these would be read by nobody. */
const ofOwnNetwork = ["podsCidr", "servicesCidr", "privateServicesCidr", "flowLogs"] as const;

export const networkRules: readonly Rule[] = [
  rule(["policies"], ({ policies }) =>
    Object.entries(policies.network.allow).flatMap(([name, cidr]) =>
      allowedProblems({ path: `policies.network.allow.${name}`, cidr }),
    ),
  ),
  rule(["network"], (environment) => rangesOf(environment).map(hostBitsProblem)),
  rule(["network"], (environment) => rangesOf(environment).map(sizeProblem)),
  rule(["network"], (environment) => rangesOf(environment).map(publicProblem)),
  rule(["network"], (environment) => rangesOf(environment).map(dockerProblem)),
  rule(["network"], (environment) => overlapProblems(rangesOf(environment))),
  rule(["network"], ({ network }, config) =>
    problemIf(
      network.existing !== undefined && config.network?.nodesCidr === undefined,
      "network.nodesCidr",
      "must be stated with network.existing: the primary range of the existing subnet, for the firewall rule",
    ),
  ),
  rule(["network"], ({ network }, config) =>
    ofOwnNetwork.map((key) =>
      problemIf(
        network.existing !== undefined && config.network?.[key] !== undefined,
        `network.${key}`,
        `must be left out with network.existing, got ${shown(config.network?.[key])}; the network has its own, which nothing here changes`,
      ),
    ),
  ),
];
