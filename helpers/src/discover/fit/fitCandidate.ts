import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import { halton } from "../../numerics/random/halton.ts";
import type { Candidate } from "../grammar/Candidate.ts";
import { fallingSign } from "../grammar/fallingSign.ts";
import { type Limit, limitsOf } from "../grammar/limits.ts";
import type { DiscoverData } from "./DiscoverData.ts";
import { leastNoise } from "./leastNoise.ts";
import { Projection } from "./Projection.ts";

/** A law fitted to rows. */
export interface CandidateFit {
  readonly candidate: Candidate;
  readonly theta: Float64Array;
  /** For each group of the rows: the terms' amplitudes, then the floor. */
  readonly amplitudes: ReadonlyMap<number, Float64Array>;
  /** The weighted sum of squares. */
  readonly value: number;
  readonly residuals: Float64Array;
  /** Whether the rows tell every nonlinear parameter from the amplitudes: two levels of a column do not tell floor and exponent. */
  readonly isTold: boolean;
}

export interface FitCandidateOptions {
  /** Coordinates along which the response may only fall. */
  readonly decreasing?: ReadonlySet<number>;
  /** Where to begin beside the points that are tried. */
  readonly start?: Float64Array;
  /** Search from `start` alone. */
  readonly warm?: boolean;
}

/** Points tried, for each nonlinear parameter. */
const pointsTried = 8;
/** From the best of them searches begin, since the lowest points may all lie in one valley that is not the lowest; the best go on. */
const searchesBegun = 8;
const firstSteps = 3;
const searchesMade = 2;
const wider = 3;
/** Sums of squares whose ratio is nearer to one are the same but for rounding. */
const alike = 1e-9;

/**
 * Fits a law by weighted least squares: amplitudes projected out, the rest from the best of the Halton sequence's points by
 * Levenberg and Marquardt's steps. The same rows give the same bits.
 */
export function fitCandidate(
  candidate: Candidate,
  data: DiscoverData,
  { decreasing = new Set(), start, warm = false }: FitCandidateOptions = {},
): CandidateFit {
  const limits = limitsOf(candidate, data.points, decreasing);
  const rounding = leastNoise(data) ** 2 * data.points.n;
  const projection = new Projection(
    candidate,
    data,
    candidate.terms.map((term) => fallingSign(term, decreasing) ?? 0),
  );
  const { q } = projection;
  const starts: { theta: Float64Array; value: number }[] = [];
  if (!warm || start === undefined) {
    const tried = q === 0 ? 1 : 4 + pointsTried * q;
    // What is no scale may have exponents that no scale has: half as many points again are from a wider box.
    for (let k = 1; k <= tried * 1.5; k++) {
      const reach = k > tried ? wider : 1;
      const shares = halton(k, q);
      const theta = Float64Array.from(limits, ({ from, to, low, high }, j) => {
        const at = (from + to) / 2 + reach * (shares[j]! - 0.5) * (to - from);
        return Math.min(high, Math.max(low, at));
      });
      starts.push({ theta, value: projection.value(theta) });
    }
    const begun = lowest(starts, searchesBegun, rounding).map(({ theta }) =>
      search(projection, theta, limits, firstSteps),
    );
    starts.splice(0, Infinity, ...lowest(begun, searchesMade, rounding));
  }
  if (start !== undefined) starts.unshift({ theta: start, value: 0 });
  const found = starts.map(({ theta }) => search(projection, theta, limits));
  const [best = { theta: new Float64Array(q) }] = lowest(found, 1, rounding);
  const value = projection.value(best.theta);
  projection.linearise();
  const m = candidate.terms.length + 1;
  const amplitudes = new Map(
    data.groups.map((group, g) => [group, projection.amplitudes.slice(g * m, (g + 1) * m)]),
  );
  return {
    candidate,
    theta: best.theta,
    amplitudes,
    value,
    residuals: projection.residuals.slice(),
    isTold: projection.jacobian.every((column) => column.some((slope) => slope !== 0)),
  };
}

interface Tried {
  readonly theta: Float64Array;
  readonly value: number;
}

/** The `most` lowest; of those that rounding alone tells apart the first, so that order and units of the rows do not decide. */
function lowest(of: readonly Tried[], most: number, rounding: number): Tried[] {
  const left = of.filter(({ value }) => value < Infinity);
  return Array.from({ length: Math.min(most, left.length) }, () => {
    const least = left.reduce((low, { value }) => Math.min(low, value), Infinity);
    const at = left.findIndex(({ value }) => value <= least * (1 + alike) + rounding);
    return left.splice(at, 1)[0]!;
  });
}

const mostSteps = 40;

function search(
  projection: Projection,
  from: Float64Array,
  limits: readonly Limit[],
  steps = mostSteps,
): { theta: Float64Array; value: number } {
  const { q } = projection;
  const clamp = (value: number, j: number) => Math.min(limits[j]!.high, Math.max(limits[j]!.low, value));
  let theta = from.map(clamp);
  let value = projection.value(theta);
  let damping = 1e-3;
  const gram = new Float64Array(q * q);
  const slope = new Float64Array(q);
  for (let step = 0, isFresh = true; step < steps && q > 0 && value < Infinity; step++) {
    if (isFresh) normalEquations(projection, gram, slope);
    const held = Uint8Array.from(theta, (at, j) =>
      (at <= limits[j]!.low && slope[j]! > 0) || (at >= limits[j]!.high && slope[j]! < 0) ? 1 : 0,
    );
    const move = dampedStep(gram, slope, held, damping);
    const next = move && theta.map((at, j) => clamp(at + move[j]!, j));
    const nextValue = next ? projection.value(next) : Infinity;
    if (nextValue < value) {
      const gain = value - nextValue;
      theta = next!;
      value = nextValue;
      damping = Math.max(damping / 8, 1e-12);
      isFresh = true;
      if (gain < 1e-10 * value) break;
    } else {
      damping *= 10;
      // The projection stands at the point that was refused; it is only linearised after a step that was taken.
      isFresh = false;
      if (damping > 1e8) break;
    }
  }
  return { theta, value };
}

function normalEquations(projection: Projection, gram: Float64Array, slope: Float64Array): void {
  projection.linearise();
  const { q, jacobian, residuals } = projection;
  for (let a = 0; a < q; a++) {
    const own = jacobian[a]!;
    let sum = 0;
    for (let i = 0; i < residuals.length; i++) sum += own[i]! * residuals[i]!;
    slope[a] = sum;
    for (let b = 0; b <= a; b++) {
      const other = jacobian[b]!;
      let product = 0;
      for (let i = 0; i < residuals.length; i++) product += own[i]! * other[i]!;
      gram[a * q + b] = product;
      gram[b * q + a] = product;
    }
  }
}

function dampedStep(
  gram: Float64Array,
  slope: Float64Array,
  held: Uint8Array,
  damping: number,
): Float64Array | undefined {
  const q = slope.length;
  const damped = gram.slice();
  const step = slope.map((own) => -own);
  for (let a = 0; a < q; a++) {
    damped[a * q + a] = gram[a * q + a]! * (1 + damping) + 1e-300;
    if (!held[a]) continue;
    for (let b = 0; b < q; b++) {
      damped[a * q + b] = 0;
      damped[b * q + a] = 0;
    }
    damped[a * q + a] = 1;
    step[a] = 0;
  }
  if (!choleskyFactor(damped, q)) return undefined;
  choleskySolve(damped, q, step);
  return step;
}
