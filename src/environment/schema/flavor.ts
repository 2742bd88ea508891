import { gpus as catalogue } from "../../../constructs/kueue/gpus";
import { gpuAdvice, provisioningAdvice } from "./habits";
import { advised, defaulted, flag, group, listOf, oneOf, optional, required, wholeNumber } from "./kinds";
import { duration, label } from "./names";

const gpuNames = Object.keys(catalogue) as [string, ...string[]];

const provisionings = ["on-demand", "spot", "flex-start", "queued", "reservation", "ladder"] as const;

const retry = group({
  limit: required(wholeNumber(0, 10, "retries"), {
    meaning:
      "How often a failed request is made again before the task is rejected; Flyte then tries once more by itself.",
    change: "In place; touches no request.",
  }),
  baseSeconds: required(wholeNumber(1, 86_400, "seconds"), {
    meaning: "Pause before the first retry; it doubles with each. The quota is held meanwhile.",
    change: "In place; touches no request.",
  }),
  maxSeconds: required(wholeNumber(1, 86_400, "seconds"), {
    meaning: "The longest pause; not below `baseSeconds`.",
    change: "In place; touches no request.",
  }),
});

/** A kind of GPU and a way to get it. What its keys must satisfy together is judged by constructs/kueue/rules.ts. */
export const flavor = group({
  gpu: required(advised(gpuNames, gpuAdvice), {
    meaning: "Which GPU. `npm run gpus` prints the catalogue.",
    change: "In place for new tasks; running ones finish.",
    example: '"h100-80gb"',
  }),
  provisioning: required(advised(provisionings, provisioningAdvice), {
    meaning:
      "How its nodes come: `on-demand`; `spot` (cheap, taken away at any time); `flex-start` (DWS, one node, the pod waits for it); `queued` (DWS, all nodes of a task at once, the task waits in the queue); `reservation` (capacity you pay for already); `ladder` (several of these in order, the next when one has no capacity).",
    change: "In place; between `queued` or `ladder` and the others, drain first.",
  }),
  gpusPerNode: defaulted(wholeNumber(1, 16, "GPUs"), 1, {
    meaning: "GPUs of one node: the unit of quotas and of requests. Which counts exist depends on the GPU.",
    change: "In place for new tasks.",
  }),
  maxRunDuration: optional(duration(), {
    meaning:
      "After this time Google takes the nodes away: 10 minutes to 7 days. For `flex-start`, `queued`, and a ladder with a flex-start step.",
    default: "7 days",
    change:
      "In place. For `queued` add a second flavor instead: a change asks again for all tasks, running ones too, and stops those that get nothing.",
    example: '"12h"',
  }),
  reservation: optional(label(), {
    meaning: "The Compute Engine reservation to use. For `reservation`, and a ladder with that step.",
    change: "In place for new tasks.",
    example: '"a100-2026"',
  }),
  ladder: optional(
    listOf(
      'ways to get capacity ("reservation", "on-demand", "flex-start", "spot")',
      oneOf("reservation", "on-demand", "flex-start", "spot"),
    ),
    {
      meaning: "For `ladder`: the ways to get capacity, first choice first, at least two.",
      change: "In place for new tasks.",
      example: '["reservation", "on-demand", "flex-start"]',
    },
  ),
  validUntil: optional(duration(), {
    meaning:
      "For `queued`: stop waiting for capacity after this time, 10 minutes to 90 days; then `retry` applies.",
    default: "waits for as long as it takes",
    change: "As with `maxRunDuration` of a `queued` flavor.",
    example: '"2d"',
  }),
  retry: optional(retry, {
    meaning: "For `queued`: what follows when a request for capacity fails.",
    default: "3 retries, after 30 to 120 seconds",
    change: "In place; touches no request.",
    example: "{ limit: 3, baseSeconds: 30, maxSeconds: 120 }",
  }),
  extendedRunTime: optional(flag(), {
    meaning:
      'For `on-demand` and `reservation`: GKE\'s node upgrades and the autoscaler leave its tasks alone, for 7 days at most (`safe-to-evict: "false"`). GKE then gives each a node of its own, raises small requests, takes at most 50 different CPU requests in a cluster, and refuses `interruptible=True`. `false` is the way out where GKE should refuse it for a GPU: try it with one task.',
    default:
      "true; with false a node upgrade in the maintenance window ends a task, which Flyte starts again",
    change: "In place for new tasks.",
    source: "cloud.google.com/kubernetes-engine/docs/how-to/extended-duration-pods",
  }),
  pinToRequest: optional(flag(), {
    meaning:
      "For `queued`: let Kueue pin each pod to the nodes of its request. Only where GKE does not do it by itself.",
    default: "false",
    change: "In place; touches no request.",
  }),
});
