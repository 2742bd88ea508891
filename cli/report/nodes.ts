import { type Sheet, type TextStyle, type Tone, widthOf, wrapped } from "./svg";

/** Something that can be laid out in a width, and then drawn at a place. */
export interface Node {
  layout(width: number): Laid;
}

export interface Laid {
  readonly height: number;
  draw(sheet: Sheet, x: number, y: number): void;
}

const PAD = 12;
const title: TextStyle = { size: 13, bold: true };
const line: TextStyle = { size: 11.5, className: "soft" };
const chip: TextStyle = { size: 11 };
const LINE = 16;

/** A thing: what it is, its name, and what is worth knowing about it. */
export function card(props: {
  readonly name?: string;
  readonly tone: Tone;
  readonly title: string;
  readonly lines?: readonly string[];
  /** Short remarks, in a frame of their own. */
  readonly chips?: readonly string[];
}): Node {
  return {
    layout(width) {
      const inner = width - 2 * PAD;
      const titles = wrapped(props.title, inner, title);
      const lines = (props.lines ?? []).flatMap((text) => wrapped(text, inner, line));
      const remarks = chips(props.chips ?? [], props.tone).layout(inner);
      const textHeight = titles.length * 17 + lines.length * LINE;
      const height = PAD + textHeight + (remarks.height > 0 ? remarks.height + 6 : 0) + PAD - 4;
      return {
        height,
        draw(sheet, x, y) {
          sheet.name(props.name, { x, y, width, height });
          sheet.box({ x, y, width, height }, `card ${props.tone}`);
          let baseline = y + PAD + 10;
          for (const text of titles) {
            sheet.text(x + PAD, baseline, text, title);
            baseline += 17;
          }
          for (const text of lines) {
            sheet.text(x + PAD, baseline, text, line);
            baseline += LINE;
          }
          remarks.draw(sheet, x + PAD, y + PAD + textHeight + 4);
        },
      };
    },
  };
}

/** Short texts in small frames, as many to a line as fit. */
export function chips(texts: readonly string[], tone: Tone): Node {
  return {
    layout(width) {
      const rows: { text: string; left: number; size: number }[][] = [];
      let left = Number.POSITIVE_INFINITY;
      for (const text of texts.flatMap((each) => wrapped(each, width - 14, chip))) {
        const size = widthOf(text, chip) + 14;
        if (left + size > width) {
          rows.push([]);
          left = 0;
        }
        rows.at(-1)?.push({ text, left, size });
        left += size + 6;
      }
      return {
        height: rows.length === 0 ? 0 : rows.length * 24 - 4,
        draw(sheet, x, y) {
          for (const [index, row] of rows.entries()) {
            for (const { text, left: offset, size } of row) {
              sheet.box({ x: x + offset, y: y + index * 24, width: size, height: 20 }, `chip ${tone}`, 10);
              sheet.text(x + offset + size / 2, y + index * 24 + 14, text, { ...chip, anchor: "middle" });
            }
          }
        },
      };
    },
  };
}

/** A frame with a heading around other things. */
export function group(
  props: {
    readonly name?: string;
    readonly tone: Tone;
    readonly title: string;
    readonly lines?: readonly string[];
  },
  ...children: readonly Node[]
): Node {
  const content = stack(...children);
  return {
    layout(width) {
      const inner = width - 2 * PAD;
      const titles = wrapped(props.title, inner, title);
      const lines = (props.lines ?? []).flatMap((text) => wrapped(text, inner, line));
      const head = PAD + titles.length * 17 + lines.length * LINE + 4;
      const laid = content.layout(inner);
      const height = head + laid.height + PAD;
      return {
        height,
        draw(sheet, x, y) {
          sheet.name(props.name, { x, y, width, height });
          sheet.box({ x, y, width, height }, `group ${props.tone}`, 12);
          let baseline = y + PAD + 10;
          for (const text of titles) {
            sheet.text(x + PAD, baseline, text, title);
            baseline += 17;
          }
          for (const text of lines) {
            sheet.text(x + PAD, baseline, text, line);
            baseline += LINE;
          }
          laid.draw(sheet, x + PAD, y + head);
        },
      };
    },
  };
}

const GAP = 10;

/** Nothing, for an arrow to run through. */
export function space(height: number): Node {
  return { layout: () => ({ height, draw: () => undefined }) };
}

/** One below the other. */
export function stack(...children: readonly Node[]): Node {
  return {
    layout(width) {
      const laid = children.map((child) => child.layout(width)).filter(({ height }) => height > 0);
      return {
        height: laid.reduce((sum, { height }) => sum + height + GAP, 0) - (laid.length > 0 ? GAP : 0),
        draw(sheet, x, y) {
          let top = y;
          for (const each of laid) {
            each.draw(sheet, x, top);
            top += each.height + GAP;
          }
        },
      };
    },
  };
}

/** Side by side in columns of equal width; in several rows where a column would be narrower than `least`. */
export function columns(least: number, ...children: readonly Node[]): Node {
  return {
    layout(width) {
      const fit = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
      // As even as possible: four in a space for three become two and two.
      const rows = Math.ceil(children.length / fit);
      const count = Math.max(1, Math.ceil(children.length / Math.max(1, rows)));
      const each = (width - (count - 1) * GAP) / count;
      const lines: Laid[][] = [];
      for (let first = 0; first < children.length; first += count) {
        lines.push(children.slice(first, first + count).map((child) => child.layout(each)));
      }
      const heights = lines.map((laid) => Math.max(0, ...laid.map(({ height }) => height)));
      return {
        height: heights.reduce((sum, height) => sum + height + GAP, 0) - (heights.length > 0 ? GAP : 0),
        draw(sheet, x, y) {
          let top = y;
          for (const [index, laid] of lines.entries()) {
            for (const [column, cell] of laid.entries()) cell.draw(sheet, x + column * (each + GAP), top);
            top += (heights[index] ?? 0) + GAP;
          }
        },
      };
    },
  };
}
