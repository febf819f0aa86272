import type { MultiPowerParameter } from "./multiPowerLaw.ts";

type Constants = Readonly<Record<MultiPowerParameter, number>>;

/**
 * The multi-power law's constants for Luo et al.'s models of 25, 100 and 400 million parameters: peak rate 3e-4, warm-up over
 * 2160 steps, AdamW. Two hundred steps of AdamW found them; they are no minimum of the authors' objective.
 *
 * Source: thu-yao-01-luo/MultiPowerLaw at 8da9f19, logs/25.log, logs/100.log and logs/400.log ("Best Parameters"), rounded to
 * three places in its README; Luo et al. 2025 (arXiv:2503.12811) fitted them first.
 *
 * @example
 * import { luo2025 } from "isoflop";
 * luo2025["400M"].alpha; // => 0.4288
 */
export const luo2025: Readonly<Record<"25M" | "100M" | "400M", Constants>> = {
  "25M": {
    L0: 3.0404540607184405,
    A: 0.524686039368193,
    alpha: 0.5078685704877554,
    B: 363.7875162170278,
    C: 2.0656081241337327,
    beta: 0.5827901296148124,
    gamma: 0.6414225733502996,
  },
  "100M": {
    L0: 2.6514477024161742,
    A: 0.6011515230827974,
    alpha: 0.4529581100522778,
    B: 437.94642760340304,
    C: 2.132456121480403,
    beta: 0.5978519925072291,
    gamma: 0.6552364418199805,
  },
  "400M": {
    L0: 2.374744659170942,
    A: 0.6542121550244083,
    alpha: 0.42878731201783993,
    B: 523.4246437117536,
    C: 2.0246273548931515,
    beta: 0.5935049336845727,
    gamma: 0.6347245666876161,
  },
};
