import type { Fit } from "../fit/FitResult.ts";
import { fit } from "../fit/fit.ts";
import { huber } from "../fit/losses/huber.ts";
import { sideStyle } from "../format/columnSides.ts";
import { escapeHtml } from "../format/escapeHtml.ts";
import { formatCount } from "../format/formatCount.ts";
import { formatFlops } from "../format/formatFlops.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { type Displayable, jupyterDisplay } from "../format/jupyterDisplay.ts";
import { textTable } from "../format/textTable.ts";
import { computeOptimal } from "../isoflop/computeOptimal.ts";
import { chinchilla } from "../laws/chinchilla/chinchilla.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";
import { type RefitWidget, widgetMimeType } from "./RefitWidget.ts";

/** A training run as the panel needs it. */
export interface RefitPanelRun {
  readonly nParams: number;
  readonly nTokens: number;
  /** Final loss in nats per token. */
  readonly loss: number;
}

/** What the reader is asked, and where the panel starts. */
export interface RefitPanelOptions<Run extends RefitPanelRun> {
  /** The compute budget the reader starts with, in FLOP. */
  readonly flops: number;
  /** One sentence that says what there is to find out. */
  readonly caption: string;
  /** Runs that the fit leaves out at first; the reader can take them in. */
  readonly leaveOut?: (run: Run) => boolean;
  /** Huber's threshold, in log loss; 1e-3 as in Hoffmann et al. 2022. */
  readonly delta?: number;
}

/**
 * The fit a reader starts from, and the panel; shows itself as the panel in a report and as the fit's text elsewhere.
 */
export interface RefitPanel extends Displayable {
  /** The Chinchilla law fitted to the runs that are not left out. */
  readonly fit: Fit;
  readonly widget: RefitWidget;
}

/**
 * A panel of the report in which the reader leaves out runs, changes the budget or the loss function, and sees
 * the Chinchilla law refitted at once, by these same functions, in the browser. Elsewhere it shows the fit as a table.
 *
 * @param runs training runs: parameters, tokens, loss in nats per token
 * @throws RangeError when a run or the budget is not positive, or fewer runs are left than the law has parameters
 * @throws TypeError when there is no caption
 *
 * @example
 * import { refitPanel } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const panel = refitPanel(chinchillaFigure4(), {
 *   flops: 5.88e23,
 *   caption: "Five runs decide the exponent.",
 *   leaveOut: (run) => run.isOutlier,
 * });
 * panel.fit.parameters.beta; // => 0.3672
 */
export function refitPanel<Run extends RefitPanelRun>(
  runs: readonly Run[],
  options: RefitPanelOptions<Run>,
): RefitPanel {
  requireRows("refitPanel", runs);
  requireOptions("refitPanel", options, ["flops", "caption", "leaveOut", "delta"]);
  const { flops, caption, leaveOut = () => false, delta = 1e-3 } = options;
  if (caption.trim() === "")
    throw new TypeError("a panel needs a caption that says what there is to find out");
  const used = runs.filter((run) => !leaveOut(run));
  const law = fit(chinchilla, used, { loss: huber(delta) });
  const best = computeOptimal(law, { flops });
  const widget: RefitWidget = {
    widget: "refit",
    caption,
    flops,
    delta,
    runs: runs.map((run) => [run.nParams, run.nTokens, run.loss, leaveOut(run) ? 0 : 1]),
  };
  const rows = [
    ...Object.entries(law.parameters).map(([name, value]) => [name, formatNumber(value, 5)]),
    ["runs used", `${used.length} of ${runs.length}`],
    [`best parameters at ${formatFlops(flops)} FLOPs`, formatCount(best.nParams)],
    ["tokens per parameter there", formatNumber(best.tokensPerParam, 3)],
  ] as [string, string][];
  const cells = rows.map(
    ([name, value]) =>
      `<tr><th scope="row"${sideStyle("left")}>${escapeHtml(name)}</th><td${sideStyle("right")}>${escapeHtml(value)}</td></tr>`,
  );
  return Object.freeze({
    fit: law,
    widget,
    [jupyterDisplay]: () => ({
      [widgetMimeType]: widget,
      "text/html": `<figure role="group"><figcaption>${escapeHtml(caption)}</figcaption><table><tbody>${cells.join("")}</tbody></table></figure>`,
      "text/plain": `${caption}\n${textTable(["", "fit"], rows)}`,
    }),
  });
}
