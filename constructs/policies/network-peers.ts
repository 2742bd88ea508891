/** One side of a rule of a NetworkPolicy: who, and on which ports. */
export interface Peer {
  readonly to?: readonly object[];
  readonly from?: readonly object[];
  readonly ports?: readonly object[];
}

const tcp = (port: number) => ({ protocol: "TCP", port });
const udp = (port: number) => ({ protocol: "UDP", port });
const ip = (cidr: string) => ({ ipBlock: { cidr } });

export function namespaceNamed(name: string): object {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

export function tcpPorts(...ports: readonly number[]): readonly object[] {
  return ports.map(tcp);
}

export function ranges(...cidrs: readonly string[]): readonly object[] {
  return cidrs.map(ip);
}

/**
 * Names: the cluster's DNS, its cache on the node (169.254.20.10), and Cloud DNS, which answers at the address of the
 * metadata server.
 */
export const dns: Peer = {
  to: [namespaceNamed("kube-system"), ...ranges("169.254.20.10/32", "169.254.169.254/32")],
  ports: [udp(53), tcp(53)],
};

/**
 * Identity: the metadata server of the node, which trades a pod's token for Google's. It listens on 988 behind
 * 169.254.169.252, and with Dataplane V2 on 80.
 *
 * @see cloud.google.com/kubernetes-engine/docs/how-to/network-policy, "Network policy and Workload Identity Federation"
 * (2026-11)
 */
export const metadataServer: Peer = {
  to: ranges("169.254.169.252/32", "169.254.169.254/32"),
  ports: tcpPorts(80, 987, 988, 8080),
};

/** restricted.googleapis.com and private.googleapis.com: Google's APIs without the internet, where DNS says so. */
export const googleApis: Peer = { to: ranges("199.36.153.4/30", "199.36.153.8/30"), ports: tcpPorts(443) };

/** Everything that is no private, shared, link-local, multicast or reserved address. */
export const internet: Peer = {
  to: [
    {
      ipBlock: {
        cidr: "0.0.0.0/0",
        except: [
          "10.0.0.0/8",
          "100.64.0.0/10",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "224.0.0.0/3",
        ],
      },
    },
  ],
};

/** Where Google's global load balancers and their health checks come from. */
export const GOOGLE_LOAD_BALANCERS = ranges("35.191.0.0/16", "130.211.0.0/22");
