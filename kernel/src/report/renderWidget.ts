import { escapeHtml, type MemoryWidget, type RefitWidget, type ServingWidget } from "isoflop";
import { embedJson } from "./renderFigure.ts";
import { sanitizeOutput } from "./sanitizeOutput.ts";

/**
 * The place of something that computes in the reader's browser: its data, its numbered caption, and what the
 * notebook computed, which stays where there is no script and on paper.
 */
export function renderWidget(
  widget: RefitWidget | MemoryWidget | ServingWidget,
  html: string | undefined,
  number: number,
): string {
  const id = `figure-${number}`;
  const still = tableOf(html ?? "");
  return `<figure class="widget" id="${id}" role="group" aria-labelledby="${id}-caption">
<div class="widget-place" data-widget="${escapeHtml(widget.widget)}" data-source="${id}-data"></div>
<div class="widget-still">${sanitizeOutput(still)}</div>
<figcaption id="${id}-caption"><a class="figure-number" href="#${id}">Figure ${number}</a> ${escapeHtml(widget.caption)}</figcaption>
<script type="application/json" id="${id}-data">${embedJson(widget)}</script>
</figure>`;
}

/** From the first table's begin to the last one's end. */
function tableOf(html: string): string {
  const [start, end] = [html.indexOf("<table"), html.lastIndexOf("</table>")];
  return start >= 0 && end > start ? html.slice(start, end + "</table>".length) : "";
}
