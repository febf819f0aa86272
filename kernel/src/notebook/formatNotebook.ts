import { wellFormedJson } from "../protocol/wellFormedJson.ts";
import type { MimeBundle, Notebook, Output } from "./Notebook.ts";

/**
 * The text of an `.ipynb` file exactly as Jupyter writes it: keys sorted, one space of indent, texts as lists of
 * lines. A notebook that is opened and saved in Jupyter afterwards shows no difference in git. Half a surrogate pair, which
 * no UTF-8 can hold and Jupyter cannot save, is written as U+FFFD.
 *
 * @example
 * import { formatNotebook, parseNotebook } from "isoflop-kernel/runner";
 * const notebook = parseNotebook('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}');
 * formatNotebook(notebook).split("\n").length; // => 7
 */
export function formatNotebook(notebook: Notebook): string {
  const file = {
    ...notebook,
    cells: notebook.cells.map((cell) => ({
      ...cell,
      source: splitLines(cell.source),
      ...(cell.cell_type === "code" ? { outputs: cell.outputs.map(formatOutput) } : {}),
    })),
  };
  return `${wellFormedJson(JSON.stringify(sortKeys(file), null, 1))}\n`;
}

function formatOutput(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: splitLines(output.text) };
  if (output.output_type === "error") return output;
  return { ...output, data: formatBundle(output.data) };
}

function formatBundle(bundle: MimeBundle): MimeBundle {
  const isText = ([type, value]: [string, unknown]) =>
    typeof value === "string" && (type.startsWith("text/") || type === "image/svg+xml");
  return Object.fromEntries(
    Object.entries(bundle).map((entry) =>
      isText(entry) ? [entry[0], splitLines(entry[1] as string)] : entry,
    ),
  );
}

const splitLines = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, item]) => [key, sortKeys(item)]));
}
