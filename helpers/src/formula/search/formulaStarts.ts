import { Coordinates } from "../../fit/objective/Coordinates.ts";
import type { Columns, Law } from "../../laws/definition/Law.ts";
import { BoundedLeastSquares } from "../../numerics/linear/boundedLeastSquares.ts";
import { halton } from "../../numerics/random/halton.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { Binding } from "../Binding.ts";
import { compileKernel } from "../compileKernel.ts";
import { type Expression, number, substitute } from "../expression/Expression.ts";
import { improve, type Solution, type Steps } from "./improve.ts";
import { type Sample, searchAxes } from "./searchAxes.ts";
import { sizeAt } from "./searchRanges.ts";
import { type Semilinear, semilinear } from "./semilinear.ts";

/** Rows that are enough to tell a good start from a bad one. */
const rowsUsed = 64;
/** Points tried, by the number of searched parameters. */
const points = [1, 24, 144, 192, 192];
const mostPoints = 224;
/** Of them, how many are improved. */
const improved = (dimensions: number) => (dimensions > 12 ? 2 : dimensions > 3 ? 4 : 6);
/** Of those, how many are handed on: with few runs there are more minima to tell apart. */
const kept = (runs: number) => (runs < 40 ? 6 : 3);

/** What the search needs to know of a formula's law. */
export interface FormulaOfLaw {
  readonly right: Expression;
  readonly bindings: ReadonlyMap<string, Binding>;
  law(): Law;
}

/**
 * A search made for a formula: parameters that a linear solve gives (amplitudes, floors, scales of powers) are taken out of
 * it, the others are scattered over where the runs show them to lie, and the best are improved by least squares on a part
 * of the runs.
 *
 * @returns the law's `starts`; they take what the fit holds, ties and bounds into account.
 */
export function formulaStarts(formula: FormulaOfLaw): NonNullable<Law["starts"]> {
  const plans = new Map<string, SearchPlan>();
  return (x, y, space) => {
    const law = formula.law();
    const coordinates = (space as Coordinates | undefined) ?? new Coordinates(law);
    const key = `${coordinates.slot} ${coordinates.constant} ${coordinates.lower} ${coordinates.upper}`;
    const plan = plans.get(key) ?? planSearch(formula, law, coordinates);
    plans.set(key, plan);
    const rows = Math.max(rowsUsed, 4 * law.parameters.length);
    return search(plan, formula, law, coordinates, thin(x, y, rows), y.length);
  };
}

interface SearchPlan extends Semilinear {
  /** The formula with fixed parameters as numbers and tied ones under one name. */
  readonly formula: Expression;
  /** Writes the offset and the basis of every row. */
  readonly evaluate: Law["evaluate"];
}

function planSearch({ right, bindings }: FormulaOfLaw, law: Law, coordinates: Coordinates): SearchPlan {
  const names = law.parameters.map(({ name }) => name);
  const free = coordinates.free.map(({ members }) => names[members[0]!]!);
  const formula = substitute(right, (name) => {
    const j = names.indexOf(name);
    if (j < 0) return { kind: "symbol", name };
    const slot = coordinates.slot[j]!;
    return slot < 0 ? number(coordinates.constant[j]!) : { kind: "symbol", name: free[slot]! };
  });
  const lower = coordinates.free.map(({ log, lower: low }) => (log ? 0 : low));
  const canBeNegative = new Set(free.filter((_, k) => lower[k]! < 0));
  const positive = [...bindings].flatMap(([name, binding]) =>
    "variable" in binding && binding.logarithm ? [name] : [],
  );
  const form = semilinear(formula, free, canBeNegative, new Set(positive));
  const own = new Map<string, Binding>(bindings);
  for (const [parameter, name] of form.searched.entries()) own.set(name, { parameter });
  return { ...form, formula, evaluate: compileKernel([form.offset, ...form.basis], own) };
}

function search(
  plan: SearchPlan,
  formula: FormulaOfLaw,
  law: Law,
  coordinates: Coordinates,
  sample: Sample,
  runs: number,
): Float64Array[] {
  const axes = searchAxes(plan.formula, plan.searched, formula.bindings, law, coordinates, sample);
  const dimensions = plan.searched.length;
  const solve = linearSolve(plan, sample);
  const count = points[dimensions] ?? mostPoints;
  const side = Math.round(count ** (1 / Math.max(dimensions, 1)));
  const tried: Trial[] = [];
  for (let k = 0; k < count; k++) {
    const share =
      dimensions <= 2
        ? Array.from({ length: dimensions }, (_, d) => ((Math.floor(k / side ** d) % side) + 0.5) / side)
        : halton(k + 1, dimensions);
    const trial = solve(axes.place(share));
    if (trial.rss < Infinity) tried.push({ ...trial, share });
  }
  tried.sort((a, b) => a.rss - b.rss);
  const chosen = chooseApart(tried, 1.2 / side);
  const better = chosen
    .map(({ at }) => improve(solve, axes.steps, at))
    .sort((a, b) => a.rss - b.rss)
    .filter(
      (one, k, all) => k === 0 || !all.slice(0, k).some((other) => isSameMinimum(one, other, axes.steps)),
    );
  const terms = new Set<string>();
  const first = better.filter(({ coefficients }) => {
    const key = coefficients.map((c) => (c > 0 ? 1 : 0)).join("");
    return !terms.has(key) && terms.add(key);
  });
  const handed = [...new Set([...better.slice(0, 1), ...first, ...better])].slice(0, kept(runs));
  return handed.map(({ at, coefficients }) => {
    return parametersAt(plan, law, coordinates, (name) => axes.middle(name), at, coefficients, sample.y);
  });
}

/** The lowest points, none close to another; first the lowest with each choice of terms in use, which are minima apart. */
function chooseApart(tried: readonly Trial[], apart: number): Trial[] {
  const chosen: Trial[] = [];
  const take = (one: Trial) => {
    const isNew = chosen.every(({ share }) => share.some((s, d) => Math.abs(s - one.share[d]!) > apart));
    if (isNew && chosen.length < improved(one.share.length)) chosen.push(one);
  };
  const seen = new Set<string>();
  for (const one of tried) {
    const terms = one.coefficients.map((c) => (c > 0 ? 1 : 0)).join("");
    if (seen.has(terms) || one.rss > 30 * tried[0]!.rss) continue;
    seen.add(terms);
    take(one);
  }
  tried.forEach(take);
  return chosen;
}

/** As low, close by, with the same terms in use: likely to end in the same place. */
function isSameMinimum(a: Solution, b: Solution, steps: readonly Steps[]): boolean {
  const sameTerms = a.coefficients.every((c, k) => c > 0 === b.coefficients[k]! > 0);
  const closeBy = steps.every(({ log, width }, k) => {
    const [u, v] = [a.at[k]!, b.at[k]!];
    return Math.abs(log ? Math.log(u / v) : u - v) < 0.1 * width;
  });
  return sameTerms && closeBy && a.rss <= b.rss * (1 + 1e-2);
}

interface Trial extends Solution {
  readonly share: readonly number[];
}

/** The best coefficients for some values of the searched parameters, by least squares of relative residuals. */
function linearSolve({ basis, coefficients, evaluate }: SearchPlan, { n, x, y }: Sample) {
  const m = basis.length;
  const offset = new Float64Array(n);
  const columns = new Float64Array(n * m);
  const weight = y.every((value) => value > 0) ? y.map((value) => 1 / value) : new Float64Array(n).fill(1);
  const g = new Float64Array(m * m);
  const h = new Float64Array(m);
  const solver = new BoundedLeastSquares(m);
  const nonNegative = Uint8Array.from(coefficients, (one) => (one.nonNegative ? 1 : 0));
  const nowhere: Omit<Solution, "at"> = { rss: Infinity, coefficients: h, residual: offset };
  return (at: Float64Array): Solution => {
    evaluate(at, x, n, offset, columns);
    g.fill(0);
    h.fill(0);
    const residual = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const w = weight[i]!;
      const r = (y[i]! - offset[i]!) * w;
      residual[i] = r;
      for (let a = 0; a < m; a++) {
        const u = columns[i * m + a]! * w;
        columns[i * m + a] = u;
        h[a]! += u * r;
        for (let b = 0; b <= a; b++) g[a * m + b]! += u * columns[i * m + b]!;
      }
    }
    for (let a = 0; a < m; a++) {
      if (!Number.isFinite(g[a * m + a]!)) return { ...nowhere, at };
      for (let b = 0; b < a; b++) g[b * m + a] = g[a * m + b]!;
    }
    const found = new Float64Array(m);
    if (m > 0) solver.solve(g, h, nonNegative, found);
    let rss = 0;
    for (let i = 0; i < n; i++) {
      let r = residual[i]!;
      for (let a = 0; a < m; a++) r -= found[a]! * columns[i * m + a]!;
      residual[i] = r;
      rss += r * r;
    }
    return Number.isFinite(rss) ? { at, rss, coefficients: found, residual } : { ...nowhere, at };
  };
}

/** Complete parameters for a point of the search and the coefficients that go with it. */
function parametersAt(
  { searched, coefficients, slack }: SearchPlan,
  law: Law,
  coordinates: Coordinates,
  middle: (name: string) => number,
  at: Float64Array,
  solution: Float64Array,
  y: Float64Array,
): Float64Array {
  const values = new Map<string, number>(searched.map((name, k) => [name, at[k]!]));
  for (const name of slack) values.set(name, middle(name));
  const named = (name: string) => values.get(name)!;
  coefficients.forEach(({ parameter, form, by, rest }, k) => {
    const share = solution[k]! / sizeAt(rest, named);
    const size = share > 0 ? share : 1e-3 * Math.abs(y[0]!) || 1e-3;
    const exponent = sizeAt(by, named);
    const value =
      form === "itself" ? share : form === "power" ? size ** (1 / exponent) : Math.log(size) / exponent;
    values.set(parameter, Number.isFinite(value) ? value : middle(parameter));
  });
  const theta = new Float64Array(law.parameters.length);
  law.parameters.forEach((_, j) => {
    const slot = coordinates.slot[j]!;
    if (slot < 0) {
      theta[j] = coordinates.constant[j]!;
      return;
    }
    const { members, log } = coordinates.free[slot]!;
    const value = values.get(law.parameters[members[0]!]!.name)!;
    theta[j] = log && !(value > 0) ? 1e-3 * Math.abs(y[0]!) || 1e-3 : value;
  });
  return theta;
}

/** Some of the rows, always the same ones. */
function thin(x: Columns, y: Float64Array, rows: number): Sample {
  const n = y.length;
  if (n <= rows) return { n, x, y };
  const random = new Random(2, n);
  const chosen = Int32Array.from({ length: rows }, () => random.below(n));
  const pick = (column: Float64Array) => Float64Array.from(chosen, (row) => column[row]!);
  return { n: rows, x: x.map(pick), y: pick(y) };
}
