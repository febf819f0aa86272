import { formatNumber } from "../../format/formatNumber.ts";
import type { MimeBundle } from "../../format/jupyterDisplay.ts";
import { summaryBundle } from "../../format/summaryBundle.ts";
import type { Law } from "../../laws/definition/Law.ts";

/** What is shown of a mixed fit. */
interface ShownFit {
  readonly law: Law;
  readonly groups: readonly string[];
  readonly n: number;
  readonly sigma: number;
  readonly logLikelihood: number;
  readonly status: string;
  readonly reason: string;
  readonly settings: { readonly method: string; readonly residual: string };
  readonly parameters: Readonly<Record<string, number>>;
  readonly standardErrors: Readonly<Record<string, number>>;
  readonly spread: Readonly<Record<string, number>>;
}

/** A mixed fit in a notebook: the common value, its standard error and the spread among groups, a row a parameter. */
export function displayMixedFit(fit: ShownFit): MimeBundle {
  const { law, groups, n, sigma, logLikelihood, status, reason, settings } = fit;
  const summary =
    `${law.name}, ${n} runs in ${groups.length} groups, ${settings.method} on ${settings.residual} residuals: ` +
    `sigma ${formatNumber(sigma, 4)}, log likelihood ${formatNumber(logLikelihood, 6)}, ${status} (${reason})`;
  const rows = law.parameters.map(({ name, scale, unit }) => [
    name,
    formatNumber(fit.parameters[name]!, 6),
    formatNumber(fit.standardErrors[name]!, 3),
    name in fit.spread ? `${formatNumber(fit.spread[name]!, 4)}${scale === "log" ? " of ln" : ""}` : "",
    unit,
  ]);
  return summaryBundle(summary, ["parameter", "common", "std. error", "spread among groups", "unit"], rows);
}
