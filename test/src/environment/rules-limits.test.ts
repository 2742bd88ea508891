import { problemsFor } from "./support";

const many = (count: number, value: (index: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value(index)]));
const exclusion = (scope: string) => () => ({
  startTime: "2026-12-18T00:00:00Z",
  endTime: "2026-12-20T00:00:00Z",
  scope,
});
const flavored = {
  flavors: { l4: { gpu: "l4", provisioning: "spot" } },
  teams: { research: { projects: ["vision"], cpu: 32, memoryGib: 128, gpus: { l4: 1 } } },
};

// At the limit, and one above.
test.each<[string, number, (count: number) => Record<string, unknown>, string]>([
  [
    "labels",
    61,
    (count) => ({ labels: many(count, () => "v") }),
    "labels must be at most 61, got 62; Google takes 64, and 3 are there by themselves",
  ],
  [
    "labels, one of which is written in place of our own",
    62,
    (count) => ({ labels: { environment: "x", ...many(count - 1, () => "v") } }),
    "labels must be at most 62, got 63; Google takes 64, and 2 are there by themselves",
  ],
  [
    "authorised networks",
    100,
    (count) => ({ cluster: { controlPlane: { authorizedNetworks: many(count, (i) => `203.0.${i}.0/24`) } } }),
    "cluster.controlPlane.authorizedNetworks must be at most 100, got 101; join neighbouring ranges into larger ones, or use cluster.controlPlane.dnsEndpoint",
  ],
  [
    "notification channels",
    16,
    (count) => ({
      queues: flavored,
      monitoring: {
        notificationChannels: many(count, (i) => `projects/acme-demo/notificationChannels/${i}`),
      },
    }),
    "monitoring.notificationChannels must be at most 16, got 17; let one channel of a team's own tool tell the others",
  ],
  [
    "exclusions",
    20,
    (count) => ({ cluster: { maintenance: { exclusions: many(count, exclusion("NO_MINOR_UPGRADES")) } } }),
    "cluster.maintenance.exclusions must be at most 20, got 21; take out those that are over",
  ],
  [
    "exclusions of everything",
    3,
    (count) => ({ cluster: { maintenance: { exclusions: many(count, exclusion("NO_UPGRADES")) } } }),
    'cluster.maintenance.exclusions must be at most 3 with scope "NO_UPGRADES", got 4; take out those that are over, or use "NO_MINOR_UPGRADES"',
  ],
  [
    "days that hourly backups are kept",
    15,
    (retainDays) => ({ backup: { cron: "0 * * * *", retainDays } }),
    'backup.retainDays must be at most 15 with backup.cron "0 * * * *", got 16; Google keeps backups for 360 times the time between two',
  ],
])("fails for more %s than %d", (_, most, changes, problem) => {
  expect(problemsFor(changes(most))).toEqual([]);
  expect(problemsFor(changes(most + 1))).toEqual([problem]);
});

test.each([["0 3 * * *"], ["30 1 1,15 * *"], ["0 3 * * 1-5"], ["0 3 29 2 *"], ["0 2 * */2 0"]])(
  "backups may start at %j",
  (cron) => expect(problemsFor({ backup: { cron, retainDays: 360 } })).toEqual([]),
);
