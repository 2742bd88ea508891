import type { Values } from "../flyte/values";

/** What runs a kind of task that is no plain pod, by Flyte's type of the task. */
const switches: Readonly<Record<string, string | undefined>> = {
  pytorch: "addOns.training",
  tensorflow: "addOns.training.tensorflow",
  ray: "addOns.ray",
  mpi: undefined,
  spark: undefined,
  dask: undefined,
};

/**
 * A task whose add-on is off fails, with the name of the switch.
 *
 * Flyte gives a type that no plugin serves to the plugin of plain pods: one pod of `Elastic(nnodes=4)` would wait for three
 * others for ever, on GPUs. So the plugin for connectors serves those types, by a connector whose address is the sentence:
 * gRPC says what it could not reach, and Flyte ends the task with that (docs/decisions/0025-tasks-whose-add-on-is-off.md).
 *
 * @param served - The types that some add-on serves.
 */
export function refusedTasks(served: readonly string[]): Readonly<Record<string, Values>> {
  const off = Object.keys(switches).filter((type) => !served.includes(type));
  if (off.length === 0) return {};
  return {
    "connector-service": {
      supportedTaskTypes: off,
      // How often Flyte asks it what it serves, which ends in its log as an error.
      pollInterval: "1h",
      // `passthrough`: looked up nowhere. No colon in the sentence: gRPC would speak of that instead.
      defaultConnector: { endpoint: `passthrough:///${sentence(off)}`, insecure: true },
    },
  };
}

function sentence(off: readonly string[]): string {
  const needs = off.flatMap((type) => (switches[type] ? [`${type} needs ${switches[type]}`] : []));
  const never = off.filter((type) => !switches[type]);
  return [
    "this environment does not run tasks of this type",
    ...(needs.length > 0 ? [`in the environment's file ${needs.join(", ")}`] : []),
    ...(never.length > 0 ? [`no add-on runs ${never.join(", ")}, see docs/gangs.md`] : []),
  ].join("; ");
}
