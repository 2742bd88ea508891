import type { Command } from "../command";
import { forward, openWayIn } from "../connect/way-in";
import { Exit } from "../exit";
import { firstRunCommand } from "../verify/first-run";

export const connect: Command = {
  description: {
    name: "connect",
    summary: "open the way to an environment's Flyte: kubeconfig, client config, forwarded ports",
    environment: "required",
    options: [{ flags: "--no-forward", summary: "write the files, forward no ports" }],
    exits: {
      [Exit.ok]: "connected; or ended with Ctrl-C",
      [Exit.error]: "the cluster or Flyte can't be reached",
      [Exit.toolMissing]: "gcloud, kubectl or gke-gcloud-auth-plugin is missing",
    },
  },
  run: async (context) => {
    const { output, options } = context;
    const environment = context.environment();
    const { kubeconfig, clientConfig, consoleUrl, forward: command } = await openWayIn(context);
    output.line(`export KUBECONFIG=${kubeconfig}`);
    output.line(`export FLYTECTL_CONFIG=${clientConfig}`);
    output.line(`console: ${consoleUrl}`);
    output.line(`first run: ${firstRunCommand(environment)}`);
    output.result({ environment: environment.name, kubeconfig, clientConfig, consoleUrl });
    if (command === undefined || options.off("forward")) return Exit.ok;
    return forward(context, command, kubeconfig);
  },
};
