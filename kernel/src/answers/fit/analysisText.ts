import {
  type Fit,
  formatCount,
  formatFlops,
  formatNumber,
  formatPercent,
  huber,
  type Interval,
} from "isoflop";
import type { Analysis, Candidate } from "./analyse.ts";
import type { OutputRow } from "./runRecords.ts";
import { rowsForUncertainty } from "./uncertainty.ts";

const range = ([low, high]: Interval) => `${formatNumber(low)} … ${formatNumber(high)}`;

/** Estimates as a table: value, standard error and interval, those of the bootstrap where there was one. */
export function parameterTable({
  law,
  fit,
  bootstrap,
  uncertainty,
  level,
}: Pick<Analysis, "law" | "fit" | "bootstrap" | "uncertainty" | "level">): {
  columns: string[];
  rows: string[][];
} {
  const percent = `${formatNumber(level * 100)} % interval`;
  const rows = law.parameters.map(({ name, description }) => {
    const spread = bootstrap
      ? [formatNumber(bootstrap.standardErrors[name]!, 3), range(bootstrap.interval(name, level))]
      : uncertainty
        ? [formatNumber(uncertainty.standardErrors[name]!, 3), range(uncertainty.intervals[name]!)]
        : [];
    return [name, formatNumber(fit.parameters[name]!, 5), ...spread, description];
  });
  return {
    columns: [
      "parameter",
      "estimate",
      ...(bootstrap || uncertainty ? ["std. error", percent] : []),
      "meaning",
    ],
    rows,
  };
}

/** The plan as a table. */
export function planTable(
  plan: NonNullable<Analysis["plan"]>,
  level: number,
): { columns: string[]; rows: string[][] } {
  const { intervals } = plan;
  const count = (value: number) => formatCount(value, 4);
  const lines = [
    ["parameters", count(plan.nParams), intervals?.nParams, count],
    ["tokens", count(plan.nTokens), intervals?.nTokens, count],
    ["tokens per parameter", formatNumber(plan.tokensPerParam), intervals?.tokensPerParam, formatNumber],
    [
      "predicted loss (nats/token)",
      formatNumber(plan.loss, 5),
      intervals?.loss,
      (x: number) => formatNumber(x, 5),
    ],
  ] as const;
  return {
    columns: [
      `at ${formatFlops(plan.flops)} FLOPs`,
      "optimum",
      ...(intervals ? [`${formatNumber(level * 100)} % interval`] : []),
    ],
    rows: lines.map(([name, value, interval, format]) => [
      name,
      value,
      ...(interval ? [`${format(interval[0])} … ${format(interval[1])}`] : []),
    ]),
  };
}

/** What the fit came to, in a few lines. */
export function fitSummary({ fit, criteria, crossValidation, bootstrap, uncertainty }: Analysis): string[] {
  const loss = (fit.options.loss ?? huber(1e-3)).label;
  const kind = fit.options.residual === "raw" ? "raw residuals" : "residuals of the logarithm";
  const lines = [
    `${fit.status}: ${fit.reason}`,
    `objective ${formatNumber(fit.objective, 10)}, the sum of ${loss} over ${kind} of ${fit.n} runs`,
    `AICc ${formatNumber(criteria.aicc, 6)}, BIC ${formatNumber(criteria.bic, 6)}, ln likelihood ${formatNumber(criteria.logLikelihood, 6)}`,
  ];
  if (crossValidation) {
    const { error, inSample, kind: name } = crossValidation;
    lines.push(
      `${name} error ${formatNumber(error, 3)} (in the fit ${formatNumber(inSample, 3)}), root mean square`,
    );
  }
  if (bootstrap) {
    const stuck = bootstrap.unconverged > 0 ? `, ${bootstrap.unconverged} of them not converged` : "";
    lines.push(
      `${bootstrap.resamples} bootstrap replicates (${bootstrap.kind}, seed ${bootstrap.seed})${stuck}`,
    );
  } else if (uncertainty) {
    const which = uncertainty.method === "HC3" ? "the delta method (HC3)" : "the delta method (by clusters)";
    lines.push(`standard errors and intervals by ${which}`);
  } else if (fit.n > rowsForUncertainty) {
    lines.push(`no standard errors: beyond ${rowsForUncertainty} runs --bootstrap takes its time for them`);
  }
  return lines;
}

/** The held-out runs in one sentence. */
export function holdOutSummary({ condition, fit, heldOut, ...errors }: Analysis["holdOuts"][number]): string {
  const { meanAbsoluteError, meanError, largestError } = errors;
  return (
    `fitted to ${fit.n} runs and predicting the ${heldOut.length} with ${condition}: ` +
    `off by ${formatPercent(meanAbsoluteError)} on average (${formatPercent(meanError, 2, true)} with sign), ` +
    `at most ${formatPercent(largestError)}`
  );
}

/** Laws side by side, the best first by AICc. */
export function comparisonTable({
  law,
  fit,
  criteria,
  crossValidation,
  others,
}: Candidate & Pick<Analysis, "others">): {
  columns: string[];
  rows: string[][];
  footnotes: number;
} {
  const all = [{ law, fit, criteria, crossValidation }, ...others].sort(
    (a, b) => a.criteria.aicc - b.criteria.aicc,
  );
  const best = all[0]!.criteria.aicc;
  const total = all.reduce((sum, one) => sum + Math.exp((best - one.criteria.aicc) / 2), 0);
  return {
    // A formula is a long name.
    footnotes: 0,
    columns: ["law", "k", "AICc", "ΔAICc", "BIC", "weight", "error", "status"],
    rows: all.map((one) => {
      const behind = one.criteria.aicc - best;
      return [
        one.law.name,
        String(one.fit.freeParameters),
        formatNumber(one.criteria.aicc, 6),
        Number.isNaN(behind) ? "–" : formatNumber(behind, 4),
        formatNumber(one.criteria.bic, 6),
        Number.isNaN(total) ? "–" : formatNumber(Math.exp(-behind / 2) / total, 3),
        one.crossValidation ? formatNumber(one.crossValidation.error, 3) : "–",
        one.fit.status,
      ];
    }),
  };
}

/** Predictions as a table. */
export function predictionTable(fit: Fit, rows: readonly OutputRow[], level: number) {
  const { law } = fit;
  const percent = formatNumber(level * 100);
  // Of several fits some may be without.
  const hasIntervals = rows.some((row) => "low" in row);
  const interval = (row: OutputRow, low: string, high: string) =>
    low in row ? `${formatNumber(row[low] as number, 5)} … ${formatNumber(row[high] as number, 5)}` : "–";
  return {
    columns: [
      "point",
      ...law.variables.map(({ name }) => name),
      law.response.name,
      ...(hasIntervals ? [`${percent} % of the law`, `${percent} % of one more run`] : []),
    ],
    rows: rows.map((row) => [
      String(row.place),
      ...law.variables.map(({ name }) => formatNumber(row[name] as number, 4)),
      formatNumber(row[law.response.name] as number, 5),
      ...(hasIntervals ? [interval(row, "low", "high"), interval(row, "run_low", "run_high")] : []),
    ]),
  };
}
