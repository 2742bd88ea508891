import { at, type Place, Sheet, type TextStyle, type Tone, wrapped } from "./svg";

/** A row of a card on the left: some text, perhaps a bar, and the card on the right that it points to. */
export interface Row {
  readonly label: string;
  readonly detail: string;
  readonly to: string;
  readonly bar?: Bar;
}

/** A bar of up to three parts, in the same unit for the whole picture. */
export interface Bar {
  readonly kept: number;
  readonly lent: number;
  readonly borrowed: number;
  readonly of: number;
}

export interface LeftCard {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone: Tone;
  readonly rows: readonly Row[];
}

export interface RightCard {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone: Tone;
}

const PAD = 12;
const title: TextStyle = { size: 13, bold: true };
const line: TextStyle = { size: 11.5, className: "soft" };
const label: TextStyle = { size: 12 };

/** Who points to what: cards with rows on the left, cards on the right, a curve for each row between them. */
export function linksWide(
  left: readonly LeftCard[],
  right: readonly RightCard[],
  width: number,
  words: string,
): string {
  const sheet = new Sheet();
  const [leftWidth, rightWidth] = [width * 0.48, width * 0.34];
  const ports: { y: number; row: Row; tone: Tone }[] = [];
  let bottom = 0;
  for (const card of left) {
    bottom = drawLeft(sheet, card, { x: 0.5, y: bottom + 0.5, width: leftWidth }, (y, row) =>
      ports.push({ y, row, tone: card.tone }),
    );
    bottom += 12;
  }
  const heights = right.map((card) => rightHeight(card, rightWidth));
  const total = heights.reduce((sum, height) => sum + height + 10, -10);
  const height = Math.max(bottom - 12, total) + 1;
  // Both sides fill the height, so that curves stay flat.
  const gap = right.length > 1 ? (height - 1 - total + 10 * (right.length - 1)) / (right.length - 1) : 0;
  let top = 0.5;
  for (const [index, card] of right.entries()) {
    drawRight(sheet, card, { x: width - rightWidth - 0.5, y: top, width: rightWidth });
    top += (heights[index] ?? 0) + Math.min(gap, 48);
  }
  drawCurves(sheet, ports, leftWidth + 0.5);
  return sheet.svg(width, height, words, "wide");
}

/** The same for a narrow screen: rows say in words where they point; cards that say more than a name follow below. */
export function linksNarrow(
  left: readonly LeftCard[],
  right: readonly RightCard[],
  width: number,
  words: string,
): string {
  const sheet = new Sheet();
  let bottom = 0;
  for (const card of left) {
    bottom = drawLeft(sheet, card, { x: 0.5, y: bottom + 0.5, width: width - 1 }, () => 0, right);
    bottom += 12;
  }
  for (const card of right.filter(({ lines }) => lines.length > 1)) {
    const height = rightHeight(card, width - 1);
    drawRight(sheet, card, { x: 0.5, y: bottom + 0.5, width: width - 1 });
    bottom += height + 10;
  }
  return sheet.svg(width, bottom, words, "narrow");
}

const BAR = 140;

/** Draws a card with its rows; tells where each row ends on the right, and returns where the card ends below. */
function drawLeft(
  sheet: Sheet,
  card: LeftCard,
  { x, y, width }: Omit<Place, "height">,
  port: (y: number, row: Row) => void,
  named: readonly RightCard[] = [],
): number {
  const inner = width - 2 * PAD;
  const titles = wrapped(card.title, inner, title);
  const lines = card.lines.flatMap((text) => wrapped(text, inner, line));
  const draws: (() => void)[] = [];
  let baseline = y + PAD + 10;
  for (const text of titles) {
    const at = baseline;
    draws.push(() => sheet.text(x + PAD, at, text, title));
    baseline += 17;
  }
  for (const text of lines) {
    const at = baseline;
    draws.push(() => sheet.text(x + PAD, at, text, line));
    baseline += 16;
  }
  let top = baseline - 4;
  for (const row of card.rows) {
    const target = named.find(({ id, title: name }) => id === row.to && !row.label.includes(name))?.title;
    const texts = wrapped(target ? `${row.label} → ${target}` : row.label, inner - 16, label);
    const details = wrapped(row.detail, inner - 16, line);
    const rowHeight = 10 + texts.length * 16 + details.length * 16 + (row.bar ? 16 : 0);
    const start = top;
    draws.push(() => {
      sheet.box({ x: x + PAD, y: start, width: inner, height: rowHeight }, "row", 6);
      let text = start + 17;
      for (const each of texts) {
        sheet.text(x + PAD + 8, text, each, label);
        text += 16;
      }
      for (const each of details) {
        sheet.text(x + PAD + 8, text, each, line);
        text += 16;
      }
      if (row.bar) drawBar(sheet, row.bar, x + PAD + 8, text - 8, Math.max(BAR, inner - 16), card.tone);
      port(start + rowHeight / 2, row);
    });
    top += rowHeight + 6;
  }
  const bottom = (card.rows.length > 0 ? top : baseline - 10) + PAD - 6;
  sheet.box({ x, y, width, height: bottom - y }, `card ${card.tone}`);
  for (const draw of draws) draw();
  return bottom;
}

function drawBar(sheet: Sheet, bar: Bar, x: number, y: number, width: number, tone: Tone): void {
  const unit = width / Math.max(1, bar.of);
  const parts = [
    [bar.kept, `fill-${tone}`],
    [bar.lent, `fill-${tone} lent`],
    [bar.borrowed, `hollow-${tone}`],
  ] as const;
  let left = x;
  for (const [amount, className] of parts) {
    if (amount <= 0) continue;
    sheet.box({ x: left, y, width: amount * unit, height: 8 }, className, 2);
    left += amount * unit;
  }
}

function rightHeight(card: RightCard, width: number): number {
  const inner = width - 2 * PAD;
  const titles = wrapped(card.title, inner, title).length;
  const lines = card.lines.flatMap((text) => wrapped(text, inner, line)).length;
  return 2 * PAD - 4 + titles * 17 + lines * 16;
}

function drawRight(sheet: Sheet, card: RightCard, { x, y, width }: Omit<Place, "height">): void {
  const height = rightHeight(card, width);
  const place = { x, y, width, height };
  sheet.name(card.id, place);
  sheet.box(place, `card ${card.tone}`);
  let baseline = y + PAD + 10;
  for (const text of wrapped(card.title, width - 2 * PAD, title)) {
    sheet.text(x + PAD, baseline, text, title);
    baseline += 17;
  }
  for (const text of card.lines.flatMap((each) => wrapped(each, width - 2 * PAD, line))) {
    sheet.text(x + PAD, baseline, text, line);
    baseline += 16;
  }
}

/** Curves reach a card at points of their own, in the order in which they left. */
function drawCurves(sheet: Sheet, ports: readonly { y: number; row: Row; tone: Tone }[], x: number): void {
  for (const to of new Set(ports.map(({ row }) => row.to))) {
    const place = sheet.place(to);
    if (!place) continue;
    const arriving = ports.filter(({ row }) => row.to === to);
    for (const [index, { y, tone }] of arriving.entries()) {
      const end = place.y + ((index + 1) * place.height) / (arriving.length + 1);
      const bend = (place.x - x) * 0.5;
      sheet.path(
        `M${at(x)},${at(y)}C${at(x + bend)},${at(y)} ${at(place.x - bend)},${at(end)} ${at(place.x)},${at(end)}`,
        `wire ${tone}`,
      );
    }
  }
}
