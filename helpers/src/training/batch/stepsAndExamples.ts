import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** A batch beside the critical one, and what a run of unlimited batch or unlimited patience would take. */
export interface BatchQuestion {
  /** In the unit of the critical batch: tokens, or sequences. */
  readonly batch: number;
  /** The batch of twice the least steps and twice the least examples. */
  readonly criticalBatch: number;
  /** Steps that even an endless batch needs to reach the loss; without it steps are counted in this unit. */
  readonly leastSteps?: number;
}

/** What a batch costs, beside the least. */
export interface StepsAndExamples {
  /** Steps over the least steps: 1 + criticalBatch / batch. */
  readonly stepRatio: number;
  /** Examples over the least examples: 1 + batch / criticalBatch. */
  readonly exampleRatio: number;
  /** Steps to the loss, in units of `leastSteps`, or counted where that is given. */
  readonly steps: number;
  /** Examples to the loss: steps times batch, in the batch's unit. */
  readonly examples: number;
}

/**
 * Steps and examples (tokens, where the batch is in tokens) that reach a given loss at a batch size:
 * `(S / Smin - 1) (E / Emin - 1) = 1` with `E = B S` and `Bcrit = Emin / Smin`, so `S = Smin (1 + Bcrit / B)` and
 * `E = Emin (1 + B / Bcrit)`. The learning rate is taken to be the best at each batch.
 *
 * Source: McCandlish et al. 2018 (arXiv:1812.06162), equations 2.11 and 2.12; Kaplan et al. 2020 (arXiv:2001.08361),
 * equations 5.1 and 5.2.
 *
 * @throws RangeError when a number is not > 0
 *
 * @example
 * import { stepsAndExamples } from "isoflop";
 * const run = stepsAndExamples({ batch: 4e6, criticalBatch: 2e6, leastSteps: 10_000 });
 * run.steps; // => 15_000
 * run.exampleRatio; // => 3
 * run.examples; // => 6e10
 */
export function stepsAndExamples(question: BatchQuestion): StepsAndExamples {
  requireOptions("stepsAndExamples", question, ["batch", "criticalBatch", "leastSteps"]);
  const { batch, criticalBatch, leastSteps = 1 } = question;
  requirePositive("batch", batch, "give it in the unit of criticalBatch, such as 2e6 tokens");
  requirePositive("criticalBatch", criticalBatch, "give it in tokens, such as criticalBatch(…).batchTokens");
  requirePositive("leastSteps", leastSteps, "give steps, or leave it out for ratios");
  const ratio = batch / criticalBatch;
  const steps = leastSteps * (1 + 1 / ratio);
  return { stepRatio: 1 + 1 / ratio, exampleRatio: 1 + ratio, steps, examples: steps * batch };
}
