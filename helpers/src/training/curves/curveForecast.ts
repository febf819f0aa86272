import { fit } from "../../fit/fit.ts";
import { squared } from "../../fit/losses/squared.ts";
import type { MultiPowerLaw, MultiPowerParameter } from "../../laws/curves/multiPowerLaw.ts";
import { parameterArray } from "../../laws/definition/predict.ts";
import { choleskyFactor, choleskyHalfSolve } from "../../numerics/linear/cholesky.ts";
import { dot } from "../../numerics/linear/dot.ts";
import type { CurvePoint } from "./predictCurve.ts";

type Constants = Readonly<Record<MultiPowerParameter, number>>;

/** How far the constants of one run lie from those of runs like it: standard deviations, of logarithms where `log`. */
const spreads: Readonly<
  Partial<Record<MultiPowerParameter, { readonly log: boolean; readonly sd: number }>>
> = {
  A: { log: true, sd: 0.15 },
  alpha: { log: false, sd: 0.06 },
  B: { log: true, sd: 0.25 },
  C: { log: true, sd: 0.5 },
  beta: { log: true, sd: 0.3 },
  gamma: { log: false, sd: 0.1 },
};
/** Many points of one curve err together: they tell as much as this many would that err apart. */
const pointsWorth = 12;
/** More are not read: evenly spread ones, the last among them. */
const pointsRead = 60;
/** The least relative error of a point, whatever a short curve says. */
const leastNoise = 3e-4;
/** Share of the forecast change by which the law itself errs, by the term of the sum and by that of the falls. */
export const lawErrors = { sum: 0.1, falls: 0.2 };

/** A curve fitted from its beginning, with what was known of runs like it. */
interface PartialCurve {
  readonly constants: Constants;
  /** Relative standard deviation of the points around the curve. */
  readonly noise: number;
  /** Factor of the inverse covariance of the coordinates. */
  readonly factor: Float64Array;
}

const names: readonly MultiPowerParameter[] = ["L0", "A", "B", "C", "alpha", "beta", "gamma"];

/** Fits the beginning of a curve, each constant held near those of runs like it; the floor is free. */
export function fitPartialCurve(
  law: MultiPowerLaw,
  points: readonly CurvePoint[],
  like: readonly Constants[],
): PartialCurve {
  const sorted = [...points].sort((a, b) => a.step - b.step);
  const every = Math.max(1, sorted.length / pointsRead);
  const rows = Array.from({ length: Math.min(sorted.length, pointsRead) }, (_, i) => {
    const { step, loss } = sorted[sorted.length - 1 - Math.floor(i * every)]!;
    return { run: 0, step, loss };
  });
  const shared = Math.max(1, rows.length / pointsWorth);
  let constants = meanOf(like);
  let noise = 2e-3;
  for (let round = 0; round < 3; round++) {
    const dispersion = 2 * noise ** 2 * shared;
    const priors = Object.fromEntries(
      Object.entries(spreads).map(([name, { log, sd }]) => {
        const mean = meanOf(like)[name as MultiPowerParameter];
        const scale = log ? ("log" as const) : ("linear" as const);
        return [name, { mean: log ? Math.log(mean) : mean, sd, scale, dispersion }];
      }),
    );
    constants = fit(law, rows, { loss: squared(), priors, start: constants }).parameters;
    noise = Math.max(leastNoise, relativeError(law, constants, rows));
  }
  return { constants, noise, factor: precisionFactor(law, constants, rows, noise * Math.sqrt(shared)) };
}

/** The standard deviation at a point that the fit's own uncertainty gives, nats. */
export function fittedSpread({ constants, factor }: PartialCurve, gradient: Float64Array): number {
  const scaled = inCoordinates(gradient, 0, constants);
  choleskyHalfSolve(factor, names.length, scaled);
  return Math.sqrt(dot(scaled, scaled));
}

function meanOf(like: readonly Constants[]): Constants {
  const mean = (of: (one: Constants) => number) => like.reduce((sum, one) => sum + of(one), 0) / like.length;
  const entries = names.map((name) => [
    name,
    spreads[name]?.log ? Math.exp(mean((one) => Math.log(one[name]))) : mean((one) => one[name]),
  ]);
  return Object.fromEntries(entries) as Constants;
}

type Row = { readonly run: number; readonly step: number; readonly loss: number };

function evaluated(law: MultiPowerLaw, constants: Constants, rows: readonly Row[]) {
  const n = rows.length;
  const value = new Float64Array(n);
  const jacobian = new Float64Array(n * names.length);
  const x = [Float64Array.from(rows, ({ run }) => run), Float64Array.from(rows, ({ step }) => step)];
  law.evaluate(parameterArray(law, constants), x, n, value, jacobian);
  return { value, jacobian };
}

/** The law's value at a point and its gradient by the constants. */
export function lawAt(law: MultiPowerLaw, constants: Constants, step: number) {
  const { value, jacobian } = evaluated(law, constants, [{ run: 0, step, loss: 1 }]);
  return { value: value[0]!, gradient: jacobian };
}

function relativeError(law: MultiPowerLaw, constants: Constants, rows: readonly Row[]): number {
  const { value } = evaluated(law, constants, rows);
  const total = rows.reduce((sum, { loss }, i) => sum + Math.log(value[i]! / loss) ** 2, 0);
  return Math.sqrt(total / rows.length);
}

/** One row of derivatives, by the logarithm of those constants that have one. */
function inCoordinates(jacobian: Float64Array, row: number, constants: Constants): Float64Array {
  return Float64Array.from(names, (name, j) => {
    const slope = jacobian[row * names.length + j]!;
    return spreads[name]?.log ? slope * constants[name] : slope;
  });
}

function precisionFactor(
  law: MultiPowerLaw,
  constants: Constants,
  rows: readonly Row[],
  noise: number,
): Float64Array {
  const q = names.length;
  const precision = new Float64Array(q * q);
  names.forEach((name, j) => {
    const known = spreads[name];
    precision[j * q + j] = known ? 1 / known.sd ** 2 : 1e-4;
  });
  const { value, jacobian } = evaluated(law, constants, rows);
  for (let i = 0; i < rows.length; i++) {
    const slopes = inCoordinates(jacobian, i, constants);
    const weight = 1 / (noise * value[i]!) ** 2;
    for (let a = 0; a < q; a++)
      for (let b = 0; b <= a; b++) precision[a * q + b]! += weight * slopes[a]! * slopes[b]!;
  }
  choleskyFactor(precision, q);
  return precision;
}
