import { inflateSync } from "node:zlib";

/** How often each colour is in a picture of 8 bits a channel, as `#rrggbb`. */
export function colours(png: Buffer): Map<string, number> {
  const width = png.readUInt32BE(16);
  const channels = png[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString("ascii", at + 4, at + 8) === "IDAT") data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const pixels = unfiltered(inflateSync(Buffer.concat(data)), width * channels, channels);
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += channels) {
    const colour = pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return new Map([...counts].map(([colour, count]) => [`#${colour.toString(16).padStart(6, "0")}`, count]));
}

/** Undoes the prediction of each line: none, left, up, average, Paeth. */
function unfiltered(raw: Buffer, stride: number, channels: number): Buffer {
  const lines = raw.length / (stride + 1);
  const out = Buffer.alloc(lines * stride);
  for (let line = 0; line < lines; line++) {
    const filter = raw[line * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const at = line * stride + x;
      const left = x < channels ? 0 : out[at - channels]!;
      const up = line === 0 ? 0 : out[at - stride]!;
      const corner = x < channels || line === 0 ? 0 : out[at - stride - channels]!;
      out[at] = raw[line * (stride + 1) + 1 + x]! + prediction(filter, left, up, corner);
    }
  }
  return out;
}

function prediction(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? paeth(left, up, corner) : 0;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const a = Math.abs(estimate - left);
  const b = Math.abs(estimate - up);
  const c = Math.abs(estimate - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
