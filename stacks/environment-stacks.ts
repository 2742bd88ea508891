import type { App } from "cdktf";
import type { Environment } from "../src/environment/define";
import { ClusterStack } from "./cluster-stack";
import { DataStack } from "./data-stack";
import { FoundationStack } from "./foundation-stack";
import { PlatformStack } from "./platform-stack";

/** One environment's stacks and the order in which they deploy; `data` and `cluster` go side by side. */
export class EnvironmentStacks {
  readonly foundation: FoundationStack;
  readonly data: DataStack;
  readonly cluster: ClusterStack;
  readonly platform: PlatformStack;

  constructor(app: App, environment: Environment) {
    this.foundation = new FoundationStack(app, environment);
    this.data = new DataStack(app, environment);
    this.cluster = new ClusterStack(app, environment);
    this.platform = new PlatformStack(app, environment);

    this.data.addDependency(this.foundation);
    this.cluster.addDependency(this.foundation);
    this.platform.addDependency(this.data);
    this.platform.addDependency(this.cluster);
  }
}
