import { publishedPowerLaw as published } from "../../laws/power/publishedPowerLaw.ts";

const steps = "Li et al. 2025 (arXiv:2503.04715), Table 2";

/**
 * Step Law's peak learning rate, 1.79 N^-.713 D^.307.
 *
 * @example
 * import { evaluatePowerLaw, stepLawLearningRate } from "isoflop";
 * evaluatePowerLaw(stepLawLearningRate, { nParams: 1e9, nTokens: 100e9 }); // => 0.001632
 */
export const stepLawLearningRate = published({
  coefficient: 1.79,
  exponents: { nParams: -0.713, nTokens: 0.307 },
  source: steps,
  units: { y: "1", nParams: "parameters without embeddings", nTokens: "tokens" },
  fitted: { nParams: [60e6, 1e9], nTokens: [2e9, 100e9] },
});

/**
 * Step Law's batch size in tokens, .58 D^.571.
 *
 * @example
 * import { evaluatePowerLaw, stepLawBatchTokens } from "isoflop";
 * evaluatePowerLaw(stepLawBatchTokens, { nTokens: 100e9 }); // => 1.108e6
 */
export const stepLawBatchTokens = published({
  coefficient: 0.58,
  exponents: { nTokens: 0.571 },
  source: steps,
  units: { y: "tokens", nTokens: "tokens" },
  fitted: { nTokens: [2e9, 100e9] },
});

const deepseek = "DeepSeek-AI 2024 (DeepSeek LLM), as compared in Li et al. 2025 (arXiv:2503.04715)";

/**
 * DeepSeek's peak learning rate, .3118 C^-.125.
 *
 * @example
 * import { deepseekLearningRate, evaluatePowerLaw } from "isoflop";
 * evaluatePowerLaw(deepseekLearningRate, { flops: 1e20 }); // => 9.860e-4
 */
export const deepseekLearningRate = published({
  coefficient: 0.3118,
  exponents: { flops: -0.125 },
  source: deepseek,
  units: { y: "1", flops: "FLOPs without embeddings, attention counted" },
  fitted: {},
});

/**
 * DeepSeek's batch size in tokens, .2920 C^.3271.
 *
 * @example
 * import { deepseekBatchTokens, evaluatePowerLaw } from "isoflop";
 * evaluatePowerLaw(deepseekBatchTokens, { flops: 1e20 }); // => 1.017e6
 */
export const deepseekBatchTokens = published({
  coefficient: 0.292,
  exponents: { flops: 0.3271 },
  source: deepseek,
  units: { y: "tokens", flops: "FLOPs without embeddings, attention counted" },
  fitted: {},
});

/**
 * MiniCPM's batch size in tokens by the loss on C4, 1.21e9 L^-6.24.
 *
 * @example
 * import { evaluatePowerLaw, minicpmBatchTokens } from "isoflop";
 * evaluatePowerLaw(minicpmBatchTokens, { loss: 2.5 }); // => 3.978e6
 */
export const minicpmBatchTokens = published({
  coefficient: 1.21e9,
  exponents: { loss: -6.24 },
  source: "Hu et al. 2024 (MiniCPM, arXiv:2404.06395v3), section 3.2",
  units: { y: "tokens", loss: "nats per token on C4" },
  fitted: {},
});

/**
 * Kaplan et al.'s critical batch size in tokens by the loss, 2e8 L^(-1/.21).
 *
 * @example
 * import { evaluatePowerLaw, kaplanCriticalBatchTokens } from "isoflop";
 * evaluatePowerLaw(kaplanCriticalBatchTokens, { loss: 2.5 }); // => 2.547e6
 */
export const kaplanCriticalBatchTokens = published({
  coefficient: 2e8,
  exponents: { loss: -1 / 0.21 },
  source: "Kaplan et al. 2020 (arXiv:2001.08361), equation 1.4",
  units: { y: "tokens", loss: "nats per token" },
  fitted: {},
});

/**
 * Power scheduler's learning rate for a sequence of batch, 4.6 T^-.51: times the batch in sequences of 4096 tokens
 * it is the optimal peak rate under muP.
 *
 * @example
 * import { evaluatePowerLaw, powerSchedulerRatio } from "isoflop";
 * 1024 * evaluatePowerLaw(powerSchedulerRatio, { nTokens: 10e12 }); // => 0.001104
 */
export const powerSchedulerRatio = published({
  coefficient: 4.6,
  exponents: { nTokens: -0.51 },
  source: "Shen et al. 2024 (Power Scheduler, arXiv:2408.13359v2), equation 5",
  units: { y: "1 per sequence of 4096 tokens", nTokens: "tokens" },
  fitted: { nTokens: [2e9, 256e9] },
});

/** MiniCPM's learning rate under muP, the same from .04B to 2.1B parameters. */
export const minicpmLearningRate = Object.freeze({
  value: 0.01,
  source: "Hu et al. 2024 (MiniCPM, arXiv:2404.06395v3), section 3.3",
  units: Object.freeze({ value: "1, under muP" }),
});

const porian =
  "Porian et al. 2024 (arXiv:2406.19146), rounded fit of the authors' repository formll/resolving-scaling-law-discrepancies at 3489db5, plotting.py";

/**
 * Porian et al.'s peak learning rate, .0047 (N / 108e6)^(-1/3), at 20 tokens a parameter.
 *
 * @example
 * import { evaluatePowerLaw, porianLearningRate } from "isoflop";
 * evaluatePowerLaw(porianLearningRate, { nParams: 108e6 }); // => 0.0047
 */
export const porianLearningRate = published({
  coefficient: 0.0047 * 108e6 ** (1 / 3),
  exponents: { nParams: -1 / 3 },
  source: porian,
  units: { y: "1", nParams: "parameters as the authors' sweep counts them" },
  fitted: { nParams: [25e6, 110e6] },
});

/**
 * Porian et al.'s batch size, 160 (N / 108e6)^(2/3) sequences of 2048, here in tokens.
 *
 * @example
 * import { evaluatePowerLaw, porianBatchTokens } from "isoflop";
 * evaluatePowerLaw(porianBatchTokens, { nParams: 108e6 }); // => 327_680
 */
export const porianBatchTokens = published({
  coefficient: 160 * 2048 * 108e6 ** (-2 / 3),
  exponents: { nParams: 2 / 3 },
  source: porian,
  units: { y: "tokens", nParams: "parameters as the authors' sweep counts them" },
  fitted: { nParams: [25e6, 110e6] },
});
