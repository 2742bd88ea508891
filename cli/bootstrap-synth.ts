// Synthesises one environment's bootstrap stack; `platform bootstrap` runs it as a program of its own, so that the other
// commands don't load CDKTF. Arguments: the environment as JSON, with all defaults; what it makes (a list of
// "state-bucket", "access-log-bucket", or "nothing"); and the file of the local state, if any.
import "../src/plain-errors";
import { App } from "cdktf";
import type { Environment } from "../src/environment/define";
import { lockProviders } from "../src/provider-lock";
import { BootstrapStack } from "../stacks/bootstrap-stack";

const [environment = "", makes = "", localState] = process.argv.slice(2);
const app = new App();
new BootstrapStack(app, JSON.parse(environment) as Environment, {
  ...(localState && { localState }),
  makes: {
    stateBucket: makes.split(",").includes("state-bucket"),
    accessLogBucket: makes.split(",").includes("access-log-bucket"),
  },
});
app.synth();
lockProviders(app.outdir);
