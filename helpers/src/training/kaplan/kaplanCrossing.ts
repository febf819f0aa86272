import { flopsPerPfDay } from "../pfDays.ts";
import { kaplanLossByCompute, kaplanLossByTokens, kaplanOptimalParams } from "./publishedKaplanLaws.ts";

/** Where Kaplan's L(C) and L(D) meet: PF-days, parameters without embeddings, tokens, nats per token. */
export interface KaplanCrossing {
  readonly pfDays: number;
  readonly nParams: number;
  readonly nTokens: number;
  readonly loss: number;
}

/**
 * Where Kaplan's laws contradict each other: the compute at which L(C_min) falls below L(D) of the tokens the optimal
 * run would see, D = passes C_min / (6 N(C_min)). In the logarithm of compute both are straight, so it is one division.
 *
 * @param passes tokens over the least tokens: 2 at the critical batch (half of the efficiency), 1 at a tiny batch
 *
 * Source: Kaplan et al. 2020 (arXiv:2001.08361), section 6.3.
 *
 * @example
 * import { kaplanCrossing } from "isoflop";
 * kaplanCrossing().loss; // => 1.635
 */
export function kaplanCrossing(passes = 2): KaplanCrossing {
  const tokensAt1 = (passes * flopsPerPfDay) / (6 * kaplanOptimalParams.coefficient);
  const tokensExponent = 1 - kaplanOptimalParams.exponents.pfDays;
  const byCompute = {
    level: Math.log(kaplanLossByCompute.coefficient),
    slope: kaplanLossByCompute.exponents.pfDays,
  };
  const alphaD = kaplanLossByTokens.exponents.nTokens;
  const byTokens = {
    level: Math.log(kaplanLossByTokens.coefficient) + alphaD * Math.log(tokensAt1),
    slope: alphaD * tokensExponent,
  };
  const logC = (byCompute.level - byTokens.level) / (byTokens.slope - byCompute.slope);
  const pfDays = Math.exp(logC);
  return {
    pfDays,
    nParams: kaplanOptimalParams.coefficient * pfDays ** kaplanOptimalParams.exponents.pfDays,
    nTokens: tokensAt1 * pfDays ** tokensExponent,
    loss: Math.exp(byCompute.level + byCompute.slope * logC),
  };
}
