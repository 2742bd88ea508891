import type { AddOnSections } from "../../../constructs/addons/all";
import { group, optional } from "./kinds";

/** One section for each add-on that there is; the add-on says what its section holds. */
export const addOns = group({
  ray: optional(group({}), {
    meaning:
      "GKE's Ray operator, and Flyte's Ray tasks: each becomes a RayJob. Without it a Ray task runs as one plain pod. Not yet tried on GKE; the network policies between namespaces may keep the operator from Ray's head.",
    default: "off",
    change: "In place; new pods of Flyte.",
    example: "{}",
  }),
} satisfies Record<keyof AddOnSections, unknown>);
