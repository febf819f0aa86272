import { requireFraction, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";

/** A model that meets two kinds of task, checked by an imperfect verifier. */
export interface ImperfectVerifier {
  /** The two kinds of task: share of all tasks (the shares add up to 1) and chance that a sample is right. */
  readonly taskTypes: readonly [TaskType, TaskType];
  /** Chance that the verifier accepts a right answer. */
  readonly completeness: number;
  /** Chance that the verifier rejects a wrong answer. */
  readonly soundness: number;
  /** Reward of accepting a wrong answer, where a right one is worth 1: −4 means four times as bad. */
  readonly falsePositiveReward: number;
}

/** One kind of task. */
export interface TaskType {
  readonly share: number;
  readonly solveRate: number;
}

/**
 * Mean reward of drawing up to K samples and answering with the first that the verifier accepts:
 * R(K) = Σ_k≤K Σ_i p_i β_i^(k−1) g_i.
 *
 * p_i is the share of task type i, r_i its solve rate, β_i = (1 − c) r_i + s (1 − r_i) the chance that a
 * sample is rejected and g_i = c r_i + V (1 − r_i)(1 − s) the reward of one sample, with completeness c,
 * soundness s and false-positive reward V. Without an accepted sample the model abstains, for 0.
 * K may be Infinity.
 *
 * Source: Stroebl et al. 2024, "Inference Scaling fLaws", section 4; the sum taken exactly. (The
 * authors' script weights step k by the posterior share of the type instead of p_i, which counts the
 * rejections twice: see {@link posteriorWeightedReward}.)
 *
 * @throws RangeError on shares that do not add up to 1 or a rate outside 0 to 1
 * @example
 * import { type ImperfectVerifier, sampleReward } from "isoflop";
 * const verifier: ImperfectVerifier = {
 *   taskTypes: [{ share: 0.58, solveRate: 0.87 }, { share: 0.42, solveRate: 0.13 }],
 *   completeness: 1, soundness: 0.75, falsePositiveReward: -1,
 * };
 * sampleReward(verifier, 2).toFixed(3); // => "0.472"
 */
export function sampleReward(verifier: ImperfectVerifier, nSamples: number): number {
  const [first, second] = typeTerms(verifier);
  return first.total(nSamples) + second.total(nSamples);
}

/**
 * K*, the number of samples with the highest mean {@link sampleReward}: 0 (abstain), a whole number, or
 * Infinity where every further sample helps. Of equal optima the smallest.
 *
 * The gain of sample k is p₁β₁^(k−1)g₁ + p₂β₂^(k−1)g₂, which changes sign at most once, so the optimum is
 * the closed form K* = ⌈ln(p₁g₁/(p₂|g₂|)) / ln(β₂/β₁)⌉ where g₁ > 0 > g₂ and β₁ < β₂. Where the verifier
 * rejects the good type more often than the bad one, the gain turns positive for good: then drawing for
 * ever is compared with abstaining.
 *
 * Source: derived from Stroebl et al. 2024, section 4.
 *
 * @throws RangeError as {@link sampleReward}
 * @example
 * import { type ImperfectVerifier, optimalSamples } from "isoflop";
 * const verifier: ImperfectVerifier = {
 *   taskTypes: [{ share: 0.58, solveRate: 0.87 }, { share: 0.42, solveRate: 0.13 }],
 *   completeness: 1, soundness: 0.75, falsePositiveReward: -1,
 * };
 * optimalSamples(verifier); // => 2
 */
export function optimalSamples(verifier: ImperfectVerifier): number {
  const [first, second] = typeTerms(verifier);
  const [good, bad] = first.gain >= second.gain ? [first, second] : [second, first];
  const goodGain = good.share * good.gain;
  const badGain = bad.share * bad.gain;
  if (goodGain <= 0 && badGain <= 0) return 0;
  if (badGain >= 0) {
    // A type whose samples are all accepted (rejection 0) is settled by the first sample.
    const lasting = [good, bad].some((type) => type.share * type.gain > 0 && type.rejection > 0);
    return lasting ? Infinity : 1;
  }
  if (good.rejection < bad.rejection) {
    if (goodGain + badGain <= 0) return 0;
    if (good.rejection === 0) return 1;
    return Math.ceil(Math.log(goodGain / -badGain) / Math.log(bad.rejection / good.rejection));
  }
  if (good.rejection === 0) return goodGain + badGain > 0 ? 1 : 0;
  return good.total(Infinity) + bad.total(Infinity) > 0 ? Infinity : 0;
}

/**
 * The mean reward as the authors' script sums it: step k is weighted by β_i^(k−1) times the *posterior*
 * share of type i after k − 1 rejections, which itself contains β_i^(k−1). Here to redo their figures;
 * {@link sampleReward} is the expectation.
 *
 * @returns the running sums for 1 … nSamples
 * @throws RangeError as {@link sampleReward}, and unless nSamples is a whole number between 0 and 1000000
 * @example
 * import { posteriorWeightedReward } from "isoflop";
 * const rewards = posteriorWeightedReward({
 *   taskTypes: [{ share: 0.58, solveRate: 0.87 }, { share: 0.42, solveRate: 0.13 }],
 *   completeness: 1, soundness: 0.75, falsePositiveReward: -1,
 * }, 15);
 * Math.max(...rewards).toFixed(3); // => "0.488"
 */
export function posteriorWeightedReward(verifier: ImperfectVerifier, nSamples: number): number[] {
  const [first, second] = typeTerms(verifier);
  requireWholeBetween("nSamples", nSamples, 0, 1e6, "the sums settle within a few hundred samples");
  const sums: number[] = [];
  let sum = 0;
  for (let k = 1; k <= nSamples; k++) {
    const reject1 = first.rejection ** (k - 1);
    const reject2 = second.rejection ** (k - 1);
    const evidence = reject1 * first.share + reject2 * second.share;
    const posterior1 = (reject1 * first.share) / evidence;
    const posterior2 = (reject2 * second.share) / evidence;
    sum +=
      (first.gain * posterior1 + second.gain * posterior2) * (reject1 * posterior1 + reject2 * posterior2);
    sums.push(sum);
  }
  return sums;
}

interface TypeTerms {
  readonly share: number;
  readonly rejection: number;
  readonly gain: number;
  readonly total: (nSamples: number) => number;
}

function typeTerms(verifier: ImperfectVerifier): [TypeTerms, TypeTerms] {
  const { taskTypes, completeness, soundness, falsePositiveReward } = verifier;
  requireFraction("completeness", completeness);
  requireFraction("soundness", soundness);
  if (!Number.isFinite(falsePositiveReward)) {
    throw new RangeError(`falsePositiveReward must be finite, got ${falsePositiveReward}`);
  }
  for (const { share, solveRate } of taskTypes) {
    requireFraction("share", share);
    requireFraction("solveRate", solveRate);
  }
  const shares = taskTypes[0].share + taskTypes[1].share;
  if (Math.abs(shares - 1) > 1e-9) throw new RangeError(`the shares must add up to 1, got ${shares}`);
  const terms = ({ share, solveRate }: TaskType): TypeTerms => {
    const rejection = (1 - completeness) * solveRate + soundness * (1 - solveRate);
    const gain = completeness * solveRate + falsePositiveReward * (1 - solveRate) * (1 - soundness);
    const total = (nSamples: number) =>
      rejection === 1 ? 0 : (share * gain * (1 - rejection ** nSamples)) / (1 - rejection);
    return { share, rejection, gain, total };
  };
  return [terms(taskTypes[0]), terms(taskTypes[1])];
}
