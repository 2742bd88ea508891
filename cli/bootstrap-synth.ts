// Synthesises one environment's bootstrap stack; `platform bootstrap` runs it as a program of its own, so that the other
// commands don't load CDKTF. Arguments: environment, what it makes (a list of "state-bucket", "access-log-bucket", or
// "nothing"), and the file of the local state, if any.
import "../src/plain-errors";
import { App } from "cdktf";
import { defineEnvironments } from "../src/environment/define";
import { environments as configs } from "../src/environments";
import { lockProviders } from "../src/provider-lock";
import { BootstrapStack } from "../stacks/bootstrap-stack";

const [name, makes = "", localState] = process.argv.slice(2);
const environment = defineEnvironments(configs).environments.find((each) => each.name === name);
if (!environment) {
  console.error(`environment must be one of the repository's, got ${JSON.stringify(name)}`);
  process.exitCode = 1;
} else {
  const app = new App();
  new BootstrapStack(app, environment, {
    ...(localState && { localState }),
    makes: {
      stateBucket: makes.split(",").includes("state-bucket"),
      accessLogBucket: makes.split(",").includes("access-log-bucket"),
    },
  });
  app.synth();
  lockProviders(app.outdir);
}
