import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import type { PartsFit } from "./PartsFit.ts";
import type { NormalEquations } from "./posterior/NormalEquations.ts";
import type { Posterior } from "./posterior/Posterior.ts";

/** Spreads may lie between a thousandth and a factor of e². */
const [least, most] = [Math.log(1e-3), Math.log(2)];

/** The logarithm of a spread moves by at most this in a step. */
const longest = 1;

/**
 * One step of the spreads towards the largest marginal likelihood, by its slopes and the average information (the mean of
 * the observed and the expected one), both with the prior: the logarithm of a spread is N(ln typical, deviation²). Then
 * the weights of the rows for noise that is Student's t. Returns by how much the logarithm of a spread moved at most.
 *
 * With unknowns u of an effect, their variances C and m keys, the slope by ln s is m - Σ (u² + C)/s²; for the noise of n
 * rows n - Σ w (r² + a'Ca)/s².
 *
 * Source: Gilmour, Thompson and Cullis 1995, Biometrics 51, 1440.
 *
 * @param rest residuals that are left by the unknowns
 */
export function spreadStep<L>(
  fit: PartsFit<L>,
  equations: NormalEquations,
  posterior: Posterior,
  rest: Float64Array,
  typicalNoise: Float64Array,
  deviation: number,
  tails: number,
): number {
  const { columns, rows, spreads, noise, noiseOf, weights } = fit;
  const { effectOf, hierarchy } = columns;
  const nEffects = spreads.length;
  const nSpreads = nEffects + noise.length;
  const precision = fit.precisions();
  const slopes = new Float64Array(nSpreads);
  const variances = posterior.variances();
  for (let c = 0; c < effectOf.length; c++) {
    const e = effectOf[c]!;
    if (e >= 0) slopes[e]! += 1 - (fit.theta[c]! ** 2 + variances[c]!) / spreads[e]! ** 2;
  }
  const squares = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const reduced = posterior.reduce(rows[i]!);
    squares[i] = rest[i]! ** 2 + posterior.between(reduced, reduced);
    slopes[nEffects + noiseOf[i]!]! += 1 - precision[i]! * squares[i]!;
  }
  const information = averageInformation(fit, equations, rest, precision);
  const logs = Float64Array.from([...spreads, ...noise], Math.log);
  const prior = Float64Array.from(
    [...hierarchy.effects.map(({ typical }) => typical), ...typicalNoise],
    Math.log,
  );
  for (let j = 0; j < nSpreads; j++) {
    slopes[j]! += (logs[j]! - prior[j]!) / deviation ** 2;
    information[j * nSpreads + j]! += deviation ** -2;
  }
  if (!choleskyFactor(information, nSpreads))
    throw new RangeError("the information of the spreads is singular");
  const move = slopes.slice();
  choleskySolve(information, nSpreads, move);
  let largest = 0;
  for (let j = 0; j < nSpreads; j++) {
    const by = Math.max(-longest, Math.min(longest, -move[j]!));
    const log = Math.max(least, Math.min(most, logs[j]! + by));
    largest = Math.max(largest, Math.abs(log - logs[j]!));
    if (j < nEffects) spreads[j] = Math.exp(log);
    else noise[j - nEffects] = Math.exp(log);
  }
  if (tails < Infinity) {
    for (let i = 0; i < rows.length; i++) {
      weights[i] = (tails + 1) / (tails + squares[i]! / noise[noiseOf[i]!]! ** 2);
    }
  }
  return largest;
}

/** ½ q_j'P q_k with q_j = ∂V/∂(ln s_j) P y: 2 A_j u_j for an effect, twice the residuals of its rows for a noise. */
function averageInformation<L>(
  fit: PartsFit<L>,
  equations: NormalEquations,
  rest: Float64Array,
  precision: Float64Array,
): Float64Array {
  const { rows, theta, spreads, noise, noiseOf, columns } = fit;
  const { effectOf, count } = columns;
  const n = rows.length;
  const nEffects = spreads.length;
  const size = nEffects + noise.length;
  const working = Array.from({ length: size }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    const { columns: at, slopes } = rows[i]!;
    for (let s = 0; s < at.length; s++) {
      const c = at[s]!;
      if (c >= 0 && effectOf[c]! >= 0) working[effectOf[c]!]![i]! += 2 * slopes[s]! * theta[c]!;
    }
    working[nEffects + noiseOf[i]!]![i] = 2 * rest[i]!;
  }
  const rights = working.map((vector) => {
    const right = new Float64Array(count);
    for (let i = 0; i < n; i++) {
      const value = precision[i]! * vector[i]!;
      if (value === 0) continue;
      const { columns: at, slopes } = rows[i]!;
      for (let s = 0; s < at.length; s++) if (at[s]! >= 0) right[at[s]!]! += slopes[s]! * value;
    }
    return right;
  });
  const solved = rights.map((right) => equations.solve(right));
  const information = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      const [a, b] = [working[j]!, working[k]!];
      for (let i = 0; i < n; i++) sum += precision[i]! * a[i]! * b[i]!;
      const [right, solution] = [rights[j]!, solved[k]!];
      for (let c = 0; c < count; c++) sum -= right[c]! * solution[c]!;
      information[j * size + k] = sum / 2;
      information[k * size + j] = sum / 2;
    }
  }
  return information;
}
