import { projectToSimplex } from "./projectToSimplex.ts";

/** A minimum over mixtures within bounds. */
export interface SimplexMinimum {
  readonly x: Float64Array;
  readonly value: number;
  /** Whether no feasible direction led further down when it stopped. */
  readonly converged: boolean;
}

/** Values that a step may exceed for a while, rounds at most, and how still a converged point stands. */
const memory = 6;
const mostRounds = 300;
const stillness = 1e-8;

/**
 * A local minimum of a smooth function of shares that sum to 1, each within its bounds: the spectral projected gradient
 * method. Every point it tries is a mixture, so the function need not be defined elsewhere.
 *
 * Source: Birgin, Martinez and Raydan 2000, "Nonmonotone spectral projected gradient methods on convex sets".
 */
export function minimiseOnSimplex(
  value: (x: Float64Array) => number,
  lower: Float64Array,
  upper: Float64Array,
  start: ArrayLike<number>,
): SimplexMinimum {
  const k = lower.length;
  const x = projectToSimplex(start, lower, upper);
  const [aim, next, probe] = [new Float64Array(k), new Float64Array(k), new Float64Array(k)];
  let gradient = new Float64Array(k);
  let other = new Float64Array(k);
  let now = value(x);
  let best = { x: Float64Array.from(x), value: now };
  mixtureGradient(value, x, now, gradient, probe);
  const recent = [now];
  let step = 0.1 / Math.max(largest(gradient), 1e-12);
  let converged = false;
  let still = 0;
  for (let round = 0; round < mostRounds; round++) {
    for (let i = 0; i < k; i++) aim[i] = x[i]! - gradient[i]! * step;
    projectToSimplex(aim, lower, upper, next);
    let slope = 0;
    let move = 0;
    for (let i = 0; i < k; i++) {
      aim[i] = next[i]! - x[i]!;
      slope += aim[i]! * gradient[i]!;
      move = Math.max(move, Math.abs(aim[i]!));
    }
    if (move < stillness || slope > -1e-15 * (1 + Math.abs(now))) {
      // A short step stands still anywhere: only at a minimum does a long one, too.
      const long = 0.01 / Math.max(largest(gradient), 1e-12);
      converged = step >= long;
      if (converged) break;
      step = long;
      continue;
    }
    const ceiling = Math.max(...recent);
    let [share, then] = [1, Number.NaN];
    for (let halving = 0; halving < 40; halving++, share *= halving < 2 ? 0.5 : 0.2) {
      for (let i = 0; i < k; i++) next[i] = x[i]! + share * aim[i]!;
      then = value(next);
      if (then <= ceiling + 1e-4 * share * slope) break;
      then = Number.NaN;
    }
    if (Number.isNaN(then)) {
      // What is left to gain is less than rounding hides.
      converged = -slope < 1e-9 * (1 + Math.abs(now));
      break;
    }
    mixtureGradient(value, next, then, other, probe);
    let [length, turn] = [0, 0];
    for (let i = 0; i < k; i++) {
      const by = next[i]! - x[i]!;
      length += by * by;
      turn += by * (other[i]! - gradient[i]!);
      x[i] = next[i]!;
    }
    [gradient, other] = [other, gradient];
    step = turn > 0 ? Math.min(Math.max(length / turn, 1e-10), 1e10) : step * 4;
    now = then;
    recent.push(now);
    if (recent.length > memory) recent.shift();
    // Differences of rounded values lead nowhere any more: what many rounds did not gain is not to be had.
    still = best.value - now > 1e-13 * (1 + Math.abs(now)) ? 0 : still + 1;
    if (now < best.value) best = { x: Float64Array.from(x), value: now };
    if (still > 25) {
      converged = -slope < 1e-8 * (1 + Math.abs(now));
      break;
    }
  }
  return { ...best, converged };
}

/**
 * The gradient along the simplex, up to a constant that is the same for all shares: differences between mixtures
 * `(x + d e_i) / (1 + d)`, which are mixtures themselves.
 */
function mixtureGradient(
  value: (x: Float64Array) => number,
  x: Float64Array,
  now: number,
  gradient: Float64Array,
  probe: Float64Array,
): void {
  const at = (i: number, d: number) => {
    for (let j = 0; j < x.length; j++) probe[j] = x[j]! / (1 + d);
    probe[i] = Math.max(0, (x[i]! + d) / (1 + d));
    return value(probe);
  };
  for (let i = 0; i < x.length; i++) {
    const d = 1e-4 * Math.max(x[i]!, 0.01);
    const far = at(i, d);
    // At the edge only one side is a mixture.
    const central = x[i]! > d ? (far - at(i, -d)) / (2 * d) : Number.NaN;
    gradient[i] = Number.isFinite(central) ? central : (4 * far - 3 * now - at(i, 2 * d)) / (2 * d);
    if (!Number.isFinite(gradient[i]!)) gradient[i] = 0;
  }
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const one of values) most = Math.max(most, Math.abs(one));
  return most;
}
