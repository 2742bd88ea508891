import { gpuOf } from "../gpus";
import { TIER_STEP } from "../objects/priorities";
import { flavorsOf, quotaOf } from "../objects/quotas";
import type { QueueRule } from "./problem";
import { quote } from "./problem";
import type { Queues, Team } from "../types";

/** Provisioning requests that a region accepts at a time, unless Google has raised it. */
const DEFAULT_ACTIVE_RESIZE_REQUESTS = 100;

/** What Autopilot keeps a pod's memory within, per vCPU. */
const GIB_PER_CPU = { least: 1, most: 6.5 };

const unconfirmedMode: QueueRule = ({ flavors }) =>
  Object.entries(flavors).flatMap(([name, { gpu, gpusPerNode = 1, provisioning, ladder = [] }]) => {
    const node = gpuOf(gpu)?.nodes.find((shape) => shape.gpus === gpusPerNode);
    const wanted: readonly string[] = provisioning === "ladder" ? ladder : [provisioning];
    return (node?.unconfirmedModes ?? [])
      .filter((mode) => wanted.includes(mode))
      .map((mode) => ({
        path: `flavors.${name}.provisioning`,
        message: `may not exist: Google's pages do not settle whether ${gpusPerNode} × gpu ${quote(gpu)} comes as ${quote(mode)}; try one task first`,
      }));
  });

const unusedFlavor: QueueRule = ({ flavors, teams }) =>
  Object.keys(flavors)
    .filter((flavor) => !Object.values(teams).some(({ gpus = {} }) => Object.hasOwn(gpus, flavor)))
    .map((flavor) => ({
      path: `flavors.${flavor}`,
      message: "is of no use: no team has quota of it, so no namespace has its PodTemplate",
    }));

const brokenNodes: QueueRule = ({ flavors, teams }) =>
  Object.entries(teams).flatMap(([team, { gpus = {} }]) =>
    Object.entries(gpus).flatMap(([flavor, written]) => {
      const { gpusPerNode = 1 } = flavors[flavor] ?? {};
      const { nominal } = quotaOf(written);
      return nominal % gpusPerNode === 0
        ? []
        : [
            {
              path: `teams.${team}.gpus.${flavor}`,
              message: `is no multiple of the flavor's ${gpusPerNode} GPUs a node: the last ${nominal % gpusPerNode} of ${nominal} can serve smaller tasks only`,
            },
          ];
    }),
  );

const tooSmall: QueueRule = ({ flavors, teams }) =>
  Object.entries(teams).flatMap(([team, { gpus = {} }]) =>
    Object.entries(gpus).flatMap(([flavor, written]) => {
      const { gpusPerNode = 1 } = flavors[flavor] ?? {};
      const { nominal, borrowing = Infinity } = quotaOf(written);
      const most = nominal + Math.min(borrowing, lentByOthers(teams, team, flavor));
      return most >= gpusPerNode
        ? []
        : [
            {
              path: `teams.${team}.gpus.${flavor}`,
              message: `never admits a task of ${gpusPerNode} GPUs, a node of this flavor: its own and what others lend make ${most}`,
            },
          ];
    }),
  );

function lentByOthers(teams: Queues["teams"], team: string, flavor: string): number {
  return Object.entries(teams)
    .filter(([other, { gpus = {} }]) => other !== team && Object.hasOwn(gpus, flavor))
    .map(([, { gpus = {} }]) => quotaOf(gpus[flavor] ?? 0))
    .reduce((sum, { nominal, lending = nominal }) => sum + lending, 0);
}

/** Requests that a team's single-pod tasks can have waiting and running at a time. */
function requestsOf(queues: Queues, team: Team): number {
  return flavorsOf(queues, team)
    .own.filter((flavor) => queues.flavors[flavor]?.provisioning === "queued")
    .map((flavor) => quotaOf(team.gpus?.[flavor] ?? 0).nominal / (queues.flavors[flavor]?.gpusPerNode ?? 1))
    .reduce((sum, requests) => sum + Math.floor(requests), 0);
}

const waysOut =
  "raise gpusPerNode, use flex-start for tasks of one node, or ask Google for more of the quota and state it as activeResizeRequests";

const manyRequests: QueueRule = (queues) => {
  const limit = queues.activeResizeRequests ?? DEFAULT_ACTIVE_RESIZE_REQUESTS;
  const teams = Object.entries(queues.teams).map(([name, team]) => ({
    name,
    requests: requestsOf(queues, team),
  }));
  const over = teams.filter(({ requests }) => requests > limit);
  const all = teams.reduce((sum, { requests }) => sum + requests, 0);
  if (over.length === 0 && all > limit)
    return [
      {
        path: "teams",
        message: `can together make ${all} provisioning requests at a time, and the region takes ${limit} (active_resize_requests): the others wait although their quota is reserved; ${waysOut}`,
      },
    ];
  return over.map(({ name, requests }) => ({
    path: `teams.${name}.gpus`,
    message: `can make ${requests} provisioning requests at a time, and the region takes ${limit} (active_resize_requests): the others wait although their quota is reserved; ${waysOut}`,
  }));
};

const lopsided: QueueRule = ({ teams }) =>
  Object.entries(teams).flatMap(([team, { cpu, memoryGib }]) => {
    const ratio = memoryGib / cpu;
    return ratio >= GIB_PER_CPU.least && ratio <= GIB_PER_CPU.most
      ? []
      : [
          {
            path: `teams.${team}.memoryGib`,
            message: `leaves a part of the quota without use: Autopilot gives a pod ${GIB_PER_CPU.least} to ${GIB_PER_CPU.most} GiB a vCPU, and ${memoryGib} GiB for ${cpu} vCPU is ${Number(ratio.toFixed(2))}`,
          },
        ];
  });

const tiersCross: QueueRule = ({ priorities }, domains) => {
  const values = domains
    .map((domain) => ({ domain, value: priorities[domain] ?? 0 }))
    .sort((a, b) => a.value - b.value);
  return values.flatMap(({ domain, value }, index) => {
    const below = values[index - 1];
    const gap = below ? value - below.value : 0;
    return below && gap > 0 && gap <= 2 * TIER_STEP
      ? [
          {
            path: `priorities.${domain}`,
            message: `is only ${gap} above that of ${quote(below.domain)}: tasks of "${domain}-batch" would not go before "${below.domain}-interactive"; leave more than ${2 * TIER_STEP}`,
          },
        ]
      : [];
  });
};

export const riskRules: readonly QueueRule[] = [
  unconfirmedMode,
  unusedFlavor,
  brokenNodes,
  tooSmall,
  manyRequests,
  lopsided,
  tiersCross,
];
