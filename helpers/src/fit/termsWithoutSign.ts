import type { Law } from "../laws/definition/Law.ts";
import { leastSquares } from "../numerics/lines/leastSquares.ts";
import { lawValues } from "./objective/lawResiduals.ts";
import type { Table } from "./objective/readRuns.ts";

/** A term of a law: its amplitude, and the parameters that mean nothing without it. */
export interface Term {
  readonly amplitude: string;
  /** The amplitude first. */
  readonly parameters: readonly string[];
  /** What the term adds to each prediction. */
  readonly share: Float64Array;
}

type Rows = Pick<Table, "x" | "n">;

/**
 * The terms of a law that an amplitude of 0 takes out. A floor is none: nothing hangs on it, and its bound says more.
 *
 * @param theta the law's parameters, in its order
 */
export function termsOf(law: Law, theta: Float64Array, rows: Rows): Term[] {
  const whole = lawValues(law, theta, rows);
  const usual = usualPlace(law, 0.5);
  const silent = idle(law, usual, rows);
  return law.parameters.flatMap(({ name, domain }, j): Term[] => {
    if (!isLinear(law, name) || domain[0] > 0) return [];
    const without = theta.slice();
    const away = usual.slice();
    without[j] = away[j] = 0;
    const gone = idle(law, away, rows).filter((k) => k !== j && !silent.includes(k));
    if (gone.length === 0) return [];
    const rest = lawValues(law, without, rows);
    return [
      {
        amplitude: name,
        parameters: [name, ...gone.map((k) => law.parameters[k]!.name)],
        share: whole.map((value, i) => value - rest[i]!),
      },
    ];
  });
}

const isLinear = (law: Law, name: string) => law.linear.some(({ parameter }) => parameter === name);

/** A point inside the ranges where searches look. */
function usualPlace(law: Law, share: number): Float64Array {
  return Float64Array.from(law.parameters, ({ start: [low, high], scale }) =>
    scale === "log" && low > 0 ? low * (high / low) ** share : low + (high - low) * share,
  );
}

/** Parameters that move no prediction at a point. */
function idle(law: Law, theta: Float64Array, { x, n }: Rows): number[] {
  const p = theta.length;
  const jacobian = new Float64Array(n * p);
  law.evaluate(theta, x, n, new Float64Array(n), jacobian);
  return Array.from({ length: p }, (_, k) => k).filter((k) => {
    for (let i = 0; i < n; i++) if (jacobian[i * p + k] !== 0) return false;
    return true;
  });
}

/** So many trials of all exponents together; a law with more has no term looked at. */
const mostTrials = 729;
/** A sample of this size shows a sign. */
const rowsForSigns = 400;
/** So many standard errors below 0 an amplitude must be, to be more than noise at the best of all trials. */
const standardErrors = 6;

/**
 * Amplitudes that the runs ask to be negative where the law has none: by least squares without bounds, at the exponents
 * of a grid that leave least. It does not depend on a fit, nor on its loss.
 */
export function asksForNegative(law: Law, table: Table): string[] {
  const linear = law.parameters.flatMap(({ name, domain }, j) =>
    isLinear(law, name) && domain[0] === 0 ? [j] : [],
  );
  const others = law.parameters.map((_, j) => j).filter((j) => !linear.includes(j));
  if (linear.length < 2 || others.length === 0 || 9 ** others.length > mostTrials) return [];
  const step = Math.max(1, Math.floor(table.n / rowsForSigns));
  const rows = Array.from({ length: Math.floor((table.n - 1) / step) + 1 }, (_, k) => k * step);
  const n = rows.length;
  const x = table.x.map((column) => Float64Array.from(rows, (i) => column[i]!));
  const y = rows.map((i) => table.y[i]!);
  if (n < linear.length + 3) return [];
  let best = -Infinity;
  let negative: string[] = [];
  for (let trial = 0; trial < 9 ** others.length; trial++) {
    const theta = usualPlace(law, 0.5);
    for (const [k, j] of others.entries()) {
      theta[j] = usualPlace(law, (Math.floor(trial / 9 ** k) % 9) / 8)[j]!;
    }
    const found = signsAt(law, theta, linear, x, y);
    if (!found || !(found.r2 > best)) continue;
    best = found.r2;
    negative = found.negative;
  }
  return negative;
}

function signsAt(
  law: Law,
  theta: Float64Array,
  linear: readonly number[],
  x: readonly Float64Array[],
  y: readonly number[],
): { r2: number; negative: string[] } | undefined {
  const p = theta.length;
  const n = y.length;
  const jacobian = new Float64Array(n * p);
  law.evaluate(theta, x, n, new Float64Array(n), jacobian);
  const columns = linear.map((j) => Array.from({ length: n }, (_, i) => jacobian[i * p + j]!));
  const floor = columns.findIndex((column) => column.every((value) => value === column[0] && value !== 0));
  // The intercept of least squares is the law's floor; without one it would stand for something else.
  if (floor < 0) return undefined;
  const shapes = columns.flatMap((column, k) => {
    const top = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return k === floor ? [] : [column.map((value) => value / top)];
  });
  if (!shapes.every((shape) => shape.every(Number.isFinite))) return undefined;
  try {
    const { coefficients, standardErrors: errors, r2 } = leastSquares(shapes, y);
    const names = linear.filter((_, k) => k !== floor).map((j) => law.parameters[j]!.name);
    return { r2, negative: names.filter((_, k) => coefficients[k + 1]! < -standardErrors * errors[k + 1]!) };
  } catch {
    return undefined; // columns that are one: nothing can be told of their signs
  }
}
