/** A rectangle that something was drawn in. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a thing is about; becomes its colour, in the light and in the dark. */
export type Tone = "people" | "network" | "compute" | "data" | "keys" | "gpu" | "plain";

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly className?: string;
  readonly anchor?: "start" | "middle" | "end";
}

/** A drawing in progress: shapes in the order of drawing, and where the named ones lie. */
export class Sheet {
  private readonly parts: string[] = [];
  private readonly places = new Map<string, Place>();

  /** Where a named thing was drawn, or nothing when the drawing has no such thing. */
  place(name: string): Place | undefined {
    return this.places.get(name);
  }

  name(name: string | undefined, place: Place): void {
    if (name !== undefined) this.places.set(name, place);
  }

  box({ x, y, width, height }: Place, className: string, radius = 8): void {
    this.parts.push(
      `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="${radius}" class="${className}"/>`,
    );
  }

  text(x: number, y: number, content: string, { size, bold, className, anchor }: TextStyle): void {
    const attributes = [
      `x="${at(x)}" y="${at(y)}" font-size="${size}"`,
      bold && 'font-weight="600"',
      className && `class="${className}"`,
      anchor && anchor !== "start" && `text-anchor="${anchor}"`,
    ];
    this.parts.push(`<text ${attributes.filter(Boolean).join(" ")}>${escaped(content)}</text>`);
  }

  path(d: string, className: string, marker = false): void {
    this.parts.push(`<path d="${d}" class="${className}"${marker ? ' marker-end="url(#tip)"' : ""}/>`);
  }

  /** The whole picture. `label` says in words what it shows. */
  svg(width: number, height: number, label: string, className: string): string {
    return (
      `<svg class="${className}" viewBox="0 0 ${at(width)} ${at(height)}" role="img" aria-label="${escaped(label)}">` +
      `${this.parts.join("")}</svg>`
    );
  }
}

export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/**
 * An upper bound of a text's width in px. The page uses the reader's own font; the widest of the usual ones
 * (DejaVu Sans) decides, so that what fits here fits everywhere.
 */
export function widthOf(text: string, { size, bold = false }: TextStyle): number {
  let ems = 0;
  for (const letter of text) ems += emsOf(letter);
  return ems * size * (bold ? 1.1 : 1.02);
}

function emsOf(letter: string): number {
  if ("ijl.,:;'|!".includes(letter)) return 0.34;
  if ("ftr()[]-/ ·".includes(letter)) return 0.42;
  if ("mwMW@%…×".includes(letter)) return 0.98;
  if (/[A-Z]/.test(letter)) return 0.72;
  return 0.64;
}

/** Breaks a text into lines that fit. Long names break after a hyphen, slash, dot or @, or where they must. */
export function wrapped(text: string, width: number, style: TextStyle): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.split(/(?<= )|(?<=[-/.@,])(?=[^ ])/)) {
    if (widthOf((line + piece).trimEnd(), style) <= width) {
      line += piece;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trimEnd());
    line = piece;
    while (widthOf(line.trimEnd(), style) > width && line.length > 1) {
      let length = line.length - 1;
      while (length > 1 && widthOf(line.slice(0, length), style) > width) length--;
      lines.push(line.slice(0, length));
      line = line.slice(length);
    }
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines;
}

/** A coordinate, short. */
export const at = (value: number) => String(Math.round(value * 10) / 10);
