import { unidentified } from "../../fit/uncertainty/Estimate.ts";
import type { Interval } from "../../fit/uncertainty/Interval.ts";
import { parameterArray, pointColumns } from "../../laws/definition/predict.ts";
import { requireLevel } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { quadraticForm } from "../../numerics/linear/quadraticForm.ts";
import { bootstrapChain, type ChainBootstrap, type ChainBootstrapOptions } from "./bootstrapChain.ts";
import type { ChainIntervalOptions, FirstStep, SecondStep } from "./ChainStep.ts";
import { noiseVariance } from "./noiseVariance.ts";

/** What a prediction's error is made of, as standard deviations of the accuracy. */
export interface ChainErrors {
  /** From the first step's constants, through the slope of the second. */
  readonly step1: number;
  /** From the second step's constants. */
  readonly step2: number;
  /** What one more run adds: its loss around the first law, its accuracy around the second. */
  readonly noise: number;
}

/**
 * Two fitted steps as one prediction of accuracy. Made by `chain`.
 *
 * @example
 * import { chain, fit, fitLossToAccuracy, lossToAccuracy, taskLoss, withParameters } from "isoflop";
 * const [one, two] = [
 *   withParameters(taskLoss, { E: 0.5, A: 40, B: 90, alpha: 0.24, beta: 0.24 }),
 *   withParameters(lossToAccuracy, { a: -0.75, k: 5, L0: 0.8, b: 1 }),
 * ];
 * const runs = [2e8, 4e8, 8e8, 1.3e9].flatMap((nParams) =>
 *   [20, 40, 100, 200].map((ratio) => ({ nParams, nTokens: ratio * nParams })),
 * ).map((run) => ({ ...run, taskLoss: one.predict(run) }));
 * const points = runs.map((run, i) => ({ run: `${i}`, taskLoss: run.taskLoss, accuracy: two.predict(run) }));
 * const both = chain(fit(taskLoss, runs), fitLossToAccuracy(points));
 * both.predict({ nParams: 7e9, nTokens: 4e12 }); // => 0.6768
 */
export class Chain<V extends string = string> {
  readonly step1: FirstStep<V>;
  readonly step2: SecondStep;
  /** The run of each row of the second step. */
  readonly runs: readonly (string | number)[];
  /** Degrees of freedom of the intervals: the smaller of the first step's, and runs minus constants of the second. */
  readonly freedom: number;
  /** The same at every run, and dear where there are many checkpoints. */
  #matrices?: ReturnType<typeof covariances>;

  constructor(step1: FirstStep<V>, step2: SecondStep, runs: readonly (string | number)[]) {
    this.step1 = step1;
    this.step2 = step2;
    this.runs = runs;
    const groups = new Set(runs).size;
    this.freedom = Math.max(1, Math.min(step1.n - step1.freeParameters, groups - step2.freeParameters));
    Object.freeze(this);
  }

  /** Loss of the task that the first step expects of a run, in bits per byte. */
  taskLoss(point: Readonly<Record<V, number>>): number {
    return this.step1.predict(point);
  }

  /** Accuracy that both steps expect of a run, 0 to 1. */
  predict(point: Readonly<Record<V, number>>): number {
    return this.step2.predict({ taskLoss: this.taskLoss(point) });
  }

  /** Derivatives of the accuracy at a run by the constants of both steps, and by the loss between them. */
  gradient(point: Readonly<Record<V, number>>): {
    readonly step1: Readonly<Record<string, number>>;
    readonly step2: Readonly<Record<string, number>>;
    readonly byLoss: number;
  } {
    const loss = this.taskLoss(point);
    const first = slopes(this.step1, point);
    const second = slopes(this.step2, { taskLoss: loss });
    const byLoss = slopeByLoss(this.step2.parameters, loss);
    return {
      step1: named(
        this.step1,
        first.map((slope) => slope * byLoss),
      ),
      step2: named(this.step2, second),
      byLoss,
    };
  }

  /**
   * What the error of a prediction is made of. The first step's covariance is HC3; the second step's counts each run once
   * (a sandwich over runs), since checkpoints of a run go together.
   *
   * @throws RangeError when the checkpoints of the second step come from fewer than ten runs, the ideal model among them
   */
  errors(point: Readonly<Record<V, number>>): ChainErrors {
    const loss = this.taskLoss(point);
    const { step1, step2, byLoss } = this.gradient(point);
    this.#matrices ??= covariances(this.step1, this.step2, this.runs);
    const [matrix1, matrix2] = this.#matrices;
    const spread = (gradient: Readonly<Record<string, number>>, matrix: Float64Array | undefined) =>
      matrix ? Math.sqrt(Math.max(0, quadraticForm(Object.values(gradient), matrix))) : Infinity;
    const first = noiseVariance(this.step1) * byLoss ** 2 * (isRaw(this.step1) ? 1 : loss ** 2);
    const second = noiseVariance(this.step2) * (isRaw(this.step2) ? 1 : this.predict(point) ** 2);
    return {
      step1: spread(step1, matrix1),
      step2: spread(step2, matrix2),
      noise: Math.sqrt(first + second),
    };
  }

  /**
   * Interval for a run's accuracy by the delta method: both steps' covariances and, for `new-run` (default), the noise of
   * both; `mean` is where the law's value lies. It stays within 0 and 1, and is [0, 1] where a step is not identified.
   *
   * It knows the noise of the runs and nothing of a law that bends elsewhere: see docs/training.md for how often it holds.
   */
  interval(point: Readonly<Record<V, number>>, options: ChainIntervalOptions = {}): Interval {
    requireOptions("interval", options, ["level", "kind"]);
    const { level = 0.95, kind = "new-run" } = options;
    requireLevel(level);
    requireOneOf("kind", kind, ["mean", "new-run"]);
    const { step1, step2, noise } = this.errors(point);
    const sd = Math.hypot(step1, step2, kind === "new-run" ? noise : 0);
    if (!Number.isFinite(sd)) return [0, 1];
    const reach = studentTQuantile((1 + level) / 2, this.freedom) * sd;
    const at = this.predict(point);
    return [Math.max(0, at - reach), Math.min(1, at + reach)];
  }

  /**
   * Refits both steps with the signs of their residuals drawn anew, run by run. At 16 runs its intervals are narrower than
   * `interval`'s and hold less often than they say (docs/training.md).
   */
  bootstrap(options: ChainBootstrapOptions = {}): Promise<ChainBootstrap<V>> {
    return bootstrapChain(this.step1, this.step2, this.runs, options);
  }
}

/** As many clusters as a sandwich needs. */
const fewestRuns = 10;

/** The covariance of each step's constants, in their order; undefined where a step is not identified. */
function covariances(step1: FirstStep, step2: SecondStep, runs: readonly (string | number)[]) {
  const groups = new Set(runs).size;
  if (groups < runs.length && groups < fewestRuns) {
    throw new RangeError(
      `the checkpoints of the second step must come from ${fewestRuns} runs to say how sure it is, got ${groups}; fit it to more runs, or to one checkpoint a run`,
    );
  }
  const clusters = groups < runs.length ? { kind: "sandwich" as const, clusters: runs } : {};
  const matrixOf = (step: FirstStep | SecondStep, how: object) => {
    if (unidentified(step)) return undefined;
    const names = step.law.parameters.map(({ name }) => name);
    const { between } = (step as FirstStep).covariance(how);
    return Float64Array.from(names.flatMap((a) => names.map((b) => between(a, b))));
  };
  return [matrixOf(step1, {}), matrixOf(step2, clusters)] as const;
}

const isRaw = ({ options }: FirstStep | SecondStep) => options.residual === "raw";

const named = ({ law }: FirstStep | SecondStep, values: ArrayLike<number>) =>
  Object.fromEntries(law.parameters.map(({ name }, j) => [name, values[j]!]));

/** Derivatives of a step's response by its parameters. */
function slopes(
  { law, parameters }: FirstStep | SecondStep,
  point: Readonly<Record<string, number>>,
): number[] {
  const slope = new Float64Array(law.parameters.length);
  law.evaluate(
    parameterArray(law as FirstStep["law"], parameters),
    pointColumns(law, point as never),
    1,
    new Float64Array(1),
    slope,
  );
  return [...slope];
}

/** d accuracy / d loss of the sigmoid: minus its derivative by L0. */
function slopeByLoss({ a, k, L0 }: SecondStep["parameters"], loss: number): number {
  const s = 1 / (1 + Math.exp(-k * (loss - L0)));
  return a * k * s * (1 - s);
}
