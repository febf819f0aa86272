import { requireWhole } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";
import { type Choice, choose } from "./choice/choose.ts";
import { type FullFit, fitFully } from "./choice/FullFit.ts";
import { type Fold, foldsOf } from "./choice/folds.ts";
import { relativeNoise } from "./choice/relativeNoise.ts";
import { keptRows, type ScoredLaw, scoreLaw } from "./choice/scoreLaws.ts";
import { shortlist } from "./choice/shortlist.ts";
import { unitsOf } from "./choice/units.ts";
import type { DiscoveredVariable } from "./DiscoveredLaw.ts";
import { Discovery } from "./Discovery.ts";
import { describeLaw } from "./describeLaw.ts";
import { leastNoise } from "./fit/leastNoise.ts";
import { linearCount, parameterCount } from "./grammar/Candidate.ts";
import { enumerateLaws } from "./grammar/enumerate.ts";
import { fallingSign } from "./grammar/fallingSign.ts";
import { hasValueAt } from "./grammar/hasValueAt.ts";
import { predictorOf } from "./predictorOf.ts";
import { type DiscoverOptions, type DiscoverRow, discoverOptionNames } from "./table/DiscoverOptions.ts";
import type { DiscoverTable } from "./table/DiscoverTable.ts";
import { readPoints } from "./table/readPoints.ts";
import { readTable } from "./table/readTable.ts";

const mostParameters = 16;

/**
 * Finds the law of a table: fits the laws of a grammar that its columns allow, holds out the top levels of each scale, and
 * takes the smallest law that all rows speak for (by BIC) and that the rows held out do not contradict; where there is none,
 * the smallest whose extrapolation error is within a standard error of the least. Where the rows cannot tell laws apart, it
 * says which, and the intervals around the first law's predictions hold how far the others are from it.
 *
 * Source: Kass and Raftery 1995 for BIC; Chow 1960 for the rows held out; the rule of standard errors of Breiman et al. 1984;
 * variable projection of Golub and Pereyra 1973.
 *
 * @param rows numbers by the names of columns; every column that no option names is a variable
 * @returns the laws, and predictions at `options.points` with intervals of 80 and 95 % for a new run
 * @throws RangeError where a column is missing, a value is no finite number, a response is the same in every row, one column
 *   has two roles, or there are fewer than six rows
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
  const points = options.points?.length ? readPoints(options.points, plain, options) : undefined;
  const smallest = Math.floor(rows.length / groupNames.length);
  const candidates = enumerateLaws(
    shape,
    options.maxParameters ?? Math.min(mostParameters, Math.max(3, Math.floor(smallest / 2))),
  );
  const usable = points ? candidates.filter((one) => hasValueAt(one, points.points)) : candidates;
  const allowed = usable.filter(({ terms }) =>
    terms.every((term) => fallingSign(term, plain.decreasing) !== undefined),
  );
  const laws = allowed.flatMap((candidate) =>
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
  const folds = foldsOf(table, points?.points);
  const { scored, choice } = yield* decide(full, table, folds);
  const set = choice.set.map(({ law, weight, error }) => describeLaw(law, weight, error, table));
  const read = (given: readonly DiscoverRow[]) => readPoints(given, table, options);
  const predict = predictorOf(choice, table, folds, set);
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
      ...(usable.length < candidates.length ? ["laws that have no value at a point are left out"] : []),
      ...smallGroups(table),
      ...exactOnes(choice.set[0]!.law, table),
      ...(relative ? ["the noise grows with the response: residuals are relative to it"] : []),
      ...(folds.length === 0 ? ["no rows could be held out: the laws are ranked by BIC"] : []),
      ...(folds.length > 0 && scored.length === 0
        ? ["no law can be fitted to the rows that are left: the laws are ranked by BIC"]
        : []),
      ...(choice.by === "extrapolation"
        ? ["no law describes the rows but for noise: the one that foretells rows held out best is taken"]
        : []),
    ],
    predictions: points
      ? predict(points)
      : options.points
        ? Object.fromEntries(table.responses.map(({ name }) => [name, []]))
        : {},
  };
  return new Discovery(parts, { table, group: options.group, set: choice.set, read, predict });
}

/** Groups that have too few rows for a law of all variables: a term for each, and a floor. */
function smallGroups({ groupNames, groupOf, shape }: DiscoverTable): string[] {
  const most = shape.coordinates.length + 1;
  return groupNames.flatMap((name, g) => {
    const rows = groupOf.filter((own) => own === g).length;
    return rows < most
      ? [
          `group ${name} has ${rows} ${rows === 1 ? "row" : "rows"}: no law of more terms is tried in any group; leave it out to try them`,
        ]
      : [];
  });
}

/** Responses of which the law leaves nothing but rounding. */
const exactOnes = ({ sigma }: FullFit, { responses }: DiscoverTable): string[] =>
  responses.flatMap(({ name, data }, r) =>
    sigma[r]! <= leastNoise(data)
      ? [`${name} follows the law to the last digits: its intervals hold rounding alone`]
      : [],
  );

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
  const noise = table.responses.map((_, r) => Math.min(...short.map(({ sigma }) => sigma[r]!)));
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
