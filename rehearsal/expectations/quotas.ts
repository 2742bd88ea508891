import { spoken } from "../objects/time";
import type { Result } from "../story/result";
import type { Check } from "./check";
import { gpuHours, levelAt, usage, usedFlavors } from "./usage";

/** Two watches tell of the same moment apart; less than this, really, is no finding. */
const NOISE_REAL_MS = 3_000;

const noise = ({ scenario }: Result) => NOISE_REAL_MS * scenario.hoursPerMinute * 60;

/** Moments from which on, for longer than the noise, more is held than allowed. */
function excesses(result: Result, flavor: string, teams: readonly string[], limit: number): string[] {
  const steps = usage(result, flavor, teams);
  return steps.flatMap(({ at, gpus }, index) => {
    const until = steps[index + 1]?.at ?? result.lasted;
    return gpus > limit && until - at > noise(result)
      ? [`${teams.join(" and ")} held ${gpus} of ${limit} GPUs of ${flavor} at ${spoken(at)}`]
      : [];
  });
}

function borrowedShares(result: Result, flavor: string): { team: string; share: number; due: number }[] {
  const teams = result.model.teams.filter(({ gpus }) => flavor in gpus);
  const waits = (team: string, at: number) =>
    result.stories.some(({ task, attempts }) => {
      const waiting = attempts.some(
        ({ submitted, reserved = result.lasted }) => submitted < at && at < reserved,
      );
      return task.team === team && task.flavor === flavor && waiting;
    });
  const held = teams.map(({ name }) => usage(result, flavor, [name]));
  const borrowed = teams.map(() => 0);
  const samples = 200;
  for (let sample = 0; sample < samples; sample++) {
    const at = (result.lasted * (sample + 0.5)) / samples;
    const contenders = teams.map(({ name }) => waits(name, at));
    if (contenders.filter(Boolean).length < 2) continue;
    teams.forEach(({ name, gpus }, index) => {
      const over = levelAt(held[index] ?? [], at) - (gpus[flavor]?.nominal ?? 0);
      if (contenders[index] && name) borrowed[index] = (borrowed[index] ?? 0) + Math.max(0, over);
    });
  }
  const total = borrowed.reduce((sum, each) => sum + each, 0);
  const active = teams.flatMap((team, index) =>
    borrowed[index] ? [{ ...team, borrowed: borrowed[index] }] : [],
  );
  const weights = active.reduce((sum, { weight }) => sum + weight, 0);
  return active.map((team) => ({
    team: team.name,
    share: team.borrowed / total,
    due: team.weight / weights,
  }));
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

export const quotaChecks: {
  readonly "quotas-hold": Check<"quotas-hold">;
  readonly "idle-share-at-most": Check<"idle-share-at-most">;
  readonly "shares-by-weight": Check<"shares-by-weight">;
  readonly "goes-first": Check<"goes-first">;
} = {
  "quotas-hold": {
    sentence: () =>
      "no team holds more GPUs than its quota and what it may borrow, nor all more than there is",
    broken: (result) =>
      usedFlavors(result).flatMap((flavor) => {
        const teams = result.model.teams.filter(({ gpus }) => flavor in gpus);
        const all = teams.reduce((sum, { gpus }) => sum + (gpus[flavor]?.nominal ?? 0), 0);
        const own = teams.flatMap(({ name, gpus }) => {
          const { nominal = 0, borrowing = 0 } = gpus[flavor] ?? {};
          return excesses(result, flavor, [name], nominal + borrowing);
        });
        return [
          ...own,
          ...excesses(
            result,
            flavor,
            teams.map(({ name }) => name),
            all,
          ),
        ];
      }),
  },
  "idle-share-at-most": {
    sentence: ({ share }) => `at most ${percent(share)} of the GPU-hours of nodes are idle`,
    broken: (result, { share }) => {
      const { used, idle } = gpuHours(result);
      const got = idle / Math.max(used + idle, 1e-9);
      return got > share
        ? [`${percent(got)}: ${idle.toFixed(1)} of ${(used + idle).toFixed(1)} GPU-hours`]
        : [];
    },
  },
  "shares-by-weight": {
    sentence: ({ within }) => `what waiting teams borrow is within ${percent(within)} of their weights`,
    broken: (result, { within }) =>
      usedFlavors(result)
        .flatMap((flavor) => borrowedShares(result, flavor))
        .filter(({ share, due }) => Math.abs(share - due) > within)
        .map(({ team, share, due }) => `${team} got ${percent(share)}, its weight is ${percent(due)}`),
  },
  "goes-first": {
    sentence: ({ first, second }) => `no task of "${second}" gets quota while one of "${first}" waits for it`,
    broken: (result, { first, second }) => {
      const of = (group: string) =>
        result.stories.filter(({ task }) => task.group === group).flatMap(({ attempts }) => attempts);
      const waiting = (at: number) =>
        of(first).find(
          ({ known = Infinity, reserved = Infinity }) =>
            known + noise(result) < at && at + noise(result) < reserved,
        );
      return of(second).flatMap(({ pod, reserved }) => {
        const passed = reserved === undefined ? undefined : waiting(reserved);
        return passed ? [`${pod} got quota before ${passed.pod}`] : [];
      });
    },
  },
};
