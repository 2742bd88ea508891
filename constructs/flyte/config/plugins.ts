import type { Values } from "../values";

/** Kinds of task beyond Flyte's plain pods, and what Flyte needs for them. */
export interface FlytePlugins {
  /**
   * Task types by the plugin that runs them: `{ pytorch: ["pytorch"] }`. The CRD of what a plugin makes must be in the
   * cluster before Flyte starts: Flyte watches it from the first second, and stops without it.
   */
  readonly taskTypes: Readonly<Record<string, readonly string[]>>;

  /** Configuration of the plugins by its section: `{ "kf-operator": { timeout: "168h" } }`. */
  readonly config: Readonly<Record<string, Values>>;

  /** What the backend makes of such tasks, and so must be allowed to. */
  readonly kinds: readonly FlyteKind[];
}

/** Kinds of one API group, by their plural names. */
export interface FlyteKind {
  readonly apiGroup: string;
  readonly resources: readonly string[];
}

export const noPlugins: FlytePlugins = { taskTypes: {}, config: {}, kinds: [] };

/** The kinds of task that Flyte runs, and the plugin of each. Helm replaces lists, so both are whole. */
export function taskPluginConfig({ taskTypes }: Pick<FlytePlugins, "taskTypes">): Values {
  const types = Object.entries(taskTypes).flatMap(([plugin, served]) => served.map((type) => [type, plugin]));
  return {
    "enabled-plugins": [
      "container",
      "sidecar",
      "k8s-array",
      "connector-service",
      "echo",
      ...Object.keys(taskTypes),
    ],
    "default-for-task-types": {
      container: "container",
      sidecar: "sidecar",
      container_array: "k8s-array",
      ...(Object.fromEntries(types) as Record<string, string>),
    },
  };
}
