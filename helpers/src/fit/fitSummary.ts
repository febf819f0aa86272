import { type Displayable, jupyterDisplay } from "../format/jupyterDisplay.ts";
import type { FitStatus } from "./objective/FitOptions.ts";
import type { Estimate } from "./uncertainty/Estimate.ts";

/** How `Fit.summary` writes a fit. */
export interface SummaryOptions {
  /** `text` (default) for a terminal, `markdown` for a page, `latex` for a paper (a table of booktabs). */
  readonly format?: "text" | "markdown" | "latex";
}

/** What a summary reads of a fit. */
export type Summarised = Estimate & Displayable & { readonly status: FitStatus; readonly reason: string };

/**
 * A fit as the text that it shows itself as, whatever the format: pages, which are to be small, have no other. In Node
 * hostFitSummary.ts stands here.
 */
export const fitSummary = (fit: Summarised, _options?: SummaryOptions): string =>
  `${fit[jupyterDisplay]()["text/plain"]}`;
