import { formatCount, formatFlops, formatNumber, formatPercent, huber, type Interval } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";
import { wrapText } from "../../text/wrapText.ts";
import type { Analysis } from "./analyse.ts";

const range = ([low, high]: Interval) => `${formatNumber(low)} … ${formatNumber(high)}`;

/** Estimates as a table: value, and standard error and interval where there was a bootstrap. */
export function parameterTable({ law, fit, bootstrap, level }: Analysis): {
  columns: string[];
  rows: string[][];
} {
  const percent = `${formatNumber(level * 100)} % interval`;
  const rows = law.parameters.map(({ name, description }) => {
    const spread = bootstrap
      ? [formatNumber(bootstrap.standardErrors[name]!, 3), range(bootstrap.interval(name, level))]
      : [];
    return [name, formatNumber(fit.parameters[name]!, 5), ...spread, description];
  });
  return {
    columns: ["parameter", "estimate", ...(bootstrap ? ["std. error", percent] : []), "meaning"],
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
export function fitSummary({ fit, criteria, crossValidation, bootstrap }: Analysis): string[] {
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
  }
  return lines;
}

/** The held-out runs in one sentence. */
export function holdOutSummary({
  condition,
  fit,
  heldOut,
  ...errors
}: NonNullable<Analysis["holdOut"]>): string {
  const { meanAbsoluteError, meanError, largestError } = errors;
  return (
    `fitted to ${fit.n} runs and predicting the ${heldOut.length} with ${condition}: ` +
    `off by ${formatPercent(meanAbsoluteError)} on average (${formatPercent(meanError, 2, true)} with sign), ` +
    `at most ${formatPercent(largestError)}`
  );
}

/** The whole analysis for a terminal of so many columns. */
export function analysisText(
  analysis: Analysis,
  source: readonly string[],
  width = Number.POSITIVE_INFINITY,
): string {
  const { law, plan, level, notes } = analysis;
  const indent = (lines: readonly string[], hang = 4) =>
    lines.flatMap((line) => wrapText(`  ${line}`, width, hang)).join("\n");
  const table = ({ columns, rows }: { columns: string[]; rows: string[][] }) =>
    fittedTable(columns, rows, { width: width - 2 }).replace(/^(?=.)/gm, "  ");
  const sections = [
    ["Runs", indent(source)],
    [`Law ${law.name}`, table(parameterTable(analysis))],
    ["Fit", indent(fitSummary(analysis))],
    ...(analysis.holdOut ? [["Hold-out", indent([holdOutSummary(analysis.holdOut)])]] : []),
    ...(plan ? [["Plan", `${table(planTable(plan, level))}\n${indent([plan.note])}`]] : []),
    ...(notes.length > 0 ? [["Notes", indent(notes.map((note) => `- ${note}`))]] : []),
  ];
  return sections.map(([title, body]) => `${title}\n${body}`).join("\n\n");
}
