/** What a browser found out about the page at one width. */
export interface Measured {
  readonly milliseconds: number;
  readonly problems: readonly string[];
}

/** Id of the element in which the measuring script leaves its result. */
export const MEASURED = "measured";

/**
 * Runs in the page: in every environment, texts of pictures that lie on each other, leave their picture, or are too small
 * or too pale to read, and content that makes the page scroll sideways.
 */
export const measuringScript = `
addEventListener("load", () => {
  const milliseconds = Math.round(performance.now());
  const problems = [];
  const numbers = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number).slice(0, 3).map((n) => color.startsWith("color(") ? n : n / 255);
  const light = (color) => numbers(color).map((n) => n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
    .reduce((sum, n, i) => sum + n * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
  const inside = (a, b, slack) => a.left >= b.left - slack && a.right <= b.right + slack && a.top >= b.top - slack && a.bottom <= b.bottom + slack;
  const page = getComputedStyle(document.body).backgroundColor;
  for (const section of document.querySelectorAll("section")) {
    for (const each of document.querySelectorAll("section")) each.style.display = each === section ? "" : "none";
    for (const each of section.querySelectorAll("details")) each.open = true;
    const where = section.dataset.name + ": ";
    const wide = document.documentElement.scrollWidth;
    if (wide > innerWidth) problems.push(where + "scrolls sideways, " + wide + " px in " + innerWidth);
    for (const cell of section.querySelectorAll("td, th, p, summary, li, .tile"))
      if (cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).display !== "inline") problems.push(where + "cut off: " + cell.textContent);
    for (const svg of section.querySelectorAll("svg")) {
      const frame = svg.getBoundingClientRect();
      if (frame.width === 0) continue;
      const boxes = [...svg.querySelectorAll("rect")].map((rect) => ({ at: rect.getBoundingClientRect(), fill: getComputedStyle(rect).fill, of: rect.className.baseVal }));
      const texts = [...svg.querySelectorAll("text")].map((text) => ({ words: text.textContent, at: text.getBoundingClientRect(), style: getComputedStyle(text) }));
      if (texts.length < 3) problems.push(where + "a picture with " + texts.length + " texts");
      for (const [index, text] of texts.entries()) {
        const scale = frame.width / svg.viewBox.baseVal.width;
        const size = parseFloat(text.style.fontSize) * scale;
        if (size < 10) problems.push(where + size.toFixed(1) + " px small: " + text.words);
        if (!inside(text.at, frame, 1)) problems.push(where + "leaves the picture: " + text.words);
        const middle = { left: text.at.left + text.at.width / 2 - 1, right: text.at.left + text.at.width / 2 + 1, top: text.at.top + text.at.height / 2, bottom: text.at.top + text.at.height / 2 };
        const around = boxes.filter(({ at, of }) => inside(middle, at, 0) && !of.includes("row"));
        const card = around.filter(({ of }) => of.startsWith("card") || of.startsWith("chip")).at(-1);
        if (card && !inside(text.at, card.at, 1)) problems.push(where + "leaves its box: " + text.words);
        const ground = around.filter(({ fill }) => fill !== "none").at(-1)?.fill ?? page;
        const seen = contrast(text.style.fill, ground);
        if (seen < 4.5) problems.push(where + "contrast " + seen.toFixed(1) + ": " + text.words);
        for (const other of texts.slice(index + 1)) {
          const x = Math.min(text.at.right, other.at.right) - Math.max(text.at.left, other.at.left);
          const y = Math.min(text.at.bottom, other.at.bottom) - Math.max(text.at.top, other.at.top);
          if (x > 1 && y > 3) problems.push(where + "overlap: " + text.words + " / " + other.words);
        }
      }
    }
  }
  const result = document.createElement("script");
  result.id = "${MEASURED}";
  result.type = "application/json";
  result.textContent = JSON.stringify({ milliseconds, problems }).replaceAll("<", "\\\\u003c");
  document.body.append(result);
});
`;

/** What the script left in the page that the browser printed. */
export function measuredIn(html: string): Measured {
  const found = new RegExp(`<script id="${MEASURED}"[^>]*>(.*?)</script>`, "s").exec(html);
  if (!found?.[1]) throw new Error("the browser printed no measurement");
  return JSON.parse(found[1]) as Measured;
}
