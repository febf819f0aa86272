import type { Fit } from "../fit/FitResult.ts";
import { defaultLoss } from "../fit/losses/defaultLoss.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { type Displayable, jupyterDisplay } from "../format/jupyterDisplay.ts";
import { tableBundle } from "../format/tableBundle.ts";
import { leaveOneOut } from "./crossValidation.ts";
import { type InformationCriteria, informationCriteria } from "./informationCriteria.ts";

/** One of the fits compared. */
export interface ComparedFit extends InformationCriteria {
  readonly name: string;
  /** AICc minus the best one's. */
  readonly deltaAicc: number;
  /** Akaike weight: the share of evidence among the fits compared. */
  readonly weight: number;
  /** Root mean square of the residuals when each run is predicted by the fit without it. */
  readonly leaveOneOutError: number;
}

/** Fits side by side, the best first; shows itself as a table. */
export interface FitComparison extends Displayable {
  /** Best AICc first. */
  readonly rows: readonly ComparedFit[];
}

/**
 * Fits of several laws to the same runs, side by side: information criteria, Akaike weights and the error of
 * predicting each run from the others. Shows itself as a table in a notebook.
 *
 * @param fits the fits under their names
 * @throws TypeError when the fits differ in runs, loss or kind of residual, which makes their likelihoods incomparable
 * @example
 * import { chinchilla, compareFits, fit, squared } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const comparison = compareFits({
 *   free: fit(chinchilla, runs, { loss: squared() }),
 *   "alpha = beta": fit(chinchilla, runs, { loss: squared(), tied: { beta: "alpha" } }),
 * });
 * comparison.rows[0]?.name; // => "free"
 */
export function compareFits(fits: Readonly<Record<string, Fit>>): FitComparison {
  const entries = Object.entries(fits);
  const basis = (fit: Fit) =>
    [fit.n, (fit.options.loss ?? defaultLoss).label, fit.options.residual ?? "log"].join(", ");
  const first = entries[0];
  for (const [name, fit] of entries) {
    if (basis(fit) !== basis(first![1]) || !fit.table.y.every((y, i) => y === first![1].table.y[i])) {
      throw new TypeError(
        `"${first![0]}" and "${name}" do not fit the same runs in the same way (${basis(first![1])} against ` +
          `${basis(fit)}); give both the same runs, loss and residual, such as { loss: ${first![0]}.options.loss }`,
      );
    }
  }
  const criteria = entries.map(([name, fit]) => ({ name, fit, ...informationCriteria(fit) }));
  const best = Math.min(...criteria.map((one) => one.aicc));
  const evidence = criteria.map((one) => Math.exp((best - one.aicc) / 2));
  const total = evidence.reduce((sum, e) => sum + e, 0);
  const rows = criteria
    .map(({ fit, ...one }, i) => ({
      ...one,
      deltaAicc: one.aicc - best,
      weight: evidence[i]! / total,
      leaveOneOutError: leaveOneOut(fit).rootMeanSquare,
    }))
    .sort((p, q) => p.aicc - q.aicc);
  const columns = ["law", "parameters", "ln L", "AICc", "ΔAICc", "BIC", "weight", "leave-one-out error"];
  const cells = rows.map((row) => [
    row.name,
    String(row.k - 1),
    formatNumber(row.logLikelihood, 6),
    formatNumber(row.aicc, 6),
    formatNumber(row.deltaAicc, 4),
    formatNumber(row.bic, 6),
    formatNumber(row.weight, 3),
    formatNumber(row.leaveOneOutError, 4),
  ]);
  return Object.freeze({ rows, [jupyterDisplay]: () => tableBundle(columns, cells) });
}
