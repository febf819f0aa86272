import { formatNumber } from "../../format/formatNumber.ts";
import type { MimeBundle } from "../../format/jupyterDisplay.ts";
import { summaryBundle } from "../../format/summaryBundle.ts";
import type { Law } from "../../laws/definition/Law.ts";
import type { FitOptions } from "../objective/FitOptions.ts";

/** What is shown of a joint fit. */
interface ShownFit {
  readonly law: Law;
  readonly group: string;
  readonly groups: readonly string[];
  readonly shared: Readonly<Record<string, number>>;
  readonly options: Readonly<FitOptions>;
  readonly n: number;
  readonly objective: number;
  readonly status: string;
  readonly reason: string;
  parameters(group: string): Readonly<Record<string, number>>;
}

/** A joint fit in a notebook: what is shared in the sentence above, a row a group below. */
export function displayGroupFit(fit: ShownFit): MimeBundle {
  const { law, groups, shared, options, n, objective, status, reason } = fit;
  const common = Object.entries(shared).map(([name, value]) => `${name} = ${formatNumber(value, 6)}`);
  const own = law.parameters.filter(({ name }) => !(name in shared));
  const summary =
    `${law.name}, ${n} runs in ${groups.length} groups by ${fit.group}, ${options.loss!.label} on ${options.residual ?? "log"} residuals; ` +
    `shared: ${common.join(", ") || "nothing"}; objective ${formatNumber(objective, 6)}, ${status} (${reason})`;
  const rows = groups.map((name) => [
    name,
    ...own.map((parameter) => formatNumber(fit.parameters(name)[parameter.name]!, 6)),
  ]);
  return summaryBundle(summary, [fit.group, ...own.map(({ name }) => name)], rows);
}
