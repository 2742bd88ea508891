import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:net";
import type { Tools } from "../tools/build";
import { type ControlPlane, answers } from "./control-plane";
import { kueueFlags } from "./flags";
import { installCrds } from "./crds";
import { installWebhooks } from "./webhooks";

/** The environment's configuration of Kueue, as parsed. */
export type KueueConfiguration = Readonly<Record<string, unknown>>;

const NAMESPACE = "kueue-system";

/** The real Kueue, with the environment's own configuration. */
export class Kueue {
  private process: ReturnType<ControlPlane["workspace"]["start"]> | undefined;

  private constructor(
    private readonly plane: ControlPlane,
    private readonly tools: Tools,
  ) {}

  static async start(plane: ControlPlane, tools: Tools, configuration: KueueConfiguration): Promise<Kueue> {
    const { api, ports, credentials, workspace } = plane;
    const metadata = { name: NAMESPACE };
    await Promise.all([
      installCrds(api, tools),
      api.create({ apiVersion: "v1", kind: "Namespace", metadata }),
    ]);
    const selector = configuration["managedJobsNamespaceSelector"];
    await installWebhooks(api, tools, ports.webhooks, credentials.endpoint.ca, selector);
    const local = onLoopback(configuration, ports, workspace.certs);
    writeFileSync(join(workspace.folder, "kueue.yaml"), JSON.stringify(local));
    const kueue = new Kueue(plane, tools);
    await kueue.restart();
    return kueue;
  }

  async kill(): Promise<void> {
    await this.process?.kill();
  }

  async restart(): Promise<void> {
    const { workspace, ports, credentials } = this.plane;
    const flags = kueueFlags(join(workspace.folder, "kueue.yaml"));
    this.process = workspace.start("kueue", this.tools.programs.kueue, flags, {
      env: { KUBECONFIG: credentials.kubeconfig.kueue },
      metricsCerts: workspace.certs,
    });
    const serving = async () => (await answers(ports.health, "/readyz")) && (await listens(ports.webhooks));
    await this.process.ready(serving, 30_000);
  }
}

/** The configuration with what concerns where it runs replaced; how it decides stays the environment's. */
export function onLoopback(
  configuration: KueueConfiguration,
  ports: Pick<ControlPlane["ports"], "webhooks" | "health">,
  certDir: string,
): KueueConfiguration {
  return {
    ...configuration,
    namespace: NAMESPACE,
    // It would want a certificate at a path of its own.
    featureGates: { ...(configuration["featureGates"] as object), VisibilityOnDemand: false },
    leaderElection: { leaderElect: false },
    internalCertManagement: { enable: false },
    webhook: { host: "127.0.0.1", port: ports.webhooks, certDir },
    health: { healthProbeBindAddress: `127.0.0.1:${ports.health}` },
    metrics: { ...(configuration["metrics"] as object), bindAddress: "0" },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    }).on("error", () => resolve(false));
  });
}
