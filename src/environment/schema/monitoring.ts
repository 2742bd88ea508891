import { defaulted, flag, group, mapOf, text, wholeNumber } from "./kinds";

export const monitoring = group({
  enabled: defaulted(flag(), true, {
    meaning:
      "Kueue's metrics in Cloud Monitoring, the dashboard `GPU queues`, and alerts on queues that stand still. Only where there are GPU flavors.",
    change: "In place.",
  }),
  notificationChannels: defaulted(
    mapOf(
      "notification channels by a name of your choice",
      text("a name of up to 40 lower-case letters, digits and hyphens", /^[a-z][a-z0-9-]{0,39}$/),
      text(
        'a channel such as "projects/acme-ml-prod/notificationChannels/1234567890"',
        /^projects\/[^/]+\/notificationChannels\/\d+$/,
      ),
    ),
    {},
    {
      meaning: "Who is told. Without one, an alert opens an incident that nobody hears of.",
      change: "In place.",
      example: '{ oncall: "projects/acme-ml-prod/notificationChannels/1234567890" }',
    },
  ),
  waitingHours: defaulted(wholeNumber(1, 24, "hours"), 12, {
    meaning: "How long a queue may stand still, while work waits in it, before somebody is told.",
    change: "In place.",
    source: "cloud.google.com/monitoring/alerts/using-promql",
  }),
});
