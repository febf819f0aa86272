import { stepPartNames } from "../priorConstants.ts";
import { logTime } from "./logTime.ts";
import { priorLogs, priorVariances, RunCovariance } from "./RunCovariance.ts";
import type { RunLabels } from "./RunLabels.ts";
import { hasSpread, runGroup, spreadParts, spreads } from "./spreads.ts";
import type { CalibratedRun, IntervalFactors, Novelty, TimeCalibration } from "./TimeCalibration.ts";

const nParts = stepPartNames.length;
const width = nParts + 1;

interface Solved {
  readonly covariance: RunCovariance;
  readonly solved: Float64Array;
}

const solvedOf = new WeakMap<TimeCalibration, Solved>();

function solve(calibration: TimeCalibration): Solved {
  let found = solvedOf.get(calibration);
  if (!found) {
    const { runs, deviations } = calibration;
    const covariance = new RunCovariance(runs.map(({ labels }) => labels));
    covariance.prepare(Float64Array.from(runs.flatMap(({ shares }) => shares)), deviations);
    found = { covariance, solved: covariance.solve(runs.map(({ residual }) => residual)) };
    solvedOf.set(calibration, found);
  }
  return found;
}

/**
 * Predicts log times of runs that share their labels: everything that does not depend on the shares of the parts is
 * worked out once, so that a run costs 19² products.
 *
 * With u = (1, shares): mean = ln T + u·g, variance = uᵀQu.
 *
 * @example
 * import { publishedCalibration, TimePrediction } from "isoflop";
 * const calibration = publishedCalibration();
 * new TimePrediction(calibration, calibration.runs[0]!.labels).novelty; // => ["layout"]
 */
export class TimePrediction {
  readonly factors: IntervalFactors;
  /** What of the run's labels is new to the calibration. */
  readonly novelty: readonly Novelty[];
  /** Variance of the logarithm of what a layout has of its own, which two layouts do not share. */
  readonly ownVariance: number;
  private readonly constants: Float64Array;
  private readonly shift: Float64Array;
  private readonly quadratic: Float64Array;
  /** (1, shares) of the run that was predicted last. */
  readonly shares: Float64Array = new Float64Array(width);
  private readonly parts = this.shares.subarray(1);

  constructor(calibration: TimeCalibration, labels: RunLabels) {
    const { runs, logConstants, factors } = calibration;
    this.constants = Float64Array.from(logConstants, Math.exp);
    this.novelty = noveltyOf(runs, labels);
    const own = factors[labels.stack] ?? factors[""]!;
    const counted = this.novelty.map((kind) => own[kind] ?? factors[""]![kind]!);
    this.factors = {
      p80: Math.max(...counted.map(({ p80 }) => p80)),
      p95: Math.max(...counted.map(({ p95 }) => p95)),
    };
    const known = conditioned(calibration, labels);
    this.shift = known.shift;
    this.quadratic = known.quadratic;
    this.ownVariance = known.ownVariance;
  }

  /** Mean of the logarithm of the seconds of a step; leaves its shares in `shares`. */
  logMean(ideal: ArrayLike<number>, bubble: number): number {
    let mean = logTime(ideal, bubble, this.constants, this.parts);
    this.shares[0] = 1;
    for (let a = 0; a < width; a++) mean += this.shares[a]! * this.shift[a]!;
    return mean;
  }

  /** Variance of the logarithm for given (1, shares); for the difference of two runs, of their difference. */
  variance(shares: ArrayLike<number> = this.shares): number {
    let sum = 0;
    for (let a = 0; a < width; a++) {
      if (shares[a] === 0) continue;
      let row = 0;
      for (let b = 0; b < width; b++) row += this.quadratic[a * width + b]! * shares[b]!;
      sum += shares[a]! * row;
    }
    return Math.max(sum, 0);
  }
}

/** Mean and variance of a run with these labels, given the runs of the calibration: of u = (1, shares), u·shift and uᵀQu. */
interface Conditioned {
  readonly shift: Float64Array;
  readonly quadratic: Float64Array;
  readonly ownVariance: number;
}

const conditionedOf = new WeakMap<TimeCalibration, Map<string, Conditioned>>();
/** Tables repeat their labels; of more kinds of run the oldest are worked out again. */
const mostKept = 1000;

function conditioned(calibration: TimeCalibration, labels: RunLabels): Conditioned {
  let known = conditionedOf.get(calibration);
  if (!known) {
    known = new Map();
    conditionedOf.set(calibration, known);
  }
  const key = JSON.stringify(labels);
  let found = known.get(key);
  if (!found) {
    found = condition(calibration, labels);
    if (known.size >= mostKept) known.delete(known.keys().next().value!);
    known.set(key, found);
  }
  return found;
}

function condition(calibration: TimeCalibration, labels: RunLabels): Conditioned {
  const { runs, deviations, logConstants } = calibration;
  const { covariance, solved } = solve(calibration);
  const shift = new Float64Array(width);
  const quadratic = new Float64Array(width * width);
  const n = runs.length;
  // Covariance of the new run with each of the old ones, as coefficients of (1, shares).
  const shared = new Float64Array(n * width);
  for (let k = 0; k < nParts; k++) quadratic[(k + 1) * width + k + 1] = priorVariances[k]!;
  runs.forEach(({ shares }, i) => {
    for (let k = 0; k < nParts; k++) shared[i * width + k + 1] = shares[k]! * priorVariances[k]!;
  });
  let ownVariance = 0;
  const ofStack = runs.filter((run) => run.labels.stack === labels.stack);
  const isReleased =
    labels.release !== "" || ofStack.length === 0 || ofStack.some((run) => run.labels.release !== "");
  spreads.forEach((spread, s) => {
    if (!hasSpread(spread, labels, isReleased)) return;
    const variance = deviations[s]! ** 2;
    const parts = spreadParts(spread);
    const at = parts.length === 0 ? [0] : parts.map((part) => part + 1);
    for (const a of at) for (const b of at) quadratic[a * width + b]! += variance;
    if (spread.name.startsWith("layout")) ownVariance += variance;
    const key = spread.key(labels, -1);
    if (key === "") return;
    runs.forEach((run, i) => {
      if (spread.key(run.labels, i) !== key) return;
      let weight = parts.length === 0 ? 1 : 0;
      for (const part of parts) weight += run.shares[part]!;
      for (const a of at) shared[i * width + a]! += variance * weight;
    });
  });
  for (let a = 0; a < width; a++) {
    const column = Float64Array.from({ length: n }, (_, i) => shared[i * width + a]!);
    let sum = a === 0 ? 0 : priorLogs[a - 1]! - logConstants[a - 1]!;
    for (let i = 0; i < n; i++) sum += column[i]! * solved[i]!;
    shift[a] = sum;
    const explained = covariance.solve(column);
    for (let b = 0; b < width; b++) {
      let product = 0;
      for (let i = 0; i < n; i++) product += explained[i]! * shared[i * width + b]!;
      quadratic[a * width + b]! -= product;
    }
  }
  return { shift, quadratic, ownVariance };
}

/** What is new about a run, the least first; "layout" alone where its group is calibrated on. */
function noveltyOf(runs: readonly CalibratedRun[], labels: RunLabels): Novelty[] {
  const isNew = (of: (labels: RunLabels) => string) => {
    const own = of(labels);
    return own === "" || !runs.some((run) => of(run.labels) === own);
  };
  const novelty: Novelty[] = ["layout"];
  if (isNew(runGroup)) novelty.push("group");
  if (isNew(({ model }) => model)) novelty.push("model");
  if (isNew(({ accelerator }) => accelerator)) novelty.push("accelerator");
  if (isNew(({ stack }) => stack)) novelty.push("stack");
  return novelty;
}
