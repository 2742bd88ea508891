import { gpus } from "../../constructs/kueue/gpus";
import { ACCELERATOR } from "../../constructs/kueue/node-labels";
import type { EnvironmentModel, FlavorModel, TeamModel } from "../objects/environment-model";
import { milliseconds } from "../objects/time";
import type { PodChange, Scenario, TaskGroup } from "./scenario";

/** One task of a scenario, resolved in an environment. */
export interface PlannedTask {
  readonly id: string;
  readonly group: string;
  readonly team: string;
  readonly namespace: string;
  /** PodTemplate that it names. */
  readonly template: string;
  /** GPU flavor that it means; "cpu" without. */
  readonly flavor: string;
  readonly provisioning: string;
  readonly gpus: number;
  readonly cpu: number;
  /** Workers of its PyTorchJob; 1 for a plain pod. */
  readonly nodes: number;
  /** It is a RayJob. */
  readonly ray?: boolean;
  /** Ray may change its cluster's size. */
  readonly autoscales?: boolean;
  /** Whether queue, priority and clean-up are written on the job of a gang, and the queue on a RayJob. */
  readonly written: boolean;
  /** When the second worker of its first attempt fails. */
  readonly failsMs?: number;
  readonly runsMs: number;
  readonly atMs: number;
  readonly retries: number;
  readonly hangs: boolean;
  readonly queue?: string;
  readonly pod?: PodChange;
}

/** The environment has not what the scenario needs. */
export class NotHere extends Error {}

/** The tasks of a scenario in an environment, in the order of their submission. */
export function planTasks(scenario: Scenario, model: EnvironmentModel): PlannedTask[] {
  checkNeeds(scenario, model);
  return scenario.tasks.flatMap((group) => planGroup(group, model)).sort((a, b) => a.atMs - b.atMs);
}

function checkNeeds({ needs = {} }: Scenario, model: EnvironmentModel): void {
  const { teams = 1, provisioning = [], admission, addOns = [], queueLabels, repositories, volumes } = needs;
  if (model.teams.length < teams)
    throw new NotHere(`needs ${teams} teams, ${model.name} has ${model.teams.length}`);
  if (repositories && model.teams.filter(({ repository }) => repository).length < 2)
    throw new NotHere("needs two teams with a repository of their own (queues.teams.<name>.group)");
  if (volumes && !model.mountsBuckets)
    throw new NotHere("needs teams with buckets as volumes (queues.teams.<name>.volumes)");
  const missing = provisioning.filter(
    (mode) => !model.flavors.some((flavor) => flavor.provisioning === mode),
  );
  if (missing.length > 0) throw new NotHere(`needs a flavor with provisioning ${missing.join(" and ")}`);
  const off = addOns.filter((name) => !model.operators.includes(name));
  if (off.length > 0) throw new NotHere(`needs ${off.map((name) => `addOns.${name}`).join(" and ")}`);
  if (queueLabels && model.copiesLabels)
    throw new NotHere(`needs addOns.training.queueLabels "${queueLabels}"`);
  if (admission && !model.refuses) throw new NotHere(`needs policies.admission.mode "${admission}"`);
}

function planGroup(group: TaskGroup, model: EnvironmentModel): PlannedTask[] {
  const team = group.team === undefined ? firstTeam(group, model) : teamOf(group.team, model);
  const flavor = group.flavor === "cpu" ? undefined : flavorFor(group.flavor, team, model);
  const queue = group.queueOf && flavorFor(group.queueOf, team, model).name;
  const namespace = namespaceOf(team, group.domain);
  const {
    count,
    name,
    runs,
    at = "0s",
    every = "0s",
    cpu = 1,
    retries = 20,
    hangs = false,
    nodes = 1,
    fails,
    forgetful = false,
    imageOf,
    pod: written,
    ray = false,
    autoscales = false,
  } = group;
  const image = imageOf && `${repositoryFor(imageOf, team, model)}task:1`;
  const pod = image ? { ...written, container: { ...written?.container, image } } : written;
  return Array.from({ length: count }, (_, index) => ({
    id: count === 1 ? name : `${name}-${index + 1}`,
    group: name,
    team: team.name,
    namespace,
    // A flavor's template would be the head's, too: the queue is a label of the task.
    template: (!ray && flavor?.name) || "tasks",
    flavor: flavor?.name ?? "cpu",
    provisioning: flavor?.provisioning ?? "cpu",
    gpus: flavor ? (group.gpus ?? usualGpus(flavor, team)) : 0,
    cpu,
    nodes,
    // Nobody copies a RayJob's.
    written: (ray || !model.copiesLabels) && !forgetful,
    ...(ray && { ray, autoscales }),
    ...(fails && { failsMs: milliseconds(fails) }),
    runsMs: milliseconds(runs),
    atMs: milliseconds(at) + index * milliseconds(every),
    retries,
    hangs,
    ...(queue && { queue }),
    ...(pod && { pod }),
  }));
}

export function teamOf(team: string | number, { teams, name }: EnvironmentModel): TeamModel {
  const found = typeof team === "number" ? teams[team] : teams.find((each) => each.name === team);
  if (!found)
    throw new NotHere(
      `needs team ${JSON.stringify(team)}; ${name} has ${teams.map((t) => t.name).join(", ")}`,
    );
  return found;
}

/** The first team that may use the flavor, or wait in its queue. */
function firstTeam({ flavor, queueOf }: TaskGroup, { teams, flavors, name }: EnvironmentModel): TeamModel {
  const wanted = flavor === "cpu" ? queueOf : flavor;
  const fits = flavors.filter((each) => each.name === wanted || each.provisioning === wanted);
  const found = teams.find(({ gpus }) => !wanted || fits.some((each) => each.name in gpus));
  if (!found) throw new NotHere(`needs a team that may use ${wanted ?? "anything"}, ${name} has none`);
  return found;
}

function flavorFor(wanted: string, team: TeamModel, { flavors }: EnvironmentModel): FlavorModel {
  const own = flavors.filter(({ name }) => name in team.gpus);
  const found =
    own.find(({ name }) => name === wanted) ?? own.find(({ provisioning }) => provisioning === wanted);
  if (!found) throw new NotHere(`needs a flavor ${wanted} for team ${team.name}`);
  return found;
}

function namespaceOf({ namespaces, name }: TeamModel, domain: string | undefined): string {
  const found = domain ? namespaces.find((namespace) => namespace.endsWith(`-${domain}`)) : namespaces[0];
  if (!found) throw new NotHere(`needs a namespace of team ${name} for domain ${domain}`);
  return found;
}

function repositoryFor(
  whose: "own-team" | "another-team",
  own: TeamModel,
  { teams, name }: EnvironmentModel,
): string {
  const owner = whose === "own-team" ? own : teams.find((each) => each.name !== own.name && each.repository);
  if (!owner?.repository) throw new NotHere(`needs a repository of ${whose}, ${name} has none`);
  return owner.repository;
}

/** Queued provisioning is for whole nodes: the largest that the quota pays for. Anything else takes the smallest. */
function usualGpus({ nodeLabels, provisioning, name }: FlavorModel, team: TeamModel): number {
  const gpu = Object.values(gpus).find(({ accelerator }) => accelerator === nodeLabels[ACCELERATOR]);
  const nominal = team.gpus[name]?.nominal ?? 1;
  const counts = (gpu?.nodes ?? []).map((node) => node.gpus).filter((count) => count <= nominal);
  return (provisioning === "queued" ? counts.at(-1) : counts[0]) ?? 1;
}

/** GPUs that the whole task holds. */
export function gpusOf({ gpus: each, nodes }: PlannedTask): number {
  return each * nodes;
}
