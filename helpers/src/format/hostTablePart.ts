import { columnSides, sideStyle } from "./columnSides.ts";
import { escapeHtml } from "./escapeHtml.ts";
import type { MimeBundle } from "./jupyterDisplay.ts";

/** A table of text as HTML, below a sentence where there is one. This file stands in the place of tablePart.ts in Node. */
export function tablePart(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  summary?: string,
): MimeBundle {
  const styles = columnSides(columns.length, rows).map(sideStyle);
  const head = columns.map((name, j) => `<th scope="col"${styles[j]}>${escapeHtml(name)}</th>`).join("");
  const cells = (row: readonly string[]) => row.map((cell, j) => `<td${styles[j]}>${escapeHtml(cell)}</td>`);
  const body = rows.map((row) => `<tr>${cells(row).join("")}</tr>`);
  const above = summary === undefined ? "" : `<p>${escapeHtml(summary)}</p>`;
  return {
    "text/html": `${above}<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`,
  };
}
