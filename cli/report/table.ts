/** A cell: HTML, or a number, which stands on the right. */
export type Cell = string | { readonly n: string };

/** A table that becomes one card per row on a narrow screen. The last row may be a sum. */
export function table(heads: readonly string[], rows: readonly (readonly Cell[])[], last?: "sum"): string {
  const numeric = heads.map((_, column) => rows.some((row) => typeof row[column] === "object"));
  const head = heads.map((text, column) => `<th${numeric[column] ? ' class="n"' : ""}>${text}</th>`).join("");
  const body = rows.map((cells, index) => {
    const tds = cells.map((cell, column) =>
      typeof cell === "string"
        ? `<td data-head="${heads[column]}"><span>${cell}</span></td>`
        : `<td class="n" data-head="${heads[column]}"><span>${cell.n}</span></td>`,
    );
    return `<tr${last && index === rows.length - 1 ? ' class="sum"' : ""}>${tds.join("")}</tr>`;
  });
  return `<table class="cards"><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}
