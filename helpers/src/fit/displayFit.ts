import { escapeHtml } from "../format/escapeHtml.ts";
import { formatNumber } from "../format/formatNumber.ts";
import type { MimeBundle } from "../format/jupyterDisplay.ts";
import { tableBundle } from "../format/tableBundle.ts";
import type { Fit } from "./FitResult.ts";
import type { Bootstrap } from "./uncertainty/BootstrapResult.ts";

/** A fit in a notebook: law, estimates with units, objective and status; never the arrays behind it. */
export function displayFit(fit: Fit): MimeBundle {
  const { law, parameters, options } = fit;
  const rows = law.parameters.map(({ name, unit, description }) => [
    name,
    formatNumber(parameters[name]!, 6),
    unit,
    description,
  ]);
  const loss = options.loss?.label ?? "huber(0.001)";
  const summary =
    `${law.name}, ${fit.n} runs, ${loss} on ${options.residual ?? "log"} residuals: ` +
    `objective ${formatNumber(fit.objective, 6)}, ${fit.status} (${fit.reason})`;
  return withSummary(summary, tableBundle(["parameter", "estimate", "unit", "meaning"], rows));
}

/** A bootstrap in a notebook: standard errors and 95 % intervals. */
export function displayBootstrap<V extends string, P extends string, R extends string>(
  replicates: Bootstrap<V, P, R>,
): MimeBundle {
  const names = Object.keys(replicates.standardErrors) as P[];
  const rows = names.map((name) => {
    const [low, high] = replicates.interval(name, 0.95);
    return [name, formatNumber(replicates.standardErrors[name]), formatNumber(low), formatNumber(high)];
  });
  const summary = `${replicates.resamples} replicates, ${replicates.kind}, seed ${replicates.seed}`;
  return withSummary(summary, tableBundle(["parameter", "standard error", "2.5 %", "97.5 %"], rows));
}

function withSummary(summary: string, bundle: MimeBundle): MimeBundle {
  return {
    "text/html": `<p>${escapeHtml(summary)}</p>${bundle["text/html"]}`,
    "text/plain": `${summary}\n${bundle["text/plain"]}`,
  };
}

/** Node's hook for `console.log`, by its registered name so that browsers need not know it. */
export const inspectHook: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;
