/** A Cloud DNS zone, as a record set names it. */
export interface DnsZone {
  readonly project: string;
  readonly managedZone: string;
}

/** A zone's name, or `projects/<project>/managedZones/<name>`. */
export const DNS_ZONE =
  /^(?:projects\/([a-z][a-z0-9-]{4,28}[a-z0-9])\/managedZones\/)?([a-z][a-z0-9-]{0,62})$/;

/** @param project Whose the zone is when it is given by its name alone. */
export function zoneOf(dnsZone: string, project: string): DnsZone {
  const [, owner = project, managedZone = dnsZone] = DNS_ZONE.exec(dnsZone) ?? [];
  return { project: owner, managedZone };
}

/** @param prop How the caller names the value. */
export function dnsZoneProblem(dnsZone: string, prop = "dnsZone"): string {
  return `${prop} must be the name of a Cloud DNS zone, or "projects/<project>/managedZones/<name>", got ${JSON.stringify(dnsZone)}`;
}
