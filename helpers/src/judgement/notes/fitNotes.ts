import type { Fit } from "../../fit/FitResult.ts";
import { fitTable } from "../../fit/fit.ts";
import { largeResidual } from "../../fit/hostExplainStatus.ts";
import { termsOf } from "../../fit/termsWithoutSign.ts";
import { formatNumber } from "../../format/formatNumber.ts";
import { formatPercent } from "../../format/formatPercent.ts";
import { parameterArray } from "../../laws/definition/predict.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { Random } from "../../numerics/random/Random.ts";
import { informationCriteria } from "../informationCriteria.ts";
import { residualsOfKinds } from "./residualsOfKinds.ts";
import { splitByColumn } from "./splitByColumn.ts";
import { twoGroups } from "./twoGroups.ts";

/** What makes a fit mean less than its status says, with a stable code for programs. */
export interface FitNote {
  /**
   * `large-residuals`: the law misses the runs by more than 5 %. `explains-little`: a constant would do nearly as well.
   * `split-by-column`: residuals differ by a column of texts. `two-groups`: residuals fall into two heaps. `flat-optimum`:
   * searches end at the same objective with other parameters. `term-not-seen`: the runs fit as well without a term.
   */
  readonly code:
    | "large-residuals"
    | "explains-little"
    | "split-by-column"
    | "two-groups"
    | "flat-optimum"
    | "term-not-seen";
  readonly text: string;
}

/** What `fitNotes` may look at beside the fit. */
export interface FitNotesOptions {
  /** Columns of texts, in the order of the runs: corpora, families, whatever may set runs apart. */
  readonly columns?: Readonly<Record<string, readonly string[]>>;
}

/** Searches from elsewhere read every row again: beyond this they would take longer than the fit is worth. */
const rowsForSearches = 3000;
const starts = 16;
/** Two kinds that so many rows do not show are one; sorting a million for every column is felt. */
const rowsForKinds = 50_000;

/**
 * What a fit's status does not say: residuals too large for a law, runs of two kinds in one table, an optimum so flat
 * that other parameters do as well, terms without which the runs fit as well. A fit without notes may still be wrong; one
 * with notes should not be planned with before they are understood.
 *
 * The level of the tests is strict (1e-4 together), so that a table of one kind with noise alone has no note.
 *
 * @param fit any fit; what is refitted keeps its options
 * @param options columns of texts that may set runs apart
 * @returns notes in plain words, each with a code; empty when there is nothing to say
 * @throws RangeError when a column has not one text a run
 * @example
 * import { chinchilla, fit, fitNotes } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * fitNotes(fit(chinchilla, runs)); // => []
 * const halves = runs.map((_, k) => (k % 2 ? "pile" : "c4"));
 * const mixed = runs.map((run, k) => ({ ...run, loss: run.loss * (k % 2 ? 1.2 : 1) }));
 * fitNotes(fit(chinchilla, mixed), { columns: { halves } })[0]?.code; // => "large-residuals"
 */
export function fitNotes(fit: Fit, options: FitNotesOptions = {}): FitNote[] {
  requireOptions("fitNotes", options, ["columns"]);
  return [
    ...sizeNotes(fit),
    ...kindNotes(fit, options.columns ?? {}),
    ...(fit.n <= rowsForSearches && fit.objective < Infinity ? [...flatNotes(fit), ...termNotes(fit)] : []),
  ];
}

function sizeNotes(fit: Fit): FitNote[] {
  const { y, w } = fit.table;
  const isRaw = fit.options.residual === "raw";
  const residuals = fit.residuals();
  let [total, squares, size, sum, sumOfSquares] = [0, 0, 0, 0, 0];
  // About the first response, so that the squares of nearly equal ones keep their digits.
  const centre = isRaw ? y[0]! : Math.log(y[0]!);
  for (let i = 0; i < fit.n; i++) {
    const off = (isRaw ? y[i]! : Math.log(y[i]!)) - centre;
    total += w[i]!;
    squares += w[i]! * residuals[i]! * residuals[i]!;
    size += w[i]! * y[i]! * y[i]!;
    sum += w[i]! * off;
    sumOfSquares += w[i]! * off * off;
  }
  const variance = (sumOfSquares - (sum * sum) / total) / total;
  const missed = Math.sqrt(squares / (isRaw ? size : total));
  const notes: FitNote[] = [];
  if (missed > largeResidual) {
    notes.push({
      code: "large-residuals",
      text: `the law misses the runs by ${formatPercent(missed)} (root mean square), where scaling laws leave a per cent or so; look at columns and units, and whether the runs are of one kind`,
    });
  }
  const explained = 1 - squares / total / variance;
  if (variance > 0 && fit.n > fit.freeParameters + 2 && explained < 0.5) {
    notes.push({
      code: "explains-little",
      text: `the law explains ${formatPercent(Math.max(0, explained))} of what differs between the runs; a constant would do nearly as well`,
    });
  }
  return notes;
}

function kindNotes(fit: Fit, columns: Readonly<Record<string, readonly string[]>>): FitNote[] {
  const found = kindNotesOf(fit, fit.residuals(), columns);
  if (found.length > 0 || fit.n > rowsForSearches || !(fit.objective < Infinity)) return found;
  return kindNotesOf(fit, residualsOfKinds(fit), columns);
}

function kindNotesOf(
  fit: Fit,
  all: Float64Array,
  columns: Readonly<Record<string, readonly string[]>>,
): FitNote[] {
  const formatSigned = (residual: number) =>
    fit.options.residual === "raw" ? formatNumber(residual, 3) : formatPercent(Math.expm1(residual), 2, true);
  // One row at random of each stretch, since rows of two kinds may take turns.
  const random = new Random(1, 0);
  const kept = Math.min(fit.n, rowsForKinds);
  const stretch = fit.n / kept;
  const rows = Int32Array.from({ length: kept }, (_, k) =>
    stretch === 1 ? k : Math.floor((k + random.uniform()) * stretch),
  );
  const residuals = Float64Array.from(rows, (row) => all[row]!);
  const texts = Object.entries(columns).map(
    ([name, column]) =>
      // One of another length is left as it is, to be refused.
      [name, column.length === fit.n ? Array.from(rows, (row) => column[row]!) : column] as const,
  );
  const split = splitByColumn(residuals, Object.fromEntries(texts));
  if (split) {
    const { column, high, low, share } = split;
    return [
      {
        code: "split-by-column",
        text: `residuals differ by ${column}, which accounts for ${formatPercent(share)} of them (from ${formatSigned(low.mean)} for ${low.value} to ${formatSigned(high.mean)} for ${high.value}): the runs are of several kinds; fit each by itself`,
      },
    ];
  }
  const groups = twoGroups(residuals);
  if (!groups) return [];
  const { lower, upper } = groups;
  return [
    {
      code: "two-groups",
      text: `residuals fall into two heaps${kept < fit.n ? ` (of ${residuals.length} runs drawn)` : ""}, ${lower.count} runs around ${formatSigned(lower.mean)} and ${upper.count} around ${formatSigned(upper.mean)}: there seem to be two kinds of runs; find what sets them apart`,
    },
  ];
}

/** Searches from places all over the usual ranges: those that end as low must end at the same parameters. */
function flatNotes(fit: Fit): FitNote[] {
  const { law, table, options, objective } = fit;
  const close = Math.abs(objective) * 1e-6 + 1e-28 * table.n;
  const random = new Random(1, 0);
  const free = law.parameters.filter(({ name }) => !(name in (options.fixed ?? {})));
  let equal = 0;
  const ranges = new Map(free.map(({ name }) => [name, [fit.parameters[name]!, fit.parameters[name]!]]));
  for (let k = 0; k < starts; k++) {
    const start = isOdd(k) ? nearby(fit, random) : elsewhere(fit, random);
    const found = fitTable(law, table, { ...options, start: { ...start, ...options.fixed } as never });
    if (!(found.objective <= objective + close)) continue;
    equal += 1;
    for (const [name, range] of ranges) {
      range[0] = Math.min(range[0]!, found.parameters[name]!);
      range[1] = Math.max(range[1]!, found.parameters[name]!);
    }
  }
  const moved = [...ranges].filter(
    ([, [low, high]]) =>
      high! - low! > 0.05 * Math.max(Math.abs(high!), Math.abs(low!)) && high! - low! > 1e-6,
  );
  if (moved.length === 0) return [];
  const list = moved
    .map(([name, [low, high]]) => `${name} from ${formatNumber(low!, 3)} to ${formatNumber(high!, 3)}`)
    .join(", ");
  return [
    {
      code: "flat-optimum",
      text: `${equal} of ${starts} searches from elsewhere end at the same objective with other parameters (${list}): those printed are one choice of many; fix or tie a parameter, or add runs`,
    },
  ];
}

const isOdd = (k: number) => k % 2 === 1;

/** Half of the searches start near the minimum, since laws have far valleys that lead nowhere. */
function nearby({ law, parameters }: Fit, random: Random): Record<string, number> {
  const entries = law.parameters.map(({ name, domain }): [string, number] => {
    const place = parameters[name]! * (0.5 + random.uniform());
    return [name, Math.min(domain[1], Math.max(domain[0], place), Number.MAX_VALUE)];
  });
  return Object.fromEntries(entries);
}

/** Exponents anywhere in their usual ranges; each term some share of the typical response. */
function elsewhere({ law, table }: Fit, random: Random): Record<string, number> {
  const p = law.parameters.length;
  const isLinear = (name: string) => law.linear.some(({ parameter }) => parameter === name);
  const theta = Float64Array.from(law.parameters, ({ name, start: [low, high] }) =>
    isLinear(name) ? 1 : low + (high - low) * random.uniform(),
  );
  const jacobian = new Float64Array(table.n * p);
  law.evaluate(theta, table.x, table.n, new Float64Array(table.n), jacobian);
  const typical = table.y.reduce((sum, y) => sum + y, 0) / table.n;
  for (const [j, { name, domain }] of law.parameters.entries()) {
    if (!isLinear(name)) continue;
    let slope = 0;
    for (let i = 0; i < table.n; i++) slope += jacobian[i * p + j]! / table.n;
    const place = (random.uniform() * typical) / slope;
    theta[j] = Number.isFinite(place) ? Math.min(domain[1], Math.max(domain[0], place)) : 1;
  }
  return Object.fromEntries(law.parameters.map(({ name }, j) => [name, theta[j]!]));
}

/** Terms whose parameters the runs do not pay for, by AICc. */
function termNotes(fit: Fit): FitNote[] {
  const { law, table, options } = fit;
  const whole = informationCriteria(fit).aicc;
  if (!Number.isFinite(whole)) return [];
  return termsOf(law, parameterArray(law, fit.parameters), table).flatMap(
    ({ amplitude, parameters }): FitNote[] => {
      const taken = { ...options.fixed, ...options.tied, ...options.bounds, ...options.priors };
      if (parameters.some((name) => name in taken)) return [];
      const fixed: Record<string, number | undefined> = { ...options.fixed };
      for (const name of parameters) fixed[name] = name === amplitude ? 0 : middle(fit, name);
      const { start: _, ...rest } = options;
      const without = fitTable(law, table, { ...rest, fixed } as typeof options);
      const difference = informationCriteria(without).aicc - whole;
      if (!(without.objective < Infinity) || !(difference <= 0)) return [];
      return [
        {
          code: "term-not-seen",
          text: `the runs fit as well without the term of ${amplitude} (AICc ${formatNumber(difference, 3)}): ${parameters.join(" and ")} say nothing; vary its variable more, or leave the term out`,
        },
      ];
    },
  );
}

/** A value that keeps a parameter that does not matter from overflowing. */
function middle(fit: Fit, name: string): number {
  const { start } = fit.law.parameters.find((one) => one.name === name)!;
  return (start[0] + start[1]) / 2;
}
