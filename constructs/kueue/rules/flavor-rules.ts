import { durationSeconds } from "../durations";
import { gpuOf, gpus } from "../gpus";
import { reservedNames } from "../names";
import { checkName } from "../objects/admission-checks";
import type { QueueRule } from "./problem";
import { LABEL_LIMIT, eachEntry, list, nameProblem, notOneOf, quote, wholeNumber } from "./problem";
import { hasNodeUpgrades } from "../provisioning";
import type { Flavor, LadderStep, Provisioning } from "../types";

const provisionings: readonly Provisioning[] = [
  "on-demand",
  "spot",
  "flex-start",
  "queued",
  "reservation",
  "ladder",
];
const ladderSteps: readonly LadderStep[] = ["reservation", "on-demand", "flex-start", "spot"];
const MINUTES_10 = 600;
const DAYS_7 = 604_800;
const DAYS_90 = 7_776_000;

/** One rule of a flavor: which of its fields, and what is wrong with it. */
type FlavorRule = (flavor: Flavor, name: string) => { path: keyof Flavor | ""; message: string } | undefined;

const known: readonly FlavorRule[] = [
  (_, name) => {
    const message = nameProblem(name, reservedNames);
    return message ? { path: "", message } : undefined;
  },
  ({ gpu }) => (gpuOf(gpu) ? undefined : { path: "gpu", message: unknownGpu(gpu) }),
  ({ provisioning }) =>
    provisionings.includes(provisioning)
      ? undefined
      : { path: "provisioning", message: notOneOf(provisionings, provisioning) },
];

const hardware: readonly FlavorRule[] = [
  ({ gpu, gpusPerNode = 1 }) => {
    const counts = gpuOf(gpu)?.nodes.map((node) => node.gpus);
    if (!counts || counts.includes(gpusPerNode)) return undefined;
    return {
      path: "gpusPerNode",
      message: `must be one of ${counts.join(", ")} for gpu ${quote(gpu)}, got ${gpusPerNode}`,
    };
  },
  ({ gpu, gpusPerNode = 1, provisioning, ladder }) => {
    const node = gpuOf(gpu)?.nodes.find((shape) => shape.gpus === gpusPerNode);
    if (!node || !provisionings.includes(provisioning)) return undefined;
    const modes = [...node.modes, ...(node.unconfirmedModes ?? [])];
    const [path, wanted, allowed] =
      provisioning === "ladder"
        ? (["ladder", (ladder ?? []).filter(isLadderStep), modes.filter(isLadderStep)] as const)
        : (["provisioning", [provisioning], modes] as const);
    const missing = wanted.find((mode) => !modes.includes(mode));
    if (!missing) return undefined;
    return {
      path,
      message: `must be ${path === "ladder" ? "made of" : "one of"} ${list(allowed)} for ${gpusPerNode} × gpu ${quote(gpu)} in a node, got ${quote(missing)}; Google offers that machine in no other way`,
    };
  },
];

const runLimits: readonly FlavorRule[] = [
  ({ provisioning, ladder, maxRunDuration }) => {
    if (maxRunDuration === undefined) return undefined;
    if (provisioning === "spot")
      return {
        path: "maxRunDuration",
        message: `must be left out for provisioning "spot": a run limit belongs to flex-start, and GKE refuses a pod that asks for spot and flex-start at once; use "flex-start", or a "ladder" with both as steps`,
      };
    if (provisioning === "ladder" && !ladder?.includes("flex-start"))
      return {
        path: "maxRunDuration",
        message: `must be left out for a ladder without the step "flex-start": only nodes of DWS have a run limit, got ${quote(maxRunDuration)}`,
      };
    if (provisioning === "on-demand" || provisioning === "reservation")
      return {
        path: "maxRunDuration",
        message: `must be left out for provisioning ${quote(provisioning)}: only nodes of DWS have a run limit, got ${quote(maxRunDuration)}; bound a task with @task(timeout=…)`,
      };
    return undefined;
  },
  ({ maxRunDuration }) => durationProblem("maxRunDuration", maxRunDuration, DAYS_7, "7 days"),
  ({ validUntil }) => durationProblem("validUntil", validUntil, DAYS_90, "90 days"),
];

const onlyQueued: readonly FlavorRule[] = (["validUntil", "retry", "pinToRequest"] as const).map(
  (field): FlavorRule =>
    (flavor) =>
      flavor.provisioning === "queued" || flavor[field] === undefined
        ? undefined
        : {
            path: field,
            message: `must be left out for provisioning ${quote(flavor.provisioning)}: it is about provisioning requests, which only "queued" makes`,
          },
);

const onlyUpgraded: readonly FlavorRule[] = [
  ({ provisioning, extendedRunTime }) =>
    extendedRunTime === undefined || hasNodeUpgrades(provisioning)
      ? undefined
      : {
          path: "extendedRunTime",
          message: `must be left out for provisioning ${quote(provisioning)}: it keeps node upgrades away, which only "on-demand" and "reservation" have; nodes of DWS are not upgraded while they run, and GKE refuses it on spot`,
        },
];

/** An AdmissionCheck refers to its configuration, which has its name, by 63 characters at most (Kueue's CRD). */
const checkNames: readonly FlavorRule[] = [
  (flavor, name) => {
    if (flavor.provisioning !== "queued" || !gpuOf(flavor.gpu)) return undefined;
    const check = checkName(name, flavor);
    return check.length <= LABEL_LIMIT
      ? undefined
      : {
          path: "",
          message: `must give an AdmissionCheck name of at most ${LABEL_LIMIT} characters, got ${quote(check)} with ${check.length}; shorten the flavor`,
        };
  },
];

const retries: readonly FlavorRule[] = [
  ({ retry }) =>
    !retry || wholeNumber(retry.limit, 0, 10)
      ? undefined
      : {
          path: "retry",
          message: `must have a limit of 0 to 10, got ${retry.limit}; Flyte itself tries again after that`,
        },
  ({ retry }) =>
    !retry ||
    (wholeNumber(retry.baseSeconds, 1, 86_400) && wholeNumber(retry.maxSeconds, retry.baseSeconds, 86_400))
      ? undefined
      : {
          path: "retry",
          message: `must have baseSeconds from 1 and maxSeconds from baseSeconds to 86400, got ${retry.baseSeconds} and ${retry.maxSeconds}`,
        },
];

const reservations: readonly FlavorRule[] = [
  ({ provisioning, ladder, reservation }) => {
    if (reservation !== undefined) return undefined;
    if (provisioning === "reservation")
      return { path: "reservation", message: 'must name the reservation for provisioning "reservation"' };
    if (provisioning === "ladder" && ladder?.includes("reservation"))
      return {
        path: "reservation",
        message: 'must name the reservation for the step "reservation" of the ladder',
      };
    return undefined;
  },
  ({ provisioning, ladder, reservation }) => {
    if (reservation === undefined || provisioning === "reservation") return undefined;
    if (provisioning === "ladder" && ladder?.includes("reservation")) return undefined;
    const reason =
      provisioning === "queued"
        ? "a ProvisioningRequest cannot take nodes out of a reservation, GKE refuses the pair"
        : provisioning === "flex-start"
          ? "flex-start cannot take nodes out of a reservation, GKE refuses the pair"
          : "it is not used";
    return {
      path: "reservation",
      message: `must be left out for provisioning ${quote(provisioning)}: ${reason}; use "reservation", or a "ladder" whose first step it is`,
    };
  },
  ({ reservation }) =>
    reservation === undefined || /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(reservation)
      ? undefined
      : {
          path: "reservation",
          message: `must be the name of a reservation: 1 to 63 lower-case letters, digits and hyphens, got ${quote(reservation)}`,
        },
];

const ladders: readonly FlavorRule[] = [
  ({ provisioning, ladder }) => {
    if (provisioning === "ladder" || ladder === undefined) return undefined;
    const reason =
      provisioning === "queued"
        ? "a ladder is a ComputeClass, and GKE has no ProvisioningRequest for one"
        : "only a ladder has steps";
    return {
      path: "ladder",
      message: `must be left out for provisioning ${quote(provisioning)}: ${reason}; use provisioning "ladder" alone`,
    };
  },
  ({ provisioning, ladder = [] }) => {
    if (provisioning !== "ladder") return undefined;
    const unknown = (ladder as readonly string[]).find((step) => !isLadderStep(step));
    if (unknown === "queued")
      return {
        path: "ladder",
        message: `must be made of ${list(ladderSteps)}, got "queued"; a ladder is a ComputeClass, and GKE has no ProvisioningRequest for one`,
      };
    if (unknown !== undefined) return { path: "ladder", message: notOneOf(ladderSteps, unknown) };
    const twice = ladder.find((step, index) => ladder.indexOf(step) !== index);
    if (twice) return { path: "ladder", message: `must have each step once, got ${quote(twice)} twice` };
    if (ladder.length < 2)
      return {
        path: "ladder",
        message: `must have at least two steps, got ${ladder.length}; with one way only, make it the provisioning`,
      };
    if (ladder.indexOf("reservation") > 0)
      return {
        path: "ladder",
        message: `must begin with "reservation" when it has that step: it is paid for in any case, got ${list(ladder)}`,
      };
    return undefined;
  },
  ({ provisioning }, name) =>
    provisioning === "ladder" && /^(gke|autopilot)/.test(name)
      ? {
          path: "",
          message: `must not begin with "gke" or "autopilot": a ladder's ComputeClass has its name, and GKE keeps those for itself`,
        }
      : undefined,
];

const flavorRules = [
  ...known,
  ...hardware,
  ...runLimits,
  ...onlyUpgraded,
  ...onlyQueued,
  ...checkNames,
  ...retries,
  ...reservations,
  ...ladders,
];

export const flavorQueueRule: QueueRule = ({ flavors }) =>
  eachEntry("flavors", flavors, (flavor, name) => flavorRules.map((rule) => rule(flavor, name)));

/** GKE's own name of a GPU is a likely guess. */
function unknownGpu(gpu: string): string {
  const [key] = Object.entries(gpus).find(([, { accelerator }]) => accelerator === gpu) ?? [];
  const message = notOneOf(Object.keys(gpus), gpu);
  return key ? `${message}; did you mean ${quote(key)}?` : message;
}

function isLadderStep(step: string): step is LadderStep {
  return (ladderSteps as readonly string[]).includes(step);
}

function durationProblem(path: keyof Flavor, text: string | undefined, most: number, mostText: string) {
  if (text === undefined) return undefined;
  const seconds = durationSeconds(text);
  if (seconds !== undefined && seconds >= MINUTES_10 && seconds <= most) return undefined;
  return {
    path,
    message: `must be 10 minutes to ${mostText}, written like "90m", "12h" or "7d", got ${quote(text)}`,
  };
}
