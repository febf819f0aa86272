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
import type { DiscoveredLaw, Discovery } from "./Discovery.ts";
import { leastNoise } from "./fit/leastNoise.ts";
import { linearCount, parameterCount } from "./grammar/Candidate.ts";
import { enumerateLaws } from "./grammar/enumerate.ts";
import { formulaOf } from "./grammar/formulaOf.ts";
import { hasValueAt } from "./grammar/hasValueAt.ts";
import { predictAll } from "./predictAll.ts";
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
  requireRows("discover", rows);
  requireOptions("discover", options, discoverOptionNames);
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
  const laws = usable.flatMap((candidate) =>
    // A law whose parameters are amplitudes has nothing that groups could share.
    (groupNames.length > 1 && parameterCount(candidate) > linearCount(candidate)
      ? [true, false]
      : [true]
    ).map((shared) => ({ candidate, shared })),
  );
  const plainly = laws.flatMap((law) => fitFully(law, plain) ?? []);
  const relative = relativeNoise(plain, plainly);
  const table = relative ?? plain;
  const full = relative ? plainly.flatMap(({ law, fits }) => fitFully(law, relative, fits) ?? []) : plainly;
  const folds = foldsOf(table, points?.points);
  const { scored, choice } = decide(full, table, folds);
  const set = choice.set.map(({ law, weight, error }) => describe(law, weight, error, table));
  return {
    law: set[0]!.law,
    decided: set.length === 1,
    set,
    considered: full.length,
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
      ? predictAll(choice, table, folds, points, set)
      : options.points
        ? Object.fromEntries(table.responses.map(({ name }) => [name, []]))
        : {},
  };
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

function decide(
  full: readonly FullFit[],
  table: DiscoverTable,
  folds: readonly Fold[],
): { scored: readonly ScoredLaw[]; choice: Choice } {
  const short = shortlist(full);
  if (short.length === 0) {
    throw new RangeError(
      "every law has more parameters than the rows of a group can tell; leave --group out, or add rows",
    );
  }
  const noise = table.responses.map((_, r) => Math.min(...short.map(({ sigma }) => sigma[r]!)));
  const kept = keptRows(table, folds);
  const units = unitsOf(table, folds);
  const scored =
    folds.length === 0 ? [] : short.flatMap((law) => scoreLaw(law, table, folds, units, kept, noise) ?? []);
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
  const texts = table.responses.map(({ name }) =>
    formulaOf(candidate, coordinates, name, negative, table.columns),
  );
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
