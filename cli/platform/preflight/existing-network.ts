import type { Environment } from "../../../src/environment/define";
import type { Context } from "../context";
import type { GoogleClient } from "../google/client";
import { type Finding, found, refused } from "./finding";
import { unlessMissing } from "./unless-missing";

type Existing = NonNullable<Environment["network"]["existing"]> &
  Pick<Environment["network"], "nodesCidr" | "proxiesCidr"> & {
    readonly host: string;
    readonly region: string;
  };

interface Subnet {
  readonly name?: string;
  readonly network?: string;
  readonly purpose?: string;
  readonly ipCidrRange?: string;
  readonly privateIpGoogleAccess?: boolean;
  readonly secondaryIpRanges?: readonly { readonly rangeName?: string }[];
}

/** What a network of somebody else's must have: the stacks make nothing in it but a firewall rule. */
export async function checkExistingNetwork(
  { google }: Context,
  { network, project, region }: Environment,
): Promise<readonly Finding[]> {
  if (!network.existing) return [];
  const existing = { ...network, ...network.existing, region, host: network.existing.project ?? project };
  const findings = await Promise.all([
    checkNetwork(google, existing),
    checkSubnet(google, existing),
    checkProxies(google, existing),
  ]);
  return findings.flat();
}

/** The network, and the peering by which Cloud SQL has an address in it. */
async function checkNetwork(google: GoogleClient, { host, network }: Existing): Promise<readonly Finding[]> {
  const subject = `network "${network}" of ${host}`;
  const answer = await unlessMissing(
    google.request<{ peerings?: readonly { readonly name?: string; readonly state?: string }[] }>({
      product: "compute",
      path: `projects/${host}/global/networks/${network}`,
    }),
  );
  if (answer === "missing")
    return [
      refused(
        subject,
        "is not there",
        `gcloud compute networks create ${network} --project ${host} --subnet-mode custom; or correct network.existing`,
      ),
    ];
  if (answer === "untold") return [];
  const peering = (answer.peerings ?? []).find(({ name }) => name === "servicenetworking-googleapis-com");
  const peered = peering?.state === "ACTIVE";
  return [
    found(subject, "there"),
    peered
      ? found(`private services access of ${network}`, "there")
      : refused(
          `private services access of ${network}`,
          peering ? `is ${peering.state}` : "is not there: Cloud SQL gets no address",
          `gcloud compute addresses create ${network}-services --project ${host} --global --purpose VPC_PEERING --prefix-length 20 --network ${network} && gcloud services vpc-peerings connect --project ${host} --network ${network} --ranges ${network}-services`,
        ),
  ];
}

async function checkSubnet(google: GoogleClient, existing: Existing): Promise<readonly Finding[]> {
  const { host, network, subnet, podsRange, servicesRange, region, nodesCidr } = existing;
  const subject = `subnet "${subnet}" of ${host}`;
  const where = `${subnet} --project ${host} --region ${region}`;
  const answer = await unlessMissing(
    google.request<Subnet>({
      product: "compute",
      path: `projects/${host}/regions/${region}/subnetworks/${subnet}`,
    }),
  );
  if (answer === "untold") return [];
  if (answer === "missing")
    return [
      refused(
        subject,
        `is not in ${region}`,
        `gcloud compute networks subnets create ${where} --network ${network} --range ${nodesCidr} --secondary-range ${podsRange}=PODS_CIDR,${servicesRange}=SERVICES_CIDR --enable-private-ip-google-access; or correct network.existing.subnet`,
      ),
    ];
  const names = (answer.secondaryIpRanges ?? []).map(({ rangeName }) => rangeName);
  const lacking = [podsRange, servicesRange].filter((name) => !names.includes(name));
  const update = `gcloud compute networks subnets update ${where}`;
  return [
    ...(lastOf(answer.network) === network
      ? [found(subject, `in ${network}`)]
      : [
          refused(
            subject,
            `is in network ${lastOf(answer.network)}, not in ${network}`,
            "correct network.existing",
          ),
        ]),
    ...(lacking.length === 0
      ? []
      : [
          refused(
            subject,
            `has no secondary range ${lacking.join(", ")}`,
            `${update} --add-secondary-ranges ${lacking.map((name) => `${name}=CIDR`).join(",")}`,
          ),
        ]),
    ...(answer.ipCidrRange === nodesCidr
      ? []
      : [
          refused(
            subject,
            `has the range ${answer.ipCidrRange}, network.nodesCidr says ${nodesCidr}`,
            `network.nodesCidr: ${JSON.stringify(answer.ipCidrRange)}`,
          ),
        ]),
    ...(answer.privateIpGoogleAccess === true
      ? []
      : [
          refused(
            subject,
            "has no Private Google Access: nodes reach no registry",
            `${update} --enable-private-ip-google-access`,
          ),
        ]),
  ];
}

/** The subnet of the region's proxies, where an internal load balancer with sign-in needs one. */
async function checkProxies(
  google: GoogleClient,
  { host, network, region, proxiesCidr }: Existing,
): Promise<readonly Finding[]> {
  if (proxiesCidr === undefined) return [];
  const answer = await unlessMissing(
    google.request<{ items?: readonly Subnet[] }>({
      product: "compute",
      path: `projects/${host}/regions/${region}/subnetworks`,
    }),
  );
  if (typeof answer === "string") return [];
  const proxies = (answer.items ?? []).find(
    (each) => each.purpose === "REGIONAL_MANAGED_PROXY" && lastOf(each.network) === network,
  );
  const subject = `proxy-only subnet of ${network}`;
  if (proxies?.ipCidrRange === proxiesCidr) return [found(subject, "there")];
  return [
    proxies
      ? refused(
          subject,
          `has the range ${proxies.ipCidrRange}, network.proxiesCidr says ${proxiesCidr}`,
          `network.proxiesCidr: ${JSON.stringify(proxies.ipCidrRange)}`,
        )
      : refused(
          subject,
          `is not in ${region}`,
          `gcloud compute networks subnets create ${network}-proxies --project ${host} --region ${region} --network ${network} --range ${proxiesCidr} --purpose REGIONAL_MANAGED_PROXY --role ACTIVE`,
        ),
  ];
}

const lastOf = (path = "") => path.replace(/^.*\//, "");
