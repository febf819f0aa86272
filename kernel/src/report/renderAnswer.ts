import type { Notebook } from "../notebook/Notebook.ts";
import { findProvenance } from "./provenance.ts";
import { renderReport } from "./renderReport.ts";

/**
 * A notebook that a command made, with its outputs, as a self-contained page.
 *
 * @param name what the page is called in its foot
 * @param folder where the command ran
 */
export function renderAnswer(notebook: Notebook, name: string, folder: string): string {
  const { html } = renderReport({
    notebook,
    name,
    failures: [],
    provenance: findProvenance(folder),
    date: new Date(),
    hasIndex: false,
  });
  return html;
}
