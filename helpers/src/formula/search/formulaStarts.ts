import { Coordinates } from "../../fit/objective/Coordinates.ts";
import type { Columns, Law } from "../../laws/definition/Law.ts";
import { halton } from "../../numerics/random/halton.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { Binding } from "../Binding.ts";
import { compileKernel } from "../compileKernel.ts";
import { type Expression, number, share, substitute } from "../expression/Expression.ts";
import { powersAsExponentials } from "../expression/powersAsExponentials.ts";
import { improve } from "./improve.ts";
import { linearSolve, type Solution } from "./linearSolve.ts";
import { lowestApart } from "./lowestApart.ts";
import { type Scaled, scaleOut } from "./scaleOut.ts";
import { type Sample, searchAxes } from "./searchAxes.ts";
import { sizeAt } from "./searchRanges.ts";
import { type Semilinear, semilinear } from "./semilinear.ts";

/** Rows that are enough to tell a good start from a bad one. */
const rowsUsed = 64;
/** Rows that tell which points are worth improving: of 32 a term that few runs show was passed over. */
const rowsGlanced = 64;
/** Points tried, by the number of searched parameters. */
const points = [1, 24, 144, 192, 192];
const mostPoints = 224;
/** Of them, how many are improved by a few steps, and how many of those by more. */
const improved = (dimensions: number) => (dimensions > 12 ? 4 : 12);
const improvedMore = (dimensions: number) => (dimensions > 12 ? 2 : 5);
const [fewSteps, moreSteps] = [4, 10];
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
  /** The formula with fixed parameters as numbers, tied ones under one name, and scales taken out of powers of sums. */
  readonly formula: Expression;
  readonly ratios: Scaled["ratios"];
  /** The points that are tried, as shares of each searched parameter's range. */
  readonly shares: readonly (readonly number[])[];
  /** Writes the offset and the basis of every row. */
  readonly evaluate: Law["evaluate"];
}

function planSearch({ right, bindings }: FormulaOfLaw, law: Law, coordinates: Coordinates): SearchPlan {
  const names = law.parameters.map(({ name }) => name);
  const free = coordinates.free.map(({ members }) => names[members[0]!]!);
  const written = substitute(right, (name) => {
    const j = names.indexOf(name);
    if (j < 0) return { kind: "symbol", name };
    const slot = coordinates.slot[j]!;
    return slot < 0 ? number(coordinates.constant[j]!) : { kind: "symbol", name: free[slot]! };
  });
  const slotOf = new Map(free.map((name, k) => [name, coordinates.free[k]!]));
  const canBeNegative = new Set(free.filter((name) => !slotOf.get(name)!.log && slotOf.get(name)!.lower < 0));
  const positive = new Set(
    [...bindings].flatMap(([name, binding]) => ("variable" in binding && binding.logarithm ? [name] : [])),
  );
  const named = (name: string) => (slotOf.has(name) ? !canBeNegative.has(name) : positive.has(name));
  const isUnbounded = (name: string) => {
    const slot = slotOf.get(name);
    return slot?.log === true && slot.lower === -Infinity && slot.upper === Infinity;
  };
  const { formula, ratios } = scaleOut(written, (name) => slotOf.has(name), isUnbounded, named);
  const form = semilinear(formula, free, canBeNegative, positive);
  const asCompiled = (e: Expression) => share(powersAsExponentials(e, named));
  const own = new Map<string, Binding>(bindings);
  for (const [parameter, name] of form.searched.entries()) own.set(name, { parameter });
  const evaluate = compileKernel([form.offset, ...form.basis].map(asCompiled), own);
  return { ...form, formula, ratios, shares: scattered(form.searched.length), evaluate };
}

/** Points in the unit cube: a grid of at most two dimensions, or scattered evenly. */
function scattered(dimensions: number): number[][] {
  const count = points[dimensions] ?? mostPoints;
  const side = sideOf(dimensions);
  return Array.from({ length: count }, (_, k) =>
    dimensions <= 2
      ? Array.from({ length: dimensions }, (_, d) => ((Math.floor(k / side ** d) % side) + 0.5) / side)
      : halton(k + 1, dimensions),
  );
}

/** So many points lie along each axis. */
function sideOf(dimensions: number): number {
  return Math.round((points[dimensions] ?? mostPoints) ** (1 / Math.max(dimensions, 1)));
}

function search(
  plan: SearchPlan,
  formula: FormulaOfLaw,
  law: Law,
  coordinates: Coordinates,
  sample: Sample,
  runs: number,
): Float64Array[] {
  const axes = searchAxes(
    plan.formula,
    plan.searched,
    formula.bindings,
    law,
    coordinates,
    sample,
    plan.ratios,
  );
  const dimensions = plan.searched.length;
  const solve = linearSolve(plan, sample);
  const glanced = Math.max(rowsGlanced, 3 * law.parameters.length);
  const tried: Trial[] = [];
  for (const share of plan.shares) {
    const at = axes.place(share);
    const rss = solve.glance(at, glanced);
    if (rss < Infinity) tried.push({ at, rss, share, terms: solve.terms() });
  }
  tried.sort((a, b) => a.rss - b.rss);
  const chosen = chooseApart(tried, 1.2 / sideOf(dimensions));
  const promising = chosen.map(({ at }) => improve(solve, glanced, axes.steps, at, fewSteps));
  const better = lowestApart(promising, plan, axes.steps, improvedMore(dimensions)).map(({ at }) =>
    improve(solve, sample.n, axes.steps, at, moreSteps),
  );
  const handed = lowestApart(better, plan, axes.steps, kept(runs));
  return handed.map((one) => parametersAt(plan, law, coordinates, (name) => axes.middle(name), one));
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
    if (seen.has(one.terms) || one.rss > 30 * tried[0]!.rss) continue;
    seen.add(one.terms);
    take(one);
  }
  tried.forEach(take);
  return chosen;
}

interface Trial {
  readonly at: Float64Array;
  readonly rss: number;
  readonly share: readonly number[];
  readonly terms: string;
}

/** Complete parameters for a point of the search and the coefficients that go with it. */
function parametersAt(
  { searched, coefficients, slack, ratios }: SearchPlan,
  law: Law,
  coordinates: Coordinates,
  middle: (name: string) => number,
  { at, coefficients: solution, faint }: Solution,
): Float64Array {
  const values = new Map<string, number>(searched.map((name, k) => [name, at[k]!]));
  for (const name of slack) values.set(name, middle(name));
  const named = (name: string) => values.get(name)!;
  const isLog = new Set(
    coordinates.free.flatMap(({ log, members }) => (log ? [law.parameters[members[0]!]!.name] : [])),
  );
  coefficients.forEach(({ parameter, form, by, rest }, k) => {
    const share = solution[k]! / sizeAt(rest, named);
    const size = share > 0 ? share : faint[k]! / Math.abs(sizeAt(rest, named));
    const exponent = sizeAt(by, named);
    const value =
      form === "power"
        ? size ** (1 / exponent)
        : form === "exponential"
          ? Math.log(size) / exponent
          : isLog.has(parameter)
            ? size
            : share;
    values.set(parameter, Number.isFinite(value) ? value : middle(parameter));
  });
  for (const [name, scale] of ratios) values.set(name, values.get(name)! * values.get(scale)!);
  const theta = new Float64Array(law.parameters.length);
  law.parameters.forEach((_, j) => {
    const slot = coordinates.slot[j]!;
    if (slot < 0) {
      theta[j] = coordinates.constant[j]!;
      return;
    }
    const { members, log } = coordinates.free[slot]!;
    const value = values.get(law.parameters[members[0]!]!.name)!;
    theta[j] = log && !(value > 0) ? 1e-300 : value;
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
