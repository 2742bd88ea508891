import type { Values } from "../flyte/values";

/** The add-on of each kind of task that is no plain pod, and what is switched on in it, by Flyte's type of the task. */
const switches = {
  pytorch: ["training"],
  tensorflow: ["training", "tensorflow"],
  ray: ["ray"],
  spark: ["spark"],
  dask: ["dask"],
  mpi: ["mpi"],
} as const;

/**
 * A task whose add-on is off fails, with the name of the switch.
 *
 * Flyte gives a type that no plugin serves to the plugin of plain pods: one pod of `Elastic(nnodes=4)` would wait for three
 * others for ever, on GPUs. So the plugin for connectors serves those types, by a connector whose address is the sentence:
 * gRPC says what it could not reach, and Flyte ends the task with that (docs/decisions/0025-tasks-whose-add-on-is-off.md).
 *
 * @param served - The types that some add-on serves.
 * @param known - The keys of all add-ons that there are.
 */
export function refusedTasks(
  served: readonly string[],
  known: readonly string[],
): Readonly<Record<string, Values>> {
  const off = (Object.keys(switches) as TaskType[]).filter((type) => !served.includes(type));
  if (off.length === 0) return {};
  return {
    "connector-service": {
      supportedTaskTypes: off,
      // How often Flyte asks it what it serves, which ends in its log as an error.
      pollInterval: "1h",
      // `passthrough`: looked up nowhere. No colon in the sentence: gRPC would speak of that instead.
      defaultConnector: { endpoint: `passthrough:///${sentence(off, known)}`, insecure: true },
    },
  };
}

type TaskType = keyof typeof switches;

function sentence(off: readonly TaskType[], known: readonly string[]): string {
  const offered = off.filter((type) => known.includes(switches[type][0]));
  const never = off.filter((type) => !offered.includes(type));
  const needs = offered.map((type) => `${type} needs addOns.${switches[type].join(".")}`);
  return [
    "this environment does not run tasks of this type",
    ...(needs.length > 0 ? [`in the environment's file ${needs.join(", ")}`] : []),
    ...(never.length > 0 ? [`no add-on runs ${never.join(", ")}, see docs/gangs.md`] : []),
  ].join("; ");
}
