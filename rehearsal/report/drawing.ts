import { spoken } from "../objects/time";

/** Pixels of a moment. */
export type Scale = (at: number) => number;

export function linear(domain: number, from: number, to: number): Scale {
  return (at) => Number((from + ((to - from) * Math.min(at, domain)) / Math.max(domain, 1)).toFixed(1));
}

const MINUTE = 60_000;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE);

/** Round moments, eight or so. */
export function ticks(lasted: number): number[] {
  const step = steps.find((each) => lasted / each <= 10) ?? lasted;
  return Array.from({ length: Math.floor(lasted / step) + 1 }, (_, index) => index * step);
}

export function axis(x: Scale, lasted: number, top: number, bottom: number): string {
  const marks = ticks(lasted).map(
    (at) =>
      `<line x1="${x(at)}" x2="${x(at)}" y1="${top}" y2="${bottom}"/><text x="${x(at)}" y="${top - 7}">${at === 0 ? "0" : spoken(at)}</text>`,
  );
  return `<g class="axis">${marks.join("")}</g>`;
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
