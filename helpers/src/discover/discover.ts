import { requireWhole } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";
import { studentTQuantile } from "../numerics/distributions/studentT.ts";
import { type Choice, choose } from "./choice/choose.ts";
import type { FullFit } from "./choice/FullFit.ts";
import { type Fold, foldsOf } from "./choice/folds.ts";
import { relativeNoise } from "./choice/relativeNoise.ts";
import { fitFully, keptRows, type ScoredLaw, scoreLaw } from "./choice/scoreLaws.ts";
import { shortlist } from "./choice/shortlist.ts";
import { predictStack, type Stacked } from "./choice/stack.ts";
import { unitsOf } from "./choice/units.ts";
import {
  type DiscoveredLaw,
  type DiscoveredPrediction,
  type DiscoveredVariable,
  Discovery,
  type ReadPoints,
} from "./Discovery.ts";
import type { DiscoverData } from "./fit/DiscoverData.ts";
import { linearCount, parameterCount } from "./grammar/Candidate.ts";
import { enumerateLaws } from "./grammar/enumerate.ts";
import type { Points } from "./grammar/evaluateTerm.ts";
import { formulaOf } from "./grammar/formulaOf.ts";
import { type DiscoverOptions, type DiscoverRow, discoverOptionNames } from "./table/DiscoverOptions.ts";
import type { DiscoverTable } from "./table/DiscoverTable.ts";
import { columnOf, pointsOf, readTable } from "./table/readTable.ts";

const mostParameters = 16;

/**
 * Finds the law of a table: fits the laws of a grammar that its columns allow, holds out the top levels of each scale, and
 * takes the smallest law whose extrapolation error is within a standard error of the best. Where the rows cannot tell laws
 * apart, it says which, and the intervals around the smallest law's predictions hold how far the others are from it.
 *
 * Source: one-standard-error rule of Breiman et al. 1984; variable projection of Golub and Pereyra 1973.
 *
 * @param rows numbers by the names of columns; every column that no option names is a variable
 * @returns the laws, and predictions at `options.points` with intervals of 80 and 95 % for a new run
 * @throws RangeError where a column is missing, a value is no finite number, or there are fewer than six rows
 * @example
 * import { discover } from "isoflop";
 * const rows = [1, 2, 4, 8, 16, 32, 64, 128].map((n) => ({ n: n * 1e7, loss: 2 + n ** -0.5 }));
 * const found = discover(rows, { response: "loss", points: [{ n: 1e10 }] });
 * found.predictions.loss![0]!.prediction; // => 2.0316
 */
export function discover(rows: readonly DiscoverRow[], options: DiscoverOptions): Discovery {
  const steps = discoverInSteps(rows, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** How far a search is. */
export interface DiscoverProgress {
  readonly doing: "fitting laws" | "holding rows out";
  readonly done: number;
  readonly total: number;
}

/**
 * `discover`, a law at a time, for those who show progress or may stop: the last value is what it returns.
 *
 * @throws RangeError as `discover`, some of them at the first step
 * @example
 * import { discoverInSteps } from "isoflop";
 * const rows = [1, 2, 4, 8, 16, 32, 64, 128].map((n) => ({ n: n * 1e7, loss: 2 + n ** -0.5 }));
 * const steps = discoverInSteps(rows, { response: "loss" });
 * let step = steps.next();
 * while (!step.done) step = steps.next(); // step.value says how far it is
 * step.value.law; // => "loss = E + A1*(n/110000000)^(-p1)"
 */
export function discoverInSteps(
  rows: readonly DiscoverRow[],
  options: DiscoverOptions,
): Generator<DiscoverProgress, Discovery> {
  requireRows("discover", rows);
  requireOptions("discover", options, discoverOptionNames);
  return search(rows, options);
}

function* search(
  rows: readonly DiscoverRow[],
  options: DiscoverOptions,
): Generator<DiscoverProgress, Discovery> {
  if (rows.length < 6) {
    throw new RangeError(
      `discover needs at least 6 rows, got ${rows.length}; with fewer, name the law and use fit`,
    );
  }
  const plain = readTable(rows, options);
  const { shape, groupNames } = plain;
  if (shape.coordinates.length === 0) {
    throw new RangeError("no column varies but the response; name rows that differ in what a law could use");
  }
  if (options.maxParameters !== undefined) {
    requireWhole(
      "maxParameters",
      options.maxParameters,
      1,
      "give how many parameters a law may have, such as 7",
    );
  }
  const points = options.points && readPoints(options.points, plain, options);
  const smallest = Math.floor(rows.length / groupNames.length);
  const laws = enumerateLaws(
    shape,
    options.maxParameters ?? Math.min(mostParameters, Math.max(3, Math.floor(smallest / 2))),
  ).flatMap((candidate) =>
    // A law whose parameters are amplitudes has nothing that groups could share.
    (groupNames.length > 1 && parameterCount(candidate) > linearCount(candidate)
      ? [true, false]
      : [true]
    ).map((shared) => ({ candidate, shared })),
  );
  const plainly: FullFit[] = [];
  for (const [done, law] of laws.entries()) {
    yield { doing: "fitting laws", done, total: laws.length };
    const fit = fitFully(law, plain);
    if (fit) plainly.push(fit);
  }
  const relative = relativeNoise(plain, plainly);
  const table = relative ?? plain;
  const full = relative ? plainly.flatMap(({ law, fits }) => fitFully(law, relative, fits) ?? []) : plainly;
  const folds = foldsOf(table.responses[0]!.data.points, table.groupOf, shape.scale, points?.points);
  const { scored, choice } = yield* decide(full, table, folds);
  const set = choice.set.map(({ law, weight, error }) => describe(law, weight, error, table));
  const read = (given: readonly DiscoverRow[]) => readPoints(given, table, options);
  const predict = (at: ReadPoints) => predictAll(choice, table, folds, at, set);
  const parts = {
    law: set[0]!.law,
    decided: set.length === 1,
    set,
    considered: full.length,
    variables: shape.coordinates.map(({ name, kind }, v): DiscoveredVariable => {
      const column = table.responses[0]!.data.points.x[v]!;
      const [low, high] = [column.reduce((a, b) => Math.min(a, b)), column.reduce((a, b) => Math.max(a, b))];
      return { name, kind, isScale: shape.scale.includes(v), range: [low, high] };
    }),
    folds: folds.map(({ variable, depth, counts }) => ({
      variable: variable === undefined ? "in turn" : shape.coordinates[variable]!.name,
      depth,
      rows: counts.filter((count) => count > 0).length,
    })),
    notes: [
      ...table.notes,
      ...(relative ? ["the noise grows with the response: residuals are relative to it"] : []),
      ...(scored.length === 0 ? ["no rows could be held out: the laws are ranked by BIC"] : []),
      ...(choice.by === "extrapolation"
        ? ["no law describes the rows but for noise: the one that foretells rows held out best is taken"]
        : []),
    ],
    predictions: points ? predict(points) : {},
  };
  return new Discovery(parts, { table, group: options.group, set: choice.set, read, predict });
}

function* decide(
  full: readonly FullFit[],
  table: DiscoverTable,
  folds: readonly Fold[],
): Generator<DiscoverProgress, { scored: readonly ScoredLaw[]; choice: Choice }> {
  const short = shortlist(full);
  if (short.length === 0) {
    throw new RangeError(
      "every law has more parameters than the rows of a group can tell; leave --group out, or add rows",
    );
  }
  const noise = table.responses.map(({ data }, r) => {
    const least = Math.min(...short.map(({ sigma }) => sigma[r]!));
    return Math.max(least, 1e-9 * spreadOf(data));
  });
  const kept = keptRows(table, folds);
  const units = unitsOf(table, folds);
  const scored: ScoredLaw[] = [];
  for (const [done, law] of folds.length === 0 ? [] : short.entries()) {
    yield { doing: "holding rows out", done, total: short.length };
    const score = scoreLaw(law, table, folds, units, kept, noise);
    if (score) scored.push(score);
  }
  if (scored.length > 0) return { scored, choice: choose(scored, units) };
  const none = { squared: new Float64Array(0), absolute: new Float64Array(0), foldFits: [], foretold: 1 };
  return {
    scored,
    choice: choose(
      short.map((law) => ({ ...law, ...none })),
      { weights: new Float64Array(0), isByRow: true },
    ),
  };
}

function spreadOf({ y, weights }: DiscoverData): number {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  return (
    Math.sqrt(y.reduce((sum, value, i) => sum + weights[i]! * (value - mean) ** 2, 0) / y.length) || 1e-300
  );
}

function describe(law: ScoredLaw, weight: number, error: number, table: DiscoverTable): DiscoveredLaw {
  const { candidate, shared } = law.law;
  const { coordinates } = table.shape;
  const valuesOf = (r: number, g: number) => {
    const fit = law.fits[r]!.fits.find(({ amplitudes }) => amplitudes.has(g))!;
    const own = fit.amplitudes.get(g)!;
    const floor = candidate.floor ? [own.at(-1)!] : [];
    return { nonlinear: [...fit.theta], linear: [...floor, ...own.subarray(0, candidate.terms.length)] };
  };
  // The inner parameters are logarithms, which have no sign in the text.
  const plain = formulaOf(candidate, coordinates, "");
  const isSize = (k: number) => plain.nonlinear[k]!.startsWith("K");
  const first = valuesOf(0, 0);
  const negative = {
    nonlinear: first.nonlinear.map((value, k) => value < 0 && !isSize(k)),
    linear: first.linear.map((value) => value < 0),
  };
  const texts = table.responses.map(({ name }) => formulaOf(candidate, coordinates, name, negative));
  const signed = (value: number, isNegative: boolean | undefined) => (isNegative ? -value : value);
  return {
    law: texts[0]!.text,
    shared: shared && table.groupNames.length > 1,
    parameters: law.parameters,
    weight,
    error: Math.exp(error),
    aicc: law.aicc,
    bic: law.bic,
    values: table.responses.flatMap(({ name }, r) =>
      table.groupNames.map((group, g) => {
        const { nonlinear, linear } = valuesOf(r, g);
        const texted = texts[r]!;
        return {
          response: name,
          group,
          parameters: Object.fromEntries([
            ...texted.linear.map((one, k) => [one, signed(linear[k]!, negative.linear[k])]),
            ...texted.nonlinear.map((one, k) => [
              one,
              isSize(k) ? Math.exp(nonlinear[k]!) : signed(nonlinear[k]!, negative.nonlinear[k]),
            ]),
          ]),
        };
      }),
    ),
  };
}

function readPoints(
  given: readonly DiscoverRow[],
  { shape, groupNames }: DiscoverTable,
  { group }: DiscoverOptions,
): ReadPoints {
  requireRows("discover", given);
  const columns = [...new Set(given.flatMap((row) => Object.keys(row)))];
  const missing = given.length > 0 && shape.coordinates.find(({ name }) => !columns.includes(name));
  if (missing) {
    throw new RangeError(
      `the points have no column ${missing.name}, which laws read; add it to them, or take it out of the rows' variables with ignore`,
    );
  }
  const values = new Map(shape.coordinates.map(({ name }) => [name, columnOf(given, name)]));
  for (const { name, kind } of shape.coordinates) {
    const at = kind === "log" ? values.get(name)!.findIndex((x) => !(x > 0)) : -1;
    if (at < 0) continue;
    throw new RangeError(
      `${name} must be > 0 as in the rows, got ${values.get(name)![at]} in point ${at}; drop it or fix the file`,
    );
  }
  return {
    points: pointsOf(shape.coordinates, values, given.length),
    groupOf: Int32Array.from(given, (row) =>
      group === undefined ? 0 : groupNames.indexOf(String(row[group] ?? "")),
    ),
  };
}

/** Intervals are widened by how far the held-out rows fell outside theirs. */
function predictAll(
  { set }: Choice,
  table: DiscoverTable,
  folds: readonly Fold[],
  { points, groupOf }: ReadPoints,
  laws: readonly DiscoveredLaw[],
): Discovery["predictions"] {
  const law = laws.map(({ law }) => law).join(" | ");
  const kept = keptRows(table, folds);
  return Object.fromEntries(
    table.responses.map(({ name, data }, r) => {
      const isRelative = data.weights.some((weight) => weight !== 1);
      const at = (stack: readonly Stacked[], rows: DiscoverData, where: Points, groups: ArrayLike<number>) =>
        predictStack(stack, rows, isRelative, where, groups, table.decreasing);
      const freedom = Math.max(1, data.points.n - set[0]!.law.parameters);
      const factor = widening(set, table, folds, kept, r, at);
      const stack = set.map(({ law, weight }) => ({ fit: law.fits[r]!, weight }));
      const all = table.groupNames.map((_, g) => g);
      const groups = groupOf.some((g) => g < 0) ? all : [];
      const own = at(stack, data, points, groupOf);
      const others = groups.map((g) => at(stack, data, points, new Int32Array(points.n).fill(g)));
      const predictions = Array.from({ length: points.n }, (_, i): DiscoveredPrediction => {
        const isKnown = groupOf[i]! >= 0;
        const mean = isKnown
          ? own.mean[i]!
          : others.reduce((sum, one) => sum + one.mean[i]! / others.length, 0);
        const variance = isKnown
          ? own.variance[i]!
          : others.reduce(
              (sum, one) => sum + (one.variance[i]! + (one.mean[i]! - mean) ** 2) / others.length,
              0,
            );
        const half = (share: number) =>
          factor * studentTQuantile(0.5 + share / 2, freedom) * Math.sqrt(variance);
        return {
          prediction: mean,
          lo80: mean - half(0.8),
          hi80: mean + half(0.8),
          lo95: mean - half(0.95),
          hi95: mean + half(0.95),
          law,
          note: [
            ...(isKnown ? [] : ["the rows have no such group: the mean of theirs"]),
            ...(set.length > 1 ? [`${set.length} laws are not told apart: the smallest of them`] : []),
          ].join("; "),
        };
      });
      return [name, predictions];
    }),
  );
}

/** The root of the mean square of held-out errors in standard deviations of their intervals, 1 at least. */
function widening(
  set: Choice["set"],
  table: DiscoverTable,
  folds: readonly Fold[],
  kept: readonly (readonly DiscoverData[])[],
  r: number,
  at: (
    stack: readonly Stacked[],
    rows: DiscoverData,
    where: Points,
    groups: ArrayLike<number>,
  ) => {
    mean: Float64Array;
    variance: Float64Array;
  },
): number {
  const { y, points } = table.responses[r]!.data;
  let sum = 0;
  let total = 0;
  for (const [f, { counts, weight }] of folds.entries()) {
    const stack = set.flatMap(({ law, weight }) => {
      const fit = law.foldFits[f]?.[r];
      return fit ? [{ fit, weight }] : [];
    });
    if (stack.length === 0) continue;
    const { mean, variance } = at(stack, kept[f]![r]!, points, table.groupOf);
    const held = counts.reduce((all, count) => all + count, 0);
    for (let i = 0; i < y.length; i++) {
      if (counts[i] === 0 || !(variance[i]! > 0)) continue;
      sum += ((weight * counts[i]!) / held) * ((y[i]! - mean[i]!) ** 2 / variance[i]!);
      total += (weight * counts[i]!) / held;
    }
  }
  return total > 0 ? Math.max(1, Math.sqrt(sum / total)) : 1;
}
