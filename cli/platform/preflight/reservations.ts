import type { Environment } from "../../../src/environment/define";
import type { Context } from "../context";
import { type Finding, found, refused } from "./finding";
import { unlessMissing } from "./unless-missing";

interface Reservations {
  readonly items?: Readonly<
    Record<string, { readonly reservations?: readonly { readonly name?: string; readonly zone?: string }[] }>
  >;
}

/** Capacity that flavors name: without it their tasks wait for ever, and no deploy says so. */
export async function checkReservations(
  { google }: Context,
  { project, region, queues }: Environment,
): Promise<readonly Finding[]> {
  const named = Object.entries(queues.flavors).flatMap(([flavor, { reservation }]) =>
    reservation === undefined ? [] : [{ flavor, reservation }],
  );
  if (named.length === 0) return [];
  const answer = await unlessMissing(
    google.request<Reservations>({
      product: "compute",
      path: `projects/${project}/aggregated/reservations`,
      query: { returnPartialSuccess: "true" },
    }),
  );
  if (typeof answer === "string") return [];
  const there = Object.values(answer.items ?? {})
    .flatMap(({ reservations = [] }) => reservations)
    .filter(({ zone = "" }) => zone.replace(/^.*\//, "").startsWith(`${region}-`))
    .map(({ name }) => name);
  return named.map(({ flavor, reservation }) => {
    const subject = `reservation "${reservation}" of flavor ${flavor}`;
    if (there.includes(reservation)) return found(subject, `in ${region}`);
    return refused(
      subject,
      `is in no zone of ${region} in ${project}`,
      `gcloud compute reservations create ${reservation} --project ${project} --zone ${region}-ZONE --machine-type MACHINE --vm-count COUNT --require-specific-reservation; or correct queues.flavors.${flavor}.reservation`,
    );
  });
}
