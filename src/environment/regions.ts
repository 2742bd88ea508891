/**
 * Google Cloud's regions, and which of the scarcer GPUs of the catalogue each has. T4 and RTX PRO 6000 are not told of.
 *
 * Pure data, as of 2026-11. It goes out of date, so what is not in it is only warned about, never refused.
 *
 * @see cloud.google.com/compute/docs/regions-zones, cloud.google.com/compute/docs/gpus/gpu-regions-zones; read from the
 *   machine types and prices that Google lists, as collected in github.com/skypilot-org/skypilot-catalog (v8, gcp)
 */
export const gpusByRegion: Readonly<Record<string, readonly string[]>> = {
  "africa-south1": [],
  "asia-east1": ["l4", "h100-80gb"],
  "asia-east2": [],
  "asia-northeast1": ["l4", "a100-40gb", "h100-80gb", "h100-mega-80gb", "b200"],
  "asia-northeast2": [],
  "asia-northeast3": ["l4", "a100-40gb", "h100-80gb", "h100-mega-80gb"],
  "asia-south1": ["l4", "h100-80gb", "h100-mega-80gb", "h200-141gb"],
  "asia-south2": ["h100-80gb", "h200-141gb"],
  "asia-southeast1": ["l4", "a100-40gb", "a100-80gb", "h100-80gb", "h100-mega-80gb", "b200"],
  "asia-southeast2": [],
  "asia-southeast3": [],
  "australia-southeast1": ["h100-80gb", "h100-mega-80gb"],
  "australia-southeast2": [],
  "europe-central2": [],
  "europe-north1": ["h100-80gb", "b200"],
  "europe-north2": [],
  "europe-southwest1": [],
  "europe-west1": ["l4", "h100-80gb", "h100-mega-80gb", "h200-141gb"],
  "europe-west2": ["l4", "h100-80gb"],
  "europe-west3": ["l4", "h100-80gb", "h100-mega-80gb"],
  "europe-west4": ["l4", "a100-40gb", "a100-80gb", "h100-80gb", "h100-mega-80gb", "h200-141gb", "b200"],
  "europe-west6": ["l4"],
  "europe-west8": [],
  "europe-west9": ["h100-80gb"],
  "europe-west10": [],
  "europe-west12": [],
  "me-central1": [],
  "me-central2": ["l4"],
  "me-west1": ["a100-40gb"],
  "northamerica-northeast1": ["l4"],
  "northamerica-northeast2": ["l4", "h100-80gb", "h100-mega-80gb"],
  "northamerica-south1": [],
  "southamerica-east1": [],
  "southamerica-west1": [],
  "us-central1": ["l4", "a100-40gb", "a100-80gb", "h100-80gb", "h100-mega-80gb", "h200-141gb", "b200"],
  "us-east1": ["l4", "a100-40gb", "b200"],
  "us-east4": ["l4", "a100-80gb", "h100-80gb", "h100-mega-80gb", "h200-141gb", "b200"],
  "us-east5": ["a100-80gb", "h100-80gb", "h100-mega-80gb", "h200-141gb"],
  "us-south1": ["h200-141gb", "b200"],
  "us-west1": ["l4", "a100-40gb", "h100-80gb", "h100-mega-80gb", "h200-141gb"],
  "us-west2": ["b200"],
  "us-west3": ["a100-40gb", "b200"],
  "us-west4": ["l4", "a100-40gb", "h100-80gb", "h100-mega-80gb"],
};
