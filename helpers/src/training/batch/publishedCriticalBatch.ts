import { publishedPowerLaw } from "../../laws/power/publishedPowerLaw.ts";

/**
 * Critical batch by model size in the Chinchilla setting (20 tokens a parameter), converted to parameters and tokens:
 * printed as `B* = 93.20 N^0.47` with N in millions and B in sequences of 512 tokens. It is the batch that takes 20 %
 * more steps than in proportion from 256 sequences, not McCandlish's.
 *
 * Source: Zhang et al. 2024 (arXiv:2410.21676), section 3.2; digits of the authors' notebook, repository
 * hlzhang109/critical-batch-size at c5b509d, plots/chinchilla.ipynb.
 *
 * @example
 * import { evaluatePowerLaw, zhangCriticalBatch } from "isoflop";
 * evaluatePowerLaw(zhangCriticalBatch, { nParams: 151e6 }); // => 500_079
 */
export const zhangCriticalBatch = publishedPowerLaw({
  coefficient: 93.196814043949 * 512 * 1e6 ** -0.4682782328130422,
  exponents: { nParams: 0.4682782328130422 },
  source: "Zhang et al. 2024 (arXiv:2410.21676), section 3.2, digits of the authors' notebook",
  units: { y: "tokens", nParams: "parameters" },
  fitted: { nParams: [85e6, 1.2e9] },
});

/**
 * McCandlish's critical batch (twice the least steps and tokens) by training tokens, `2.75 D^0.610` tokens: isoflop's
 * fit of the steps that Zhang et al. 2024 counted at nine batches for five models, through one curve a model. Size and
 * tokens move together there; that tokens count and not size is the paper's finding, not this fit's.
 *
 * Source: counts of Zhang et al. 2024 (arXiv:2410.21676); the fit is isoflop's.
 *
 * @example
 * import { countedCriticalBatch, evaluatePowerLaw } from "isoflop";
 * evaluatePowerLaw(countedCriticalBatch, { nTokens: 20e9 }); // => 5.309e6
 */
export const countedCriticalBatch = publishedPowerLaw({
  coefficient: 2.748,
  exponents: { nTokens: 0.61023 },
  source: "isoflop's fit of 45 counts of steps of Zhang et al. 2024 (arXiv:2410.21676)",
  units: { y: "tokens", nTokens: "tokens" },
  fitted: { nTokens: [1.74e9, 24.6e9] },
});

/** Spread of that line: slope and level about the mean of ln D, with the freedom of five models. */
export const countedCriticalBatchErrors = Object.freeze({
  meanLogTokens: 22.56379,
  level: 0.027144,
  slope: 0.028709,
  freedom: 3,
});
