import { formatBytes, formatNumber, type LayoutSearch, type SearchedLayout } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";

const digits = (value: number) => formatNumber(value, 3);

/** The answer of `isoflop cost search` for a terminal of so many columns. */
export function searchText(search: LayoutSearch, width = Number.POSITIVE_INFINITY): string {
  const { fitting, considered, tied, leastBytes, assumptions } = search;
  if (fitting === 0) {
    return `none of ${considered} layouts fits: the smallest needs ${formatBytes(leastBytes)} of each device; take more devices, fewer tokens a sequence, or an accelerator with more memory`;
  }
  const rows = search.layouts.map(({ layout, ...found }) => [
    degrees(layout),
    digits(found.seconds),
    found.interval.map(digits).join(" to "),
    found.tokensPerSPerDevice.toFixed(0),
    `${(found.needBytes / 1e9).toFixed(1)} GB`,
    `${found.distinguishable ? "" : "≈ "}${formatNumber(found.ratio, 3)}`,
  ]);
  return [
    `${fitting} of ${considered} layouts fit; ${tied} of them cannot be told from the fastest (≈)`,
    "",
    fittedTable(["layout", "s", "80 %", "tokens/s", "memory", "ratio"], rows, { width }),
    "",
    "s a step, and tokens a second of one device; ratio to the fastest",
    ...assumptions,
  ].join("\n");
}

/** A layout in the letters of the field: "tp8 pp4×10 dp2 z1 mb1 full". */
function degrees(layout: SearchedLayout): string {
  const { interleave, contextParallel, expertParallel, recompute } = layout;
  return [
    `tp${layout.tensorParallel}`,
    `pp${layout.pipelineParallel}${interleave > 1 ? `×${interleave}` : ""}`,
    ...(contextParallel > 1 ? [`cp${contextParallel}`] : []),
    ...(expertParallel > 1 ? [`ep${expertParallel}`] : []),
    `dp${layout.dataParallel}`,
    `z${layout.zeroStage}`,
    `mb${layout.microBatch}`,
    ...(recompute === "none" ? [] : [recompute]),
  ].join(" ");
}
