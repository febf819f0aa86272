import { requireFraction, requireNonNegative, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { Random } from "../../numerics/random/Random.ts";

/** A made-up chain of reasoning, scored by an imperfect process reward model. */
export interface SearchSimulation {
  /** Steps of a solution. */
  readonly nSteps: number;
  /** Chance that a step is right, given that all before were; a wrong step cannot be mended. */
  readonly stepSolveRate: number;
  /** Mean logit of the reward of a solution right so far; that of a spoilt one is its negative. */
  readonly rewardMargin: number;
  /** Standard deviation of the noise on the logit, drawn anew at each step. */
  readonly rewardNoise: number;
  /** Particles, or samples of best-of-N. */
  readonly nParticles: number;
  /** Problems simulated. */
  readonly nProblems: number;
  readonly seed: number;
}

/**
 * Shares of simulated problems that particle filtering and best-of-N solve with the same number of
 * generations and the same noisy reward.
 *
 * Particle filtering resamples after each step but the last, multinomially, with weights softmax(logit w)
 * of the step's reward w, and answers with the particle of the highest final reward. Best-of-N draws whole
 * solutions and answers with the one of the highest final reward.
 *
 * Source: Puri et al. 2025, "A Probabilistic Inference Approach to Inference-Time Scaling", algorithm 1;
 * the chain is ours, made to isolate the effect of a noisy reward.
 *
 * @throws RangeError on parameters outside their domain
 * @example
 * import { simulateSearch } from "isoflop";
 * const { particleFiltering, bestOfN } = simulateSearch({
 *   nSteps: 10, stepSolveRate: 0.7, rewardMargin: 1, rewardNoise: 1, nParticles: 8, nProblems: 500, seed: 1,
 * });
 * particleFiltering > bestOfN; // => true
 */
export function simulateSearch(simulation: SearchSimulation): {
  readonly particleFiltering: number;
  readonly bestOfN: number;
} {
  const { nSteps, stepSolveRate, rewardMargin, rewardNoise, nParticles, nProblems, seed } = simulation;
  requireWhole("nSteps", nSteps, 1, "give a count, such as 10");
  requireFraction("stepSolveRate", stepSolveRate);
  requireNonNegative("rewardMargin", rewardMargin, "give a difference of logits, such as 1");
  requireNonNegative("rewardNoise", rewardNoise, "give a standard deviation of logits, such as 1");
  requireWhole("nParticles", nParticles, 1, "give a count, such as 8");
  requireWhole("nProblems", nProblems, 1, "give a count, such as 500");
  const random = new Random(seed, 0);
  const logit = (right: boolean) => (right ? rewardMargin : -rewardMargin) + rewardNoise * normal(random);
  const extend = (right: boolean) => right && random.uniform() < stepSolveRate;
  let filtered = 0;
  let best = 0;
  for (let problem = 0; problem < nProblems; problem++) {
    let particles = new Array<boolean>(nParticles).fill(true);
    for (let step = 0; step < nSteps; step++) {
      particles = particles.map(extend);
      if (step < nSteps - 1) particles = resample(particles, particles.map(logit), random);
    }
    if (pickHighest(particles, logit)) filtered++;
    const samples = Array.from({ length: nParticles }, () => {
      let right = true;
      for (let step = 0; step < nSteps; step++) right = extend(right);
      return right;
    });
    if (pickHighest(samples, logit)) best++;
  }
  return { particleFiltering: filtered / nProblems, bestOfN: best / nProblems };
}

function resample(particles: readonly boolean[], logits: readonly number[], random: Random): boolean[] {
  const highest = Math.max(...logits);
  const cumulative: number[] = [];
  let total = 0;
  for (const value of logits) {
    total += Math.exp(value - highest);
    cumulative.push(total);
  }
  return particles.map(() => {
    const draw = random.uniform() * total;
    return (
      particles[
        Math.min(
          cumulative.findIndex((sum) => sum > draw),
          particles.length - 1,
        )
      ] ?? false
    );
  });
}

function pickHighest(particles: readonly boolean[], logit: (right: boolean) => number): boolean {
  let highest = -Infinity;
  let picked = false;
  for (const right of particles) {
    const score = logit(right);
    if (score > highest) {
      highest = score;
      picked = right;
    }
  }
  return picked;
}

/** A standard normal number by the polar form of Box and Muller. */
function normal(random: Random): number {
  for (;;) {
    const u = 2 * random.uniform() - 1;
    const v = 2 * random.uniform() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
  }
}
