import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { logSpace } from "../numerics/logSpace.ts";
import { type AllocationLaw, allocationThrough, tooFewBudgets } from "./AllocationLaw.ts";
import { checkIsoflopRuns, type IsoflopRun } from "./IsoflopRun.ts";

/** How the envelope of training curves is read. */
export interface Approach1Options<R extends IsoflopRun> {
  /** Which training curve a checkpoint belongs to (default: its model size). */
  readonly curve?: (checkpoint: R) => string | number;
  /** Budgets at which the envelope is read, evenly spaced in ln C (default 1500, as Hoffmann et al.). */
  readonly points?: number;
}

/** The model with the least loss at one compute budget. */
export interface EnvelopePoint {
  readonly flops: number;
  readonly nParams: number;
  readonly nTokens: number;
  readonly loss: number;
}

/** The allocation that the envelope of training curves gives, with the envelope. */
export interface Approach1 extends AllocationLaw {
  readonly envelope: readonly EnvelopePoint[];
  readonly warnings: readonly string[];
}

/**
 * Chinchilla's approach 1: the lower envelope of training curves. At each of many compute budgets every
 * curve is read by linear interpolation of its loss in ln C; the lowest one gives the optimum, and
 * N = kParams C^a, D = kTokens C^b go through the optima by least squares in logarithms.
 *
 * Source: Hoffmann et al. 2022, section 3.1. Budgets covered by one size only are not read: nothing
 * competes there.
 *
 * @param checkpoints every logged point of every training curve: nParams, flops, loss (nats per token)
 * @throws RangeError when no two curves overlap in compute, or a checkpoint is not positive
 * @example
 * import { approach1 } from "isoflop";
 * const checkpoints = [1e8, 2e8, 4e8, 8e8].flatMap((nParams) =>
 *   [1, 2, 4, 8, 16, 32, 64].map((k) => {
 *     const nTokens = 2e9 * k;
 *     return { nParams, nTokens, flops: 6 * nParams * nTokens, loss: 1e3 / nParams ** 0.5 + 1e3 / nTokens ** 0.5 };
 *   }),
 * );
 * approach1(checkpoints).envelope.length; // => 1500
 */
export function approach1<R extends IsoflopRun>(
  checkpoints: readonly R[],
  options: Approach1Options<R> = {},
): Approach1 {
  checkIsoflopRuns("approach1", checkpoints);
  requireOptions("approach1", options, ["curve", "points"]);
  const curves = trainingCurves(checkpoints, options.curve ?? ((checkpoint) => checkpoint.nParams));
  const range = contestedRange(curves);
  if (!range) {
    throw new RangeError(
      `the envelope needs training curves of two sizes or more that overlap in compute, got ${curves.length} ` +
        "curve(s) without overlap; log more checkpoints of each run",
    );
  }
  const envelope = logSpace(range[0], range[1], options.points ?? 1500).flatMap((flops) => {
    let best: EnvelopePoint | undefined;
    for (const curve of curves) {
      const loss = lossAt(curve, flops);
      if (loss !== undefined && (!best || loss < best.loss)) {
        best = { flops, nParams: curve.nParams, nTokens: flops / (6 * curve.nParams), loss };
      }
    }
    return best ? [best] : [];
  });
  const allocation = allocationThrough(envelope);
  if (!allocation) throw tooFewBudgets(range, envelope.length);
  return { ...allocation, envelope, warnings: edgeWarnings(envelope, curves) };
}

interface Curve {
  readonly nParams: number;
  readonly lnFlops: readonly number[];
  readonly loss: readonly number[];
}

function trainingCurves<R extends IsoflopRun>(
  checkpoints: readonly R[],
  key: (checkpoint: R) => string | number,
): Curve[] {
  const groups = new Map<string | number, R[]>();
  for (const checkpoint of checkpoints) {
    const group = groups.get(key(checkpoint));
    if (group) group.push(checkpoint);
    else groups.set(key(checkpoint), [checkpoint]);
  }
  return [...groups.values()].map((group) => {
    const sorted = group.sort((p, q) => p.flops - q.flops);
    return {
      nParams: sorted[0]!.nParams,
      lnFlops: sorted.map((one) => Math.log(one.flops)),
      loss: sorted.map((one) => one.loss),
    };
  });
}

/** The span of compute where at least two sizes have a reading. */
function contestedRange(curves: readonly Curve[]): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const one of curves) {
    for (const other of curves) {
      if (one.nParams === other.nParams) continue;
      const from = Math.max(one.lnFlops[0]!, other.lnFlops[0]!);
      const to = Math.min(one.lnFlops.at(-1)!, other.lnFlops.at(-1)!);
      if (from < to) {
        low = Math.min(low, from);
        high = Math.max(high, to);
      }
    }
  }
  return low < high ? [Math.exp(low), Math.exp(high)] : undefined;
}

function lossAt({ lnFlops, loss }: Curve, flops: number): number | undefined {
  const x = Math.log(flops);
  if (x < lnFlops[0]! || x > lnFlops.at(-1)!) return undefined;
  let left = 0;
  let right = lnFlops.length - 1;
  while (right - left > 1) {
    const middle = (left + right) >> 1;
    if (lnFlops[middle]! <= x) left = middle;
    else right = middle;
  }
  const width = lnFlops[right]! - lnFlops[left]!;
  const t = width > 0 ? (x - lnFlops[left]!) / width : 0;
  return loss[left]! + t * (loss[right]! - loss[left]!);
}

function edgeWarnings(envelope: readonly EnvelopePoint[], curves: readonly Curve[]): string[] {
  const sizes = curves.map((curve) => curve.nParams);
  const ends = [
    ["smallest", Math.min(...sizes)],
    ["largest", Math.max(...sizes)],
  ] as const;
  return ends.flatMap(([side, nParams]) => {
    const share = envelope.filter((one) => one.nParams === nParams).length / envelope.length;
    if (share < 0.1) return [];
    return [
      `the ${side} model is best at ${Math.round(share * 100)} % of the budgets: there the sweep has no ` +
        "interior minimum, and the exponent leans on its edge",
    ];
  });
}
