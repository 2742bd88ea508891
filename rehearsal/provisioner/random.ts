import { createHash } from "node:crypto";

/** A number in (0, 1) that is the same for the same words in every rehearsal, whatever happens in between. */
export function draw(...words: readonly (string | number)[]): number {
  const hash = createHash("sha256").update(words.join("/")).digest();
  return (hash.readUInt32BE(0) + 0.5) / 2 ** 32;
}

/** A waiting time with this median and 95th percentile, log-normal: mostly short, sometimes very long. */
export function drawWait(median: number, p95: number, ...words: readonly (string | number)[]): number {
  const sigma = Math.log(p95 / median) / 1.645;
  return median * Math.exp(sigma * normal(...words));
}

/** How long something lives that ends once in `mean` on average. */
export function drawLife(mean: number, ...words: readonly (string | number)[]): number {
  return -mean * Math.log(draw(...words));
}

function normal(...words: readonly (string | number)[]): number {
  const radius = Math.sqrt(-2 * Math.log(draw(...words, "radius")));
  return radius * Math.cos(2 * Math.PI * draw(...words, "angle"));
}
