import { type Displayable, jupyterDisplay, type MimeBundle } from "../format/jupyterDisplay.ts";
import type { FigureLayout, FigureParts, FigureTable, Trace } from "./FigureParts.ts";
import { figureHtml, figureText } from "./figureTable.ts";
import { figureSvg } from "./svg/figureSvg.ts";

/**
 * The MIME type under which JupyterLab, VS Code and our report draw a Plotly figure.
 *
 * @example
 * import { plotlyMimeType } from "isoflop";
 * plotlyMimeType; // => "application/vnd.plotly.v1+json"
 */
export const plotlyMimeType = "application/vnd.plotly.v1+json";

// Plotly 4 shows a button that uploads the chart to its maker's cloud unless told not to.
const config = { showSendToCloud: false, displaylogo: false, responsive: true };

/**
 * A plot as Plotly JSON, with a caption and the table of its numbers. Shows itself in a notebook as an
 * interactive plot where the front end can draw one, else as a static picture with its table.
 *
 * @throws TypeError when the caption is empty or a row of the table does not fit its columns
 * @example
 * import { Figure } from "isoflop";
 * const figure = new Figure({
 *   data: [{ type: "scatter", mode: "lines", name: "loss", x: [1, 2], y: [3, 2.5] }],
 *   layout: { xaxis: { title: { text: "step" }, type: "linear" }, yaxis: { title: { text: "loss" }, type: "linear" } },
 *   caption: "The loss falls.",
 *   table: { columns: ["step", "loss"], rows: [[1, 3], [2, 2.5]] },
 * });
 * figure.data.length; // => 1
 */
export class Figure implements FigureParts, Displayable {
  readonly data: readonly Trace[];
  readonly layout: FigureLayout;
  readonly caption: string;
  readonly table: FigureTable;

  constructor({ data, layout, caption, table }: FigureParts) {
    if (caption.trim() === "") throw new TypeError("a figure needs a caption that states its finding");
    table.rows.forEach((row, i) => {
      if (row.length !== table.columns.length) {
        throw new TypeError(
          `row ${i + 1} of the table of "${caption}" has ${row.length} cells for ${table.columns.length} columns`,
        );
      }
    });
    this.data = data;
    this.layout = layout;
    this.caption = caption;
    this.table = table;
    Object.freeze(this);
  }

  [jupyterDisplay](): MimeBundle {
    const svg = figureSvg(this);
    return {
      [plotlyMimeType]: { data: this.data, layout: this.layout, config },
      "image/svg+xml": svg,
      "text/html": figureHtml(this, svg),
      "text/plain": figureText(this),
    };
  }
}
