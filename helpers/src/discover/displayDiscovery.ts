import { formatNumber } from "../format/formatNumber.ts";
import type { MimeBundle } from "../format/jupyterDisplay.ts";
import { summaryBundle } from "../format/summaryBundle.ts";
import type { DiscoveredLaw } from "./DiscoveredLaw.ts";

/** What is shown of a discovery. */
interface ShownDiscovery {
  readonly set: readonly DiscoveredLaw[];
  readonly considered: number;
  readonly folds: readonly { readonly variable: string; readonly depth: number; readonly rows: number }[];
  readonly notes: readonly string[];
}

/** What was found, in a notebook: how many laws the rows leave, what is to be known of it, and a row a law below. */
export function displayDiscovery({ set, considered, folds, notes }: ShownDiscovery): MimeBundle {
  const held = folds.map(({ variable, depth, rows }) =>
    variable === "in turn" ? `${rows} in turn` : `top ${depth} of ${variable} (${rows})`,
  );
  const summary = [
    `${considered} laws fitted; ${set.length === 1 ? "the rows decide" : `${set.length} are not told apart, the one that predicts first`}`,
    `rows held out: ${held.join(", ") || "none"}`,
    ...notes,
  ].join("; ");
  const hasOwn = set.some(({ values }) => new Set(values.map(({ group }) => group)).size > 1);
  const rows = set.map(({ law, shared, parameters, error, bic, weight }) => [
    law,
    ...(hasOwn ? [shared ? "shared" : "each group's own"] : []),
    `${parameters}`,
    Number.isNaN(error) ? "–" : formatNumber(error, 3),
    formatNumber(bic, 5),
    formatNumber(weight, 2),
  ]);
  const columns = [
    "law",
    ...(hasOwn ? ["exponents"] : []),
    "parameters",
    "extrapolation error (sd of the noise)",
    "BIC",
    "weight",
  ];
  return summaryBundle(summary, columns, rows);
}
