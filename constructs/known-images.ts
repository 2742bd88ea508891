import { operatorImage as sparkImage } from "./addons/spark/operator-chart";
import { trainingImages } from "./addons/training/training";
import { flyteImageNames } from "./flyte/images";
import { kueueImage } from "./kueue/controller/controller-values";
import { gateImage } from "./kueue/controller/webhook-gate";

/** Every image that the platform itself runs, whatever is switched on, by its whole name. */
export const knownImages: readonly string[] = [
  ...flyteImageNames,
  kueueImage,
  gateImage,
  ...trainingImages,
  sparkImage,
];
