// What each program is started with; everything listens on the loopback address only.
import type { Credentials, User } from "./credentials";

const LOOPBACK = "127.0.0.1";

// Reserved for documentation (RFC 5737): no address of it can answer, here or anywhere.
const SERVICES = "192.0.2.0/24";

export function etcdFlags(folder: string, client: number, peer: number): string[] {
  const [clients, peers] = [client, peer].map((port) => `http://${LOOPBACK}:${port}`);
  return [
    `--data-dir=${folder}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    "--unsafe-no-fsync",
    "--log-level=warn",
  ];
}

export function apiserverFlags(etcd: number, port: number, certs: string, tokenFile: string): string[] {
  return [
    `--etcd-servers=http://${LOOPBACK}:${etcd}`,
    `--bind-address=${LOOPBACK}`,
    `--advertise-address=${LOOPBACK}`,
    `--secure-port=${port}`,
    `--tls-cert-file=${certs}/tls.crt`,
    `--tls-private-key-file=${certs}/tls.key`,
    `--client-ca-file=${certs}/ca.crt`,
    // Nobody proxies; without it the controllers complain for ever.
    `--requestheader-client-ca-file=${certs}/ca.crt`,
    "--requestheader-allowed-names=nobody",
    `--token-auth-file=${tokenFile}`,
    "--authorization-mode=RBAC",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${certs}/accounts.pub`,
    `--service-account-signing-key-file=${certs}/accounts.key`,
    `--service-cluster-ip-range=${SERVICES}`,
    // There is no address that other machines could reach; without this it logs an error for ever.
    "--endpoint-reconciler-type=none",
    "--allow-privileged=true",
    // As on GKE: adds the toleration of the GPU taint to pods that ask for GPUs.
    "--enable-admission-plugins=ExtendedResourceToleration",
    "--max-requests-inflight=800",
  ];
}

/** What the controller manager and the scheduler share. */
function controllerFlags({ kubeconfig }: Credentials, user: User, port: number): string[] {
  return [
    `--kubeconfig=${kubeconfig[user]}`,
    `--authentication-kubeconfig=${kubeconfig[user]}`,
    `--authorization-kubeconfig=${kubeconfig[user]}`,
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${port}`,
    "--leader-elect=false",
    "--kube-api-qps=200",
    "--kube-api-burst=400",
  ];
}

export function controllerManagerFlags(credentials: Credentials, port: number, certs: string): string[] {
  return [
    ...controllerFlags(credentials, "kube-controller-manager", port),
    `--service-account-private-key-file=${certs}/accounts.key`,
    `--root-ca-file=${certs}/ca.crt`,
    "--use-service-account-credentials=true",
    "--allocate-node-cidrs=false",
  ];
}

export function schedulerFlags(credentials: Credentials, port: number): string[] {
  return controllerFlags(credentials, "kube-scheduler", port);
}

export function kwokFlags({ kubeconfig }: Credentials, port: number, stages: string): string[] {
  return [
    `--kubeconfig=${kubeconfig.kwok}`,
    "--manage-all-nodes=false",
    "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
    "--cidr=10.244.0.0/16",
    "--node-ip=10.0.0.1",
    "--node-lease-duration-seconds=40",
    `--server-address=${LOOPBACK}:${port}`,
    `--config=${stages}`,
  ];
}

export function kueueFlags(config: string): string[] {
  return [`--config=${config}`, "--zap-log-level=2"];
}
