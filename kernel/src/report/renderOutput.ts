import {
  claimMimeType,
  escapeHtml,
  type MemoryWidget,
  plotlyMimeType,
  type RefitWidget,
  type ServingWidget,
  widgetMimeType,
} from "isoflop";
import type { ErrorOutput, MimeBundle, Output } from "../notebook/Notebook.ts";
import { claimsOf } from "./claims.ts";
import type { Markdown } from "./Markdown.ts";
import { renderMaths } from "./maths.ts";
import { claimsInPlace } from "./renderClaims.ts";
import { type PlotJson, renderFigure } from "./renderFigure.ts";
import { renderWidget } from "./renderWidget.ts";
import { sanitizeOutput } from "./sanitizeOutput.ts";
import { terminalHtml } from "./terminalHtml.ts";

/** What the outputs of one page share. */
export interface OutputContext {
  markdown: Markdown;
  /** Figures so far; the next one is numbered after it. */
  figures: number;
  /** How many of them compute in the browser. */
  readonly widgets: Set<string>;
  /** Ids of the claims that were shown already. */
  anchored: Set<string>;
}

/** One output of a cell as HTML. Of several representations the richest that the page can show is taken. */
export function renderOutput(output: Output, context: OutputContext): string {
  switch (output.output_type) {
    case "stream":
      return terminalBlock(output.text, output.name === "stderr" ? "stream stderr" : "stream");
    case "error":
      return renderError(output);
    default: {
      if (output.data[claimMimeType] !== undefined) return claimsInPlace(claimsOf(output), context.anchored);
      return renderBundle(output.data, context);
    }
  }
}

function renderBundle(data: MimeBundle, context: OutputContext): string {
  const text = (type: string) => (typeof data[type] === "string" ? (data[type] as string) : undefined);
  const plain = text("text/plain");
  const widget = data[widgetMimeType] as RefitWidget | MemoryWidget | ServingWidget | undefined;
  if (typeof widget?.caption === "string" && typeof widget.widget === "string") {
    context.figures += 1;
    context.widgets.add(widget.widget);
    return renderWidget(widget, text("text/html"), context.figures);
  }
  const plot = data[plotlyMimeType] as PlotJson | undefined;
  if (plot && Array.isArray(plot.data)) {
    context.figures += 1;
    const [html, svg] = [text("text/html"), text("image/svg+xml")];
    return renderFigure({ plot, html, svg, number: context.figures });
  }
  const html = text("text/html");
  if (html !== undefined)
    return `<div class="html-output scroll" tabindex="0" role="region" aria-label="Output">${sanitizeOutput(html)}</div>`;
  const markdown = text("text/markdown");
  if (markdown !== undefined)
    return `<div class="markdown-output">${context.markdown.render(markdown)}</div>`;
  const svg = text("image/svg+xml");
  // As a picture an SVG can neither run a script nor load anything.
  if (svg !== undefined) return picture("image/svg+xml", Buffer.from(svg).toString("base64"), plain);
  for (const type of ["image/png", "image/jpeg", "image/gif", "image/webp"]) {
    const content = text(type);
    if (content !== undefined) return bitmap(type, content, plain);
  }
  const latex = text("text/latex");
  if (latex !== undefined) return `<div class="latex-output">${renderMaths(stripDollars(latex), true)}</div>`;
  if (plain !== undefined) return terminalBlock(plain, "result");
  const json = data["application/json"];
  if (json !== undefined) return terminalBlock(JSON.stringify(json, null, 2), "result");
  return `<p class="left-out">[output left out: ${escapeHtml(Object.keys(data).join(", ") || "empty")} cannot be shown in a page]</p>`;
}

export function renderError({ ename, evalue, traceback }: ErrorOutput): string {
  const text = traceback.join("\n") || `${ename}: ${evalue}`;
  return `<div class="error" role="group" aria-label="Error: ${escapeHtml(ename)}">${terminalBlock(text, "traceback")}</div>`;
}

/** Long texts scroll in their own box; the keyboard can reach it. */
function terminalBlock(text: string, className: string): string {
  const trimmed = text.replace(/\n+$/, "");
  if (trimmed === "") return "";
  return `<pre class="${className}" tabindex="0">${terminalHtml(trimmed)}</pre>`;
}

/** Whoever wrote the notebook wrote the bytes of its pictures, too: what is no base64 would end the attribute it stands in. */
function bitmap(type: string, content: string, plain: string | undefined): string {
  const base64 = content.replace(/\s+/g, "").replace(/^data:image\/\w+;base64,/, "");
  if (/^[\w+/-]+={0,2}$/.test(base64)) return picture(type, base64, plain);
  return `<p class="left-out">[picture left out: its ${type} is not written in base64]</p>`;
}

function picture(type: string, base64: string, plain: string | undefined): string {
  // Kernels put a technical description there, "<Figure size 640x480>", that says nothing to a listener.
  const alt = plain && !plain.startsWith("<") ? plain : "Picture put out by the cell above";
  return `<p class="picture"><img src="data:${type};base64,${base64}" alt="${escapeHtml(alt)}"></p>`;
}

const stripDollars = (tex: string) => tex.trim().replace(/^\$\$?|\$\$?$/g, "");
