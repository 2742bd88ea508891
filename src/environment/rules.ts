import { accessRules } from "./rules/access";
import { bucketRules } from "./rules/buckets";
import { clusterRules } from "./rules/cluster";
import { dataRules } from "./rules/data";
import { flyteRules } from "./rules/flyte";
import { githubRules } from "./rules/github";
import { helmValueRules } from "./rules/helm-values";
import { ignoredRules } from "./rules/ignored";
import { imageRules } from "./rules/images";
import { limitRules } from "./rules/limits";
import { maintenanceRules } from "./rules/maintenance";
import { nameRules } from "./rules/names";
import { namespaceRules } from "./rules/namespaces";
import { networkRules } from "./rules/network";
import { peopleRules } from "./rules/people";
import { queueRules } from "./rules/queues";
import type { Rule } from "./rules/rule";
import { scheduleRules } from "./rules/schedule";
import { signInRules } from "./rules/sign-in";
import { teamAccessRules } from "./rules/team-access";
import { volumeRules } from "./rules/volumes";

export { clashes, type Readable } from "./rules/across";
export { risks } from "./rules/risks";
export type { Rule } from "./rules/rule";

/** What every environment must satisfy beyond the shape of its values, in the order of the problems. */
export const rules: readonly Rule[] = [
  ...nameRules,
  ...bucketRules,
  ...githubRules,
  ...networkRules,
  ...clusterRules,
  ...maintenanceRules,
  ...dataRules,
  ...scheduleRules,
  ...queueRules,
  ...peopleRules,
  ...volumeRules,
  ...teamAccessRules,
  ...namespaceRules,
  ...flyteRules,
  ...helmValueRules,
  ...accessRules,
  ...signInRules,
  ...imageRules,
  ...limitRules,
  ...ignoredRules,
];
