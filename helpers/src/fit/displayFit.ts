import { formatNumber } from "../format/formatNumber.ts";
import type { MimeBundle } from "../format/jupyterDisplay.ts";
import { summaryBundle } from "../format/summaryBundle.ts";
import { defaultLoss } from "./losses/defaultLoss.ts";
import type { FitStatus } from "./objective/FitOptions.ts";
import type { Estimate } from "./uncertainty/Estimate.ts";

/** A fit in a notebook: law, estimates with units, objective and status; never the arrays behind it. */
export function displayFit(
  { law, parameters, options, table, minimum }: Estimate,
  { status, reason }: { readonly status: FitStatus; readonly reason: string },
): MimeBundle {
  const rows = law.parameters.map(({ name, unit, description }) => [
    name,
    formatNumber(parameters[name]!, 6),
    unit,
    description,
  ]);
  const loss = (options.loss ?? defaultLoss).label;
  const summary =
    `${law.name}, ${table.n} runs, ${loss} on ${options.residual ?? "log"} residuals: ` +
    `objective ${formatNumber(minimum.value, 6)}, ${status} (${reason})`;
  return summaryBundle(summary, ["parameter", "estimate", "unit", "meaning"], rows);
}
