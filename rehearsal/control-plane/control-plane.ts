import { writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { KubeApi } from "../api/client";
import type { Tools } from "../tools/build";
import { type Credentials, makeCredentials } from "./credentials";
import { apiserverFlags, controllerManagerFlags, etcdFlags, kwokFlags, schedulerFlags } from "./flags";
import { freePorts } from "./ports";
import type { ControlPlaneProcess } from "./process";
import { stagesFile } from "./stages";
import type { Workspace } from "./workspace";

const names = [
  "etcd",
  "etcdPeer",
  "apiserver",
  "manager",
  "scheduler",
  "kwok",
  "webhooks",
  "health",
  "training",
  "trainingHealth",
  "rayHealth",
  "rayDashboards",
] as const;

export type Ports = Readonly<Record<(typeof names)[number], number>>;

const START_TIMEOUT_MS = 60_000;

/** A Kubernetes without machines: etcd, API server, controllers, scheduler, and nodes that KWOK plays. */
export class ControlPlane {
  private apiserver: ControlPlaneProcess | undefined;

  private constructor(
    readonly workspace: Workspace,
    private readonly tools: Tools,
    readonly ports: Ports,
    readonly credentials: Credentials,
    readonly api: KubeApi,
  ) {}

  static async start(workspace: Workspace, tools: Tools): Promise<ControlPlane> {
    const ports = await freePorts(names);
    const credentials = makeCredentials(workspace.folder, workspace.certs, ports.apiserver);
    const plane = new ControlPlane(workspace, tools, ports, credentials, new KubeApi(credentials.endpoint));
    await plane.startEtcd();
    await plane.startApiserver();
    await plane.startControllers();
    return plane;
  }

  /** Ends the API server without warning, waits, and starts it again. */
  async restartApiserver(pauseMs: number): Promise<void> {
    await this.apiserver?.kill();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    await this.startApiserver();
  }

  private async startEtcd(): Promise<void> {
    const { workspace, tools, ports } = this;
    const flags = etcdFlags(workspace.makeFolder("etcd"), ports.etcd, ports.etcdPeer);
    await workspace
      .start("etcd", tools.programs.etcd, flags)
      .ready(() => answers(ports.etcd, "/health"), START_TIMEOUT_MS);
  }

  private async startApiserver(): Promise<void> {
    const { workspace, tools, ports, credentials } = this;
    const flags = apiserverFlags(ports.etcd, ports.apiserver, workspace.certs, credentials.tokenFile);
    this.apiserver = workspace.start("kube-apiserver", tools.programs["kube-apiserver"], flags);
    await this.apiserver.ready(() => this.api.ok("/readyz"), START_TIMEOUT_MS);
  }

  private async startControllers(): Promise<void> {
    const { workspace, tools, ports, credentials } = this;
    const stages = join(workspace.folder, "stages.yaml");
    writeFileSync(stages, stagesFile());
    workspace.start(
      "kube-controller-manager",
      tools.programs["kube-controller-manager"],
      controllerManagerFlags(credentials, ports.manager, workspace.certs),
    );
    workspace.start(
      "kube-scheduler",
      tools.programs["kube-scheduler"],
      schedulerFlags(credentials, ports.scheduler),
    );
    const kwok = workspace.start("kwok", tools.programs.kwok, kwokFlags(credentials, ports.kwok, stages));
    await kwok.ready(() => answers(ports.kwok, "/healthz"), START_TIMEOUT_MS);
  }
}

/** Whether a plain HTTP server on the loopback address answers 200. */
export function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: "127.0.0.1", port, path, timeout: 1_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on("timeout", function (this: { destroy(): void }) {
        this.destroy();
      })
      .on("error", () => resolve(false));
  });
}
