import { flyteControlPlanePorts } from "../flyte/control-plane-ports";
import { kueueControlPlanePorts } from "../kueue/controller/control-plane-ports";
import { type AddOn, type AddOnContext, type AddOnSum, sumOf } from "./add-on";
import { ray, type RaySection } from "./ray/ray";
import { refusedTasks } from "./tasks-without-add-on";
import { training, type TrainingSection } from "./training/training";
import { spark, type SparkSection } from "./spark/spark";

interface Sections {
  readonly training: TrainingSection;
  readonly ray: RaySection;
  readonly spark: SparkSection;
}

/** What an environment says of its add-ons: one that is not named is off. */
export type AddOnSections = Partial<Sections>;

type Key = keyof Sections;

/** Every add-on by its key. */
const addOns: { readonly [K in Key]: (section: Sections[K], context: AddOnContext) => AddOn } = {
  training,
  ray,
  spark,
};

/** For who asks only what does not depend on it. */
const plainContext: AddOnContext = {
  project: "",
  mirrors: {},
  releaseChannel: "REGULAR",
  queuedFlavors: [],
  tenants: [],
};

/** What Kueue, Flyte and the add-ons that are on say together. */
export function sumOfAddOns(sections: AddOnSections, context: AddOnContext = plainContext): AddOnSum {
  const on = addOnsOf(sections, context);
  const served = on.flatMap(({ flyte }) => Object.values(flyte?.taskTypes ?? {}).flat());
  return sumOf([
    { controlPlanePorts: kueueControlPlanePorts },
    { controlPlanePorts: flyteControlPlanePorts(context.secretsWebhook ?? false) },
    ...on,
    { flyte: { config: refusedTasks(served, Object.keys(addOns)) } },
  ]);
}

/** Those that are on, in the order of `addOns`, whatever the order in the environment's file. */
function addOnsOf(sections: AddOnSections, context: AddOnContext): readonly AddOn[] {
  return (Object.keys(addOns) as Key[]).flatMap((key) => addOnOf(key, sections[key], context));
}

function addOnOf<K extends Key>(key: K, section: Sections[K] | undefined, context: AddOnContext): AddOn[] {
  return section === undefined ? [] : [addOns[key](section, context)];
}
