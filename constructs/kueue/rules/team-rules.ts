import { reservedNames } from "../names";
import { flavorsOf, quotaOf } from "../objects/quotas";
import type { Problem, QueueRule } from "./problem";
import { eachEntry, nameProblem, notOneOf, quote, wholeNumber } from "./problem";
import type { GpuQuota, Order, Preemption, Queues, StopPolicy, Team } from "../types";

const preemptions: readonly Preemption[] = ["never", "reclaim", "lower-priority"];
const orders: readonly Order[] = ["priority", "usage"];
const stopPolicies: readonly StopPolicy[] = ["None", "Hold", "HoldAndDrain"];

/** Kueue's limit of flavors in a resource group, and so of a team's GPU flavors without a queue of their own. */
const FLAVORS_PER_GROUP = 64;

type TeamRule = (team: Team, name: string, queues: Queues) => readonly (Problem | undefined)[];

const words: TeamRule = (team, name) => {
  const message = nameProblem(name, reservedNames);
  return [
    message ? { path: "", message } : undefined,
    unknownWord("preemption", team.preemption, preemptions),
    unknownWord("order", team.order, orders),
    unknownWord("stopPolicy", team.stopPolicy, stopPolicies),
  ];
};

const sizes: TeamRule = ({ cpu, memoryGib, weight }) => [
  notAbove0("cpu", cpu),
  notAbove0("memoryGib", memoryGib),
  notAbove0("weight", weight),
];

const quotas: TeamRule = ({ gpus = {} }, _, { flavors }) =>
  Object.entries(gpus).flatMap(([flavor, written]) => {
    const path = `gpus.${flavor}`;
    if (!Object.hasOwn(flavors, flavor)) return [unknownFlavor(path, flavor, Object.keys(flavors))];
    const { nominal, borrowing = 0, lending = 0 } = quotaOf(written);
    return [
      notWhole(path, "nominal", nominal),
      notWhole(path, "borrowing", borrowing),
      notWhole(path, "lending", lending),
      lending > Math.max(nominal, 0)
        ? {
            path: `${path}.lending`,
            message: `must be at most the nominal quota of ${nominal}, got ${lending}`,
          }
        : undefined,
    ];
  });

const partners: TeamRule = ({ gpus = {} }, name, { teams }) =>
  Object.entries(gpus).flatMap(([flavor, written]) => {
    const { borrowing = 0, lending = 0 } = quotaOf(written);
    if (borrowing <= 0 && lending <= 0) return [];
    const others = Object.entries(teams).flatMap(([other, { gpus: theirs = {} }]) => {
      const quota = other !== name && Object.hasOwn(theirs, flavor) ? theirs[flavor] : undefined;
      return quota === undefined ? [] : [quotaOf(quota)];
    });
    const canBorrow = others.some((quota) => (quota.lending ?? quota.nominal) > 0);
    const canLend = others.some((quota) => quota.borrowing !== 0);
    return [
      borrowing > 0 && !canBorrow
        ? {
            path: `gpus.${flavor}.borrowing`,
            message: `must be left out: no other team has quota of flavor ${quote(flavor)} to lend, got ${borrowing}`,
          }
        : undefined,
      lending > 0 && !canLend
        ? {
            path: `gpus.${flavor}.lending`,
            message: `must be left out: no other team may borrow flavor ${quote(flavor)}, got ${lending}`,
          }
        : undefined,
    ];
  });

/** A reservation's flavors have a taint of their own; the others of one GPU and provisioning look alike. */
const toldApart: TeamRule = (team, _, queues) => {
  const { shared } = flavorsOf(queues, team);
  const kind = (name: string) => `${queues.flavors[name]?.gpu} ${queues.flavors[name]?.provisioning}`;
  const alike = shared.filter((name) => queues.flavors[name]?.provisioning !== "reservation");
  const twin = alike.find((name, index) => alike.findIndex((other) => kind(other) === kind(name)) < index);
  const first = alike.find((other) => twin !== undefined && kind(other) === kind(twin));
  return [
    twin
      ? {
          path: `gpus.${twin}`,
          message: `must not be beside ${quote(first)}: both are ${kind(twin)} in the team's one queue, where Kueue tells flavors apart by gpu and provisioning only; keep one of them`,
        }
      : undefined,
    shared.length > FLAVORS_PER_GROUP
      ? {
          path: "gpus",
          message: `must name at most ${FLAVORS_PER_GROUP} flavors without a queue of their own (Kueue's limit), got ${shared.length}`,
        }
      : undefined,
  ];
};

const teamRules = [words, sizes, quotas, partners, toldApart];

export const teamQueueRule: QueueRule = (queues) =>
  eachEntry("teams", queues.teams, (team, name) => teamRules.flatMap((rule) => rule(team, name, queues)));

function unknownWord(
  path: string,
  word: string | undefined,
  allowed: readonly string[],
): Problem | undefined {
  return word === undefined || allowed.includes(word)
    ? undefined
    : { path, message: notOneOf(allowed, word) };
}

function unknownFlavor(path: string, flavor: string, flavors: readonly string[]): Problem {
  return flavors.length === 0
    ? { path, message: `must be left out: there is no flavor ${quote(flavor)}, nor any other` }
    : { path, message: notOneOf(flavors, flavor) };
}

function notAbove0(path: string, value: number | undefined): Problem | undefined {
  return value === undefined || (Number.isFinite(value) && value > 0)
    ? undefined
    : { path, message: `must be a number above 0, got ${value}` };
}

function notWhole(path: string, field: keyof GpuQuota, value: number): Problem | undefined {
  return wholeNumber(value, 0, 1_000_000)
    ? undefined
    : { path: `${path}.${field}`, message: `must be a whole number of GPUs from 0 to 1000000, got ${value}` };
}
