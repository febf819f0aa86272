import { type Fit, formatPercent } from "isoflop";
import { excerpt } from "isoflop-datasets/csv";
import type { LoadedRuns } from "../../tables/loadRuns.ts";

/** Columns that name runs, in order of preference. */
const naming = ["run", "runname", "runid", "name", "model", "modelname", "id", "experiment"];
const most = 5;

/** The column of texts that names the runs, where there is one. */
export function namesOfRuns(
  texts: ReadonlyMap<string, readonly string[]> | undefined,
): readonly string[] | undefined {
  const columns = [...(texts ?? [])].map(([name, values]) => ({
    rank: naming.indexOf(name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")),
    values,
  }));
  const [first] = columns.filter(({ rank }) => rank >= 0).sort((a, b) => a.rank - b.rank);
  return first?.values;
}

/** Runs that lie off, by their places in the file, their names, and how far they are off; undefined where there are none. */
export function outlierNote(
  outliers: readonly number[],
  fitted: Fit,
  loaded: LoadedRuns,
  texts: ReadonlyMap<string, readonly string[]> | undefined,
): string | undefined {
  if (outliers.length === 0) return undefined;
  const names = namesOfRuns(texts);
  const residuals = fitted.residuals();
  const isRaw = fitted.options.residual === "raw";
  const list = outliers.slice(0, most).map((row) => {
    const name = names?.[row];
    const shown = name === undefined || name.trim() === "" ? "" : ` "${excerpt(name, 30)}"`;
    // Above the law where it promises less than was observed.
    const above = isRaw ? -residuals[row]! / fitted.table.y[row]! : Math.expm1(-residuals[row]!);
    return `${loaded.placeOf(row)}${shown} ${formatPercent(above, 2, true)}`;
  });
  const more = outliers.length > most ? `, … and ${outliers.length - most} more` : "";
  return `${outliers.length} of ${fitted.n} runs lie more than 5 robust standard deviations off (${list.join(", ")}${more}); look at them before trusting squared loss`;
}
