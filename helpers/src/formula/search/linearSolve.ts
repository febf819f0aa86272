import type { Law } from "../../laws/definition/Law.ts";
import { BoundedLeastSquares } from "../../numerics/linear/boundedLeastSquares.ts";
import type { Sample } from "./searchAxes.ts";
import type { Semilinear } from "./semilinear.ts";

/** What is left of the runs at some values of the searched parameters, with the best coefficients there. */
export interface Solution {
  readonly at: Float64Array;
  rss: number;
  readonly coefficients: Float64Array;
  readonly residual: Float64Array;
  /** Coefficients that make each term a thousandth of the response: for terms that start out of use, but in sight. */
  readonly faint: Float64Array;
}

/** The best coefficients for some values of the searched parameters. */
export interface LinearSolve {
  /** What is left of the first rows: enough to choose by, and nothing is kept. */
  glance(at: Float64Array, rows: number): number;
  /** Which coefficients the last glance had in use. */
  terms(): string;
  /** Room for a solution on the first rows. */
  room(dimensions: number, rows: number): Solution;
  /** Writes what is left at the point `out.at`, on as many rows as there is room for. */
  solve(out: Solution): void;
}

/** Coefficients above 0 as a text of ones and zeros. */
export function termsInUse(coefficients: Float64Array): string {
  let text = "";
  for (const each of coefficients) text += each > 0 ? "1" : "0";
  return text;
}

/** Least squares of relative residuals for a semilinear formula on some runs. */
export function linearSolve(
  { basis, coefficients, evaluate }: Semilinear & Pick<Law, "evaluate">,
  { n, x, y }: Sample,
): LinearSolve {
  const m = basis.length;
  const offset = new Float64Array(n);
  const columns = new Float64Array(n * m);
  const isPositive = y.every((value) => value > 0);
  const weight = isPositive ? y.map((value) => 1 / value) : new Float64Array(n).fill(1);
  const scale = isPositive ? 1 : Math.sqrt(y.reduce((sum, value) => sum + value * value, 0) / n) || 1;
  const g = new Float64Array(m * m);
  const h = new Float64Array(m);
  const found = new Float64Array(m);
  const residual = new Float64Array(n);
  const solver = new BoundedLeastSquares(m);
  const nonNegative = Uint8Array.from(coefficients, (one) => (one.nonNegative ? 1 : 0));

  /** Normal equations and their solution on the first rows; what is left of them, to the digits that a sum of squares has. */
  const glance = (at: Float64Array, rows: number): number => {
    const count = Math.min(rows, n);
    evaluate(at, x, count, offset, columns);
    const squares = normalEquations(columns, offset, y, weight, count, m, g, h, residual);
    for (let a = 0; a < m; a++) if (!Number.isFinite(g[a * m + a]!)) return Infinity;
    for (let a = 0; a < m; a++) for (let b = 0; b < a; b++) g[b * m + a] = g[a * m + b]!;
    const rss = squares + (m > 0 ? solver.solve(g, h, nonNegative, found) : 0);
    return Number.isFinite(rss) ? Math.max(rss, 0) : Infinity;
  };
  return {
    glance,
    terms: () => termsInUse(found),
    room: (dimensions, rows) => ({
      at: new Float64Array(dimensions),
      rss: Infinity,
      coefficients: new Float64Array(m),
      residual: new Float64Array(Math.min(rows, n)),
      faint: new Float64Array(m),
    }),
    solve(out) {
      const { at, coefficients, residual: left, faint } = out;
      const count = left.length;
      out.rss = Infinity;
      if (glance(at, count) === Infinity) return;
      let rss = 0;
      for (let i = 0; i < count; i++) {
        let r = residual[i]!;
        for (let a = 0; a < m; a++) r -= found[a]! * columns[i * m + a]!;
        left[i] = r;
        rss += r * r;
      }
      if (!Number.isFinite(rss)) return;
      out.rss = rss;
      for (let a = 0; a < m; a++) {
        coefficients[a] = found[a]!;
        faint[a] = (1e-3 * scale) / Math.sqrt(g[a * m + a]! / count || 1);
      }
    },
  };
}

/** Weighs columns and residuals in place, writes `G = X'X` (lower triangle) and `h = X'r`, returns `r'r`. */
function normalEquations(
  columns: Float64Array,
  offset: Float64Array,
  y: Float64Array,
  weight: Float64Array,
  n: number,
  m: number,
  g: Float64Array,
  h: Float64Array,
  residual: Float64Array,
): number {
  g.fill(0);
  h.fill(0);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const w = weight[i]!;
    const r = (y[i]! - offset[i]!) * w;
    residual[i] = r;
    squares += r * r;
    for (let a = 0; a < m; a++) {
      const u = columns[i * m + a]! * w;
      columns[i * m + a] = u;
      h[a]! += u * r;
      for (let b = 0; b <= a; b++) g[a * m + b]! += u * columns[i * m + b]!;
    }
  }
  return squares;
}
