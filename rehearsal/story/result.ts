import type { EnvironmentModel } from "../objects/environment-model";
import type { NodeStory } from "../provisioner/nodes";
import type { Scenario } from "../scenarios/scenario";
import type { TaskStory } from "./task-story";

/** All that a scenario left behind: what the expectations judge and the report draws. */
export interface Result {
  readonly scenario: Scenario;
  readonly model: EnvironmentModel;
  readonly stories: readonly TaskStory[];
  readonly nodes: readonly NodeStory[];
  /** What became of each deed: the API server's refusal, or nothing where it let it be done. */
  readonly deeds: Readonly<Record<string, string | undefined>>;
  readonly incidents: readonly { readonly at: number; readonly text: string }[];
  /** Milliseconds of the environment's time from start to end. */
  readonly lasted: number;
  /** How many pods each provisioning request that was made is for, by `namespace/name`. */
  readonly requests: ReadonlyMap<string, number>;
  /** Remote addresses other than this machine that a process of the rehearsal was connected to. */
  readonly strangers: readonly string[];
  /** Seconds that the scenario really took, without the start. */
  readonly seconds: number;
  readonly startSeconds: number;
  readonly memoryMib: number;
}
