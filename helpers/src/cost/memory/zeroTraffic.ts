import {
  requirePositive,
  requireWhole,
  requireWholeBetween,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { ZeroStage } from "../layout/ZeroStage.ts";

/** Values that a device sends in one step, by collective. */
export interface ZeroTraffic {
  /** Reduce-scatter of the gradients. */
  readonly reduceScatter: number;
  /** All-gather of the weights: after the step, or before the forward and the backward pass at stage 3. */
  readonly allGather: number;
  readonly total: number;
}

/**
 * Values (elements) that each device sends in one optimiser step under ZeRO: P for reducing the gradients and P for
 * gathering the weights, or 2 P at stage 3, which gathers them in the forward pass and again in the backward pass.
 * Plain data parallelism also sends 2 P, since an all-reduce is a reduce-scatter and an all-gather.
 *
 * With `dataParallel` = d the count is that of a ring, (d − 1)/d of it; without, the limit of many devices, which is
 * what the paper prints. Stage 3 with gradient accumulation gathers anew in each micro-batch: multiply by their number.
 *
 * Source: Rajbhandari et al. 2020 (arXiv 1910.02054), section 7.
 *
 * @throws RangeError on parameters that are not > 0, an unknown stage or a degree that is not whole
 * @example
 * import { zeroTraffic } from "isoflop";
 * zeroTraffic({ params: 1e9, stage: 3 }).total; // => 3000000000
 */
export function zeroTraffic(setting: {
  readonly params: number;
  readonly stage: ZeroStage;
  readonly dataParallel?: number;
}): ZeroTraffic {
  requireOptions("zeroTraffic", setting, ["params", "stage", "dataParallel"]);
  const { params, stage, dataParallel } = setting;
  requirePositive("params", params, "give the parameters, such as 7e9");
  requireWholeBetween("stage", stage, 0, 3, "0 shards nothing, 3 everything");
  let share = 1;
  if (dataParallel !== undefined) {
    requireWhole("dataParallel", dataParallel, 1, "1 for a single device");
    share = (dataParallel - 1) / dataParallel;
  }
  const reduceScatter = params * share;
  const allGather = (stage === 3 ? 2 : 1) * params * share;
  return { reduceScatter, allGather, total: reduceScatter + allGather };
}
