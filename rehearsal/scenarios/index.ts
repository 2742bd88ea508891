import { attacks } from "./attacks";
import { drain } from "./drain";
import { fairShare } from "./fair-share";
import { faults } from "./faults";
import { firstGpu } from "./first-gpu";
import { gang, gangLabels, gangPreempted } from "./gangs";
import { mapTask } from "./map-task";
import { priorities } from "./priorities";
import { ray } from "./ray";
import { scarce } from "./scarce";
import { refusals } from "./refusals";
import type { Scenario } from "./scenario";
import { spot } from "./spot";
import { twoTeams } from "./two-teams";
import { volumes } from "./volumes";

/** Your own goes here. */
export const scenarios: readonly Scenario[] = [
  firstGpu,
  refusals,
  attacks,
  twoTeams,
  fairShare,
  scarce,
  priorities,
  mapTask,
  spot,
  faults,
  drain,
  gang,
  gangPreempted,
  gangLabels,
  ray,
  volumes,
];
