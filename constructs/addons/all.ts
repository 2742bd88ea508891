import { flyteControlPlanePorts } from "../flyte/control-plane-ports";
import { kueueControlPlanePorts } from "../kueue/controller/control-plane-ports";
import { type AddOn, type AddOnSum, sumOf } from "./add-on";
import { ray, type RaySection } from "./ray/ray";

/** What an environment says of its add-ons: one that is not named is off. */
export interface AddOnSections {
  readonly ray?: RaySection;
}

type Key = keyof AddOnSections;

/** Every add-on by its key. */
const addOns: { readonly [K in Key]-?: (section: NonNullable<AddOnSections[K]>) => AddOn } = { ray };

/** What Kueue, Flyte and the add-ons that are on say together. */
export function sumOfAddOns(sections: AddOnSections): AddOnSum {
  return sumOf([
    { controlPlanePorts: kueueControlPlanePorts },
    { controlPlanePorts: flyteControlPlanePorts },
    ...addOnsOf(sections),
  ]);
}

/** Those that are on, in the order of `addOns`, whatever the order in the environment's file. */
export function addOnsOf(sections: AddOnSections): readonly AddOn[] {
  return (Object.keys(addOns) as Key[]).flatMap((key) => addOnOf(key, sections));
}

function addOnOf<K extends Key>(key: K, sections: AddOnSections): readonly AddOn[] {
  const section = sections[key];
  return section === undefined ? [] : [addOns[key](section)];
}
