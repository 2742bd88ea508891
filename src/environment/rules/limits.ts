import { Netmask } from "netmask";
import type { Problem } from "../problems";
import { problemIf, type Rule, rule } from "./rule";

// How many of a thing Google takes. Said here, because Google says it some minutes into a deploy.

/** @see cloud.google.com/resource-manager/docs/labels-overview#requirements (2026-11) */
const mostLabels = 64;
/** Labels that are there beside those that are written: the provider's `goog-terraform-provisioned` is the third. */
const ownLabels = ["environment", "managed-by", "goog-terraform-provisioned"];
/** @see cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks (2026-11) */
const mostAuthorizedNetworks = 100;
/** @see cloud.google.com/monitoring/quotas: notification channels of one alerting policy (2026-11) */
const mostChannels = 16;

function tooMany(path: string, got: number, most: number, advice: string): Problem | undefined {
  return problemIf(got > most, path, `must be at most ${most}, got ${got}; ${advice}`);
}

function twice(path: string, entries: Readonly<Record<string, string>>): readonly (Problem | undefined)[] {
  const named = Object.entries(entries);
  return named.map(([name, value], index) => {
    const earlier = named.slice(0, index).find(([, other]) => other === value);
    return problemIf(
      earlier !== undefined,
      `${path}.${name}`,
      `must differ from ${path}.${earlier?.[0]}, got ${JSON.stringify(value)} again; take out one of them`,
    );
  });
}

export const limitRules: readonly Rule[] = [
  rule(["labels"], ({ labels }) => {
    const own = ownLabels.filter((label) => !(label in labels)).length;
    const most = mostLabels - own;
    const reason = `Google takes ${mostLabels}, and ${own} are there by themselves`;
    return tooMany("labels", Object.keys(labels).length, most, reason);
  }),
  rule(["cluster"], ({ cluster: { controlPlane } }) => {
    const path = "cluster.controlPlane.authorizedNetworks";
    const networks = controlPlane.authorizedNetworks;
    const advice = "join neighbouring ranges into larger ones, or use cluster.controlPlane.dnsEndpoint";
    return [
      tooMany(path, Object.keys(networks).length, mostAuthorizedNetworks, advice),
      ...twice(
        path,
        Object.fromEntries(
          Object.entries(networks).map(([name, cidr]) => [name, new Netmask(cidr).toString()]),
        ),
      ),
    ];
  }),
  rule(["monitoring"], ({ monitoring: { notificationChannels } }) => {
    const path = "monitoring.notificationChannels";
    const advice = "let one channel of a team's own tool tell the others";
    return [
      tooMany(path, Object.keys(notificationChannels).length, mostChannels, advice),
      ...twice(path, notificationChannels),
    ];
  }),
];
