import { formatNumber, type LayoutSearch } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";

/** The answer of `isoflop cost search` for a terminal of so many columns. */
export function searchText(search: LayoutSearch, width = Number.POSITIVE_INFINITY): string {
  const digits = (value: number) => formatNumber(value, 3);
  const rows = search.layouts.map(({ layout, ...found }) => [
    `${layout.tensorParallel}`,
    `${layout.pipelineParallel}${layout.interleave > 1 ? `×${layout.interleave}` : ""}`,
    `${layout.contextParallel}`,
    `${layout.expertParallel}`,
    `${layout.dataParallel}`,
    `${layout.zeroStage}`,
    `${layout.microBatch}`,
    layout.recompute,
    digits(found.seconds),
    found.interval.map(digits).join(" to "),
    found.tokensPerSPerDevice.toFixed(0),
    `${(found.needBytes / 1e9).toFixed(1)} GB`,
    found.ratio === 1 || !found.distinguishable ? "≈ fastest" : `${digits(found.ratio)} times`,
  ]);
  const header = [
    "tp",
    "pp",
    "cp",
    "ep",
    "dp",
    "zero",
    "mb",
    "recompute",
    "s",
    "80 %",
    "tokens/s/dev",
    "memory",
    "against it",
  ];
  return [
    `${search.fitting} of ${search.considered} layouts fit; ${search.tied} of the fastest cannot be told apart`,
    "",
    fittedTable(header, rows, { width }),
  ].join("\n");
}
