import { predict } from "../../laws/definition/predict.ts";
import { transferredData } from "../../laws/levers/transferredData.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** What pre-training adds to fine-tuning data, in the unit of the data. */
export interface TransferWorth {
  /** Further data of the target that pre-training is worth, D_T. */
  readonly transferred: number;
  /** (D_F + D_T) / D_F: by how much it multiplies the data. */
  readonly multiplier: number;
}

/**
 * What pre-training is worth in data of the target distribution: `D_T = k D_F^alpha N^beta`, and how many times the
 * fine-tuning data that makes. The unit of data is that of k: the authors count characters, not tokens.
 *
 * @param model fineTuningData D_F, nParams without embeddings, and the law's k, alpha and beta, which go with a pair of
 * distributions; none are given here, because the authors' table was not read at its source
 * @throws RangeError when a number is not > 0
 *
 * Source: Hernandez et al. 2021 (arXiv 2102.01293), eq. 1.1 and section 1.
 *
 * @example
 * import { transferWorth } from "isoflop";
 * transferWorth({ fineTuningData: 1e6, nParams: 1e8, k: 1e4, alpha: 0.2, beta: 0.4 }).multiplier; // => 252.2
 */
export function transferWorth(model: {
  readonly fineTuningData: number;
  readonly nParams: number;
  readonly k: number;
  readonly alpha: number;
  readonly beta: number;
}): TransferWorth {
  requireOptions("transferWorth", model, ["fineTuningData", "nParams", "k", "alpha", "beta"]);
  const { fineTuningData, nParams, ...constants } = model;
  for (const [name, value] of Object.entries(constants)) {
    requirePositive(name, value, "give the constants of a fit of transferredData");
  }
  const transferred = predict(transferredData, constants, { fineTuningData, nParams });
  return { transferred, multiplier: 1 + transferred / fineTuningData };
}
