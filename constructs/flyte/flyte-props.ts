import type { Digests, Mirrors } from "../images";
import type { FlyteAccess } from "./access";
import { type FlytePlugins, noPlugins } from "./config/plugins";
import { largestGpuNode, type TaskLimits } from "./config/task-resources";

export interface FlyteDatabase {
  /**
   * Address of the Postgres server.
   *
   * Shape: a host name or an IP address; may be a token.
   */
  readonly host: string;

  /** Name of the database; it must exist. */
  readonly name: string;

  /** User that Flyte connects as. */
  readonly user: string;

  /**
   * Most connections of one pool. Flyte keeps six pools, so the server must allow six times as many.
   *
   * Shape: whole number, at least 2.
   * @default 10
   */
  readonly maxOpenConnections?: number;
}

/** What both topologies of Flyte need to know. */
export interface FlyteProps {
  /** Google Cloud project of the buckets, the secret and the logs. */
  readonly project: string;

  readonly database: FlyteDatabase;

  /** Bucket for what Flyte knows about workflows, and for code that `pyflyte run` uploads. */
  readonly metadataBucket: string;

  /** Bucket for what tasks read and write. May be the same. */
  readonly dataBucket: string;

  /**
   * Version of the database password that the server takes.
   *
   * Shape: whole number, at least 1.
   * Change: new pods, which read the newest password.
   */
  readonly passwordVersion: number;

  /**
   * Flyte projects to make at the start. Leaving one out later does not remove it.
   *
   * Shape: at least one.
   */
  readonly projects: readonly string[];

  /**
   * Domains that every project has.
   *
   * @default ["development", "staging", "production"]
   */
  readonly domains?: readonly string[];

  /**
   * LocalQueue of tasks that name none, and PodTemplate that they start from.
   *
   * @default "tasks"
   */
  readonly taskQueue?: string;

  /**
   * The most that one task may ask for. The team's quota limits it anyway.
   *
   * @default - the largest GPU node that GKE has
   */
  readonly taskLimits?: TaskLimits;

  /**
   * Days after which the data bucket deletes what tasks wrote: cached outputs are not handed out for the last of them.
   *
   * Change: new pods of the backend.
   * @default - never
   */
  readonly rawDataDays?: number;

  /**
   * Kinds of task beyond plain pods. The CRDs of what they make must be in the cluster, or Flyte doesn't start.
   *
   * Change: new pods of the backend. A type of task that no plugin serves runs as one plain pod.
   * @default - none
   */
  readonly plugins?: FlytePlugins;

  /**
   * Flyte's own webhook, which puts secrets into the pods of tasks that ask by `secret_requests`. Tasks have secrets
   * without it, too: as volumes. With it Flyte may write webhooks of the cluster, and change every pod of a task.
   *
   * Change: new pods of the backend. Taken away, its MutatingWebhookConfiguration stays: docs/upgrading.md.
   * @default false
   */
  readonly secretsWebhook?: boolean;

  /**
   * Web sites whose scripts may call Flyte's API in their visitors' browsers.
   *
   * Shape: origins: scheme, host and, where it is not the scheme's own, port; without a slash at the end.
   * @default [] Flyte's own console alone
   */
  readonly corsOrigins?: readonly string[];

  /**
   * How people reach Flyte.
   *
   * @default { mode: "port-forward" }
   */
  readonly access?: FlyteAccess;

  /**
   * Address of the internal load balancer, for access `internal`.
   *
   * Shape: a reserved internal IP address; may be a token.
   * Change: a new load balancer.
   * @default - one that Google chooses, and that changes with the load balancer
   */
  readonly internalAddress?: string;

  /**
   * Mirrors to pull Flyte's images through. Those of `ghcr.io` and `docker.io` count.
   *
   * @default - from their own registries
   */
  readonly mirrors?: Mirrors;

  /**
   * Digests to hold Flyte's images to, by the image's whole name:
   * `{ "ghcr.io/flyteorg/flyte-binary-release:v1.16.8": "sha256:…" }`. One of another image means nothing.
   *
   * @default - by tag
   */
  readonly digests?: Digests;

  /**
   * Helm values of the user, merged over everything else. Maps merge, lists replace. What the platform stands on
   * cannot be changed here, and says so.
   *
   * Shape: values of the topology's chart; in flyte-binary, `{{ }}` in `configuration.inline` reaches Flyte as it is.
   * @default {}
   */
  readonly extraValues?: Readonly<Record<string, unknown>>;
}

export const flyteDefaults = Object.freeze({
  domains: ["development", "staging", "production"],
  taskQueue: "tasks",
  taskLimits: largestGpuNode,
  plugins: noPlugins,
  secretsWebhook: false,
  corsOrigins: [] as readonly string[],
  access: { mode: "port-forward" } as FlyteAccess,
});
