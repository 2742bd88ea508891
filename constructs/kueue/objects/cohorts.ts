import type { Manifest } from "../../kubernetes/manifest";
import { byName } from "../../kubernetes/manifest";
import { KUEUE_API, ROOT_COHORT } from "../names";
import type { Queues } from "../types";

/** One cohort a team, which holds its share, below one for all: quota is lent within the team first, then between teams. */
export function cohorts({ teams }: Pick<Queues, "teams">): Manifest[] {
  return [
    cohort(ROOT_COHORT, {}),
    ...byName(teams).map(([name, { weight = 1 }]) =>
      cohort(name, { parentName: ROOT_COHORT, fairSharing: { weight: String(weight) } }),
    ),
  ];
}

function cohort(name: string, spec: object): Manifest {
  return { apiVersion: KUEUE_API, kind: "Cohort", metadata: { name }, spec };
}
