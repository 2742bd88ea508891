import type { AdmissionPoliciesProps } from "./admission-policies";
import { cel } from "./admission-policy";

/** What the pods of tasks may run. */
export type AllowedImages = Pick<AdmissionPoliciesProps, "registries" | "images">;

/** The variables that {@link isForeign} reads. */
export function namesOf({ registries, images = [] }: AllowedImages): Readonly<Record<string, string>> {
  return { registries: cel(registries), ...(images.length > 0 && { singles: cel(images) }) };
}

/** Whether an image `i` is none of these, in CEL. */
export function isForeign({ images = [] }: AllowedImages): string {
  const listed = "!variables.registries.exists(r, i.startsWith(r))";
  return images.length > 0 ? `${listed} && !(i in variables.singles)` : listed;
}

/** What is said of images that are in the variable `foreign`. */
export function foreignImages(who: string): string {
  return `${who} + " must not run " + variables.foreign.join(", ") + "; push it to " + variables.registries[0] + ", or have its prefix added to policies.admission.registries"`;
}
