import { requirePositive } from "../numerics/arguments/requireNumber.ts";

/** What an amount of accelerator time buys at a measured throughput. */
export interface ComputeClass {
  readonly acceleratorHours: number;
  readonly tokensPerSecond: number;
  /** Training tokens, throughput times time. */
  readonly nTokens: number;
  /** 6 N D; absent without nParams. */
  readonly flops: number | undefined;
  /** Optimizer steps at the batch; absent without batchTokens. */
  readonly steps: number | undefined;
}

/**
 * Tokens of a compute class: tokens per second of one accelerator times hours times 3600. Comparing models at equal
 * accelerator hours instead of equal FLOPs charges each for how well it uses the hardware.
 *
 * Source: Stanic et al. 2023 (Languini Kitchen, arXiv:2309.11197).
 *
 * @param question accelerator hours; throughput in tokens a second on that accelerator; size and batch where known
 * @throws RangeError when a number is not > 0
 *
 * @example
 * import { computeClass } from "isoflop";
 * computeClass({ acceleratorHours: 6, tokensPerSecond: 55_416 }).nTokens; // => 1.197e9
 */
export function computeClass(question: {
  readonly acceleratorHours: number;
  readonly tokensPerSecond: number;
  readonly nParams?: number;
  readonly batchTokens?: number;
}): ComputeClass {
  const { acceleratorHours, tokensPerSecond, nParams, batchTokens } = question;
  requirePositive("acceleratorHours", acceleratorHours, "give hours, such as 24");
  requirePositive("tokensPerSecond", tokensPerSecond, "measure it on the accelerator of the class");
  const nTokens = acceleratorHours * 3600 * tokensPerSecond;
  return {
    acceleratorHours,
    tokensPerSecond,
    nTokens,
    flops:
      nParams === undefined
        ? undefined
        : 6 * requirePositive("nParams", nParams, "give a count, such as 7e9") * nTokens,
    steps:
      batchTokens === undefined
        ? undefined
        : nTokens / requirePositive("batchTokens", batchTokens, "give a count, such as 7e9"),
  };
}
