import { escapeHtml, formatNumber } from "isoflop";
import type { UncheckedJson } from "../notebook/UncheckedJson.ts";
import { sanitizeOutput } from "./sanitizeOutput.ts";

export interface FigureSource {
  plot: PlotJson;
  html?: string;
  svg?: string;
  number: number;
}

export interface PlotJson {
  data: UncheckedJson[];
  layout?: UncheckedJson;
}

/** JSON that may stand inside a script element: nothing in it can end the element. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/**
 * A Plotly figure: the place the page's script draws it in, its data, a numbered caption, and the table of its
 * numbers for whoever cannot see the plot or wants the values.
 *
 * @param html the figure's own HTML from the same output, if it has one: its caption and table are used
 * @param svg the figure as a still picture, for paper and for readers without JavaScript
 */
export function renderFigure({ plot, html, svg, number }: FigureSource): string {
  const id = `figure-${number}`;
  const own = partsOf(html ?? "");
  const title = plot.layout?.title?.text ?? plot.layout?.title;
  const caption = own ? sanitizeOutput(own.caption) : typeof title === "string" ? escapeHtml(title) : "";
  const table = own ? sanitizeOutput(own.table).trim() : traceTable(plot.data);
  const still = svg
    ? `<img class="still" src="data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}" alt="">`
    : "<noscript><p>The plot needs JavaScript; the table beneath has its numbers.</p></noscript>";
  const given = plot.layout?.height;
  const height = typeof given === "number" && given > 0 ? given : 440;
  return `<figure class="plot" id="${id}" role="group" aria-labelledby="${id}-caption">
<div class="plot-area" data-plot="${id}-data" style="min-height:${height}px"></div>${still}
<figcaption id="${id}-caption"><a class="figure-number" href="#${id}">Figure ${number}</a> ${caption}</figcaption>
<div class="figure-table">${table}</div>
<script type="application/json" id="${id}-data">${embedJson({ data: plot.data, layout: plot.layout ?? {} })}</script>
</figure>`;
}

/** Caption and table of a figure's own HTML. Looked for once each: a pattern would try all places with all others. */
function partsOf(html: string): { caption: string; table: string } | undefined {
  const [open, shut] = ["<figcaption>", "</figcaption>"];
  const [start, end] = [html.indexOf(open), html.lastIndexOf("</figure>")];
  const middle = html.indexOf(shut, start);
  const isFigure = /^\s*<figure\b/.test(html) && html.slice(end + "</figure>".length).trim() === "";
  if (!isFigure || start < 0 || middle < 0 || end < middle) return undefined;
  return { caption: html.slice(start + open.length, middle), table: html.slice(middle + shut.length, end) };
}

/** The numbers of a figure that came without a table. */
function traceTable(traces: readonly UncheckedJson[]): string {
  const limit = 200;
  const rows = traces.flatMap((trace, index) => {
    const [x, y] = [list(trace?.x), list(trace?.y)];
    const name = wordsOf(trace?.name ?? `series ${index + 1}`);
    return Array.from({ length: Math.min(x.length, y.length) }, (_, i) => [name, x[i], y[i]]);
  });
  if (rows.length === 0) return "";
  const cells = (row: unknown[]) =>
    row
      .map(
        (cell) =>
          `<td>${escapeHtml(typeof cell === "number" ? formatNumber(cell, 5) : wordsOf(cell ?? ""))}</td>`,
      )
      .join("");
  const shown = rows.slice(0, limit).map((row) => `<tr>${cells(row)}</tr>`);
  const note = rows.length > limit ? `, the first ${limit}` : "";
  return `<details><summary>Table of this figure (${rows.length} rows${note})</summary><table><thead><tr><th scope="col">series</th><th scope="col">x</th><th scope="col">y</th></tr></thead><tbody>${shown.join("")}</tbody></table></details>`;
}

/** JSON may hold an object whose `toString` is a number. */
const wordsOf = (value: unknown): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);

const list = (values: unknown): unknown[] =>
  Array.isArray(values) && !Array.isArray(values[0]) ? values : [];
