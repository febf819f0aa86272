import { formatCount } from "../format/formatCount.ts";
import { formatFlops } from "../format/formatFlops.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { type Displayable, jupyterDisplay } from "../format/jupyterDisplay.ts";
import { tableBundle } from "../format/tableBundle.ts";
import { type AllocationLaw, allocate, type Split } from "./AllocationLaw.ts";
import type { AllocationIntervals } from "./approach2.ts";

/** One of the ways compared, and how it splits the budget. */
export interface ComparedAllocation extends AllocationLaw, Split {
  readonly name: string;
  readonly intervals: AllocationIntervals | null;
}

/** Several ways to split compute, at one budget; shows itself as a table. */
export interface AllocationComparison extends Displayable {
  readonly rows: readonly ComparedAllocation[];
  /** Largest over smallest optimal model among the rows. */
  readonly disagreement: number;
}

/**
 * Several approaches side by side: exponents with intervals, and what each asks for at one budget. Shows itself as a
 * table in a notebook; the form of Hoffmann et al. 2022, Table 2.
 *
 * @param allocations results of `approach1`, `approach2`, `approach3`, `correctParabolas`, … under their names
 * @param flops the budget at which they are compared, FLOPs
 * @throws RangeError if flops is not > 0
 * @example
 * import { chinchillaAllocation, compareAllocations, besiroglu2024, hoffmann2022 } from "isoflop";
 * const comparison = compareAllocations(
 *   { Hoffmann: chinchillaAllocation(hoffmann2022.parameters), Epoch: chinchillaAllocation(besiroglu2024.parameters) },
 *   5.88e23,
 * );
 * comparison.disagreement; // => 1.792
 */
export function compareAllocations(
  allocations: Readonly<Record<string, AllocationLaw & { readonly intervals?: AllocationIntervals | null }>>,
  flops: number,
): AllocationComparison {
  const rows = Object.entries(allocations).map(([name, { a, kParams, b, kTokens, intervals = null }]) => ({
    name,
    a,
    kParams,
    b,
    kTokens,
    intervals,
    ...allocate({ a, kParams, b, kTokens }, flops),
  }));
  const sizes = rows.map((row) => row.nParams);
  const range = (ends: readonly [number, number] | undefined) =>
    ends ? `${formatNumber(ends[0], 3)} … ${formatNumber(ends[1], 3)}` : "–";
  const level = rows.find((row) => row.intervals)?.intervals?.level;
  const interval = level === undefined ? "interval" : `${formatNumber(level * 100, 3)} % interval`;
  const at = `at ${formatFlops(flops)} FLOPs`;
  const columns = [
    "approach",
    "a",
    interval,
    "b",
    interval,
    `parameters ${at}`,
    "tokens",
    "tokens per parameter",
  ];
  const cells = rows.map((row) => [
    row.name,
    formatNumber(row.a),
    range(row.intervals?.a),
    formatNumber(row.b),
    range(row.intervals?.b),
    formatCount(row.nParams),
    formatCount(row.nTokens),
    formatNumber(row.tokensPerParam, 3),
  ]);
  return Object.freeze({
    rows,
    disagreement: Math.max(...sizes) / Math.min(...sizes),
    [jupyterDisplay]: () => tableBundle(columns, cells),
  });
}
