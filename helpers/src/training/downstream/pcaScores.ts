import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { covarianceMatrix } from "../../numerics/linear/covarianceMatrix.ts";
import { symmetricEigen } from "../../numerics/linear/symmetricEigen.ts";
import { mean } from "../../numerics/mean.ts";
import { readScores, type ScoreRow } from "./readScores.ts";

/** What `pcaScores` shall do with the scores. */
export interface PcaOptions {
  /** Fields of a row that hold scores, two or more. */
  readonly benchmarks: readonly string[];
  /** How many components to keep. Default 3, or as many as there are benchmarks. */
  readonly components?: number;
  /** Components by which missing scores are filled in; 0 leaves out rows that lack one. Default 1. */
  readonly impute?: number;
}

/** One direction of the scores. */
export interface PcaComponent {
  /** Weight of each benchmark, of length 1 together; the largest is positive. */
  readonly loadings: Readonly<Record<string, number>>;
  /** Share of the variance of the scores. */
  readonly explained: number;
}

/** Principal components of a table of benchmark scores. Made by `pcaScores`. */
export interface PcaScores {
  readonly components: readonly PcaComponent[];
  /** Share of the variance of the components up to each one. */
  readonly cumulative: readonly number[];
  readonly means: Readonly<Record<string, number>>;
  /** Components of each row that was used, in the order of the rows. */
  readonly scores: readonly (readonly number[])[];
  /** Which rows were used, by their place among those given. */
  readonly rows: readonly number[];
  /** How many scores were filled in. */
  readonly imputed: number;
  /** Components of another row; a score that it lacks is taken as what its other scores say by the first components. */
  project(row: ScoreRow): number[];
}

const tolerance = 1e-10;
const rounds = 1000;

/**
 * Principal components of benchmark scores: the few directions in which models differ. Scores are centred and not
 * scaled. A missing score is filled in by turns: first with the benchmark's mean, then with what the leading components say,
 * until nothing changes.
 *
 * The sign of a component is arbitrary; here the loading that is largest in size is positive, so that more is better on a
 * component that all benchmarks share.
 *
 * Source: Ruan et al. 2024 (arXiv 2405.10938), section 3.2; imputation by one component as in ryoungj/ObsScaling
 * `utils/constants.py`.
 *
 * @param rows records with the scores; a field that is undefined, null or NaN is missing
 * @throws RangeError when a benchmark has no score or does not vary, or fewer rows than two are left
 *
 * @example
 * import { pcaScores } from "isoflop";
 * import { baseModelScores } from "isoflop-datasets";
 * const benchmarks = ["mmlu", "arcC", "hellaswag", "winogrande", "truthfulqa", "gsm8k", "xwinograd", "humaneval"];
 * const complete = pcaScores(baseModelScores(), { benchmarks, impute: 0 });
 * complete.rows.length; // => 124
 * complete.cumulative[0]; // => 0.8431
 */
export function pcaScores(rows: readonly ScoreRow[], options: PcaOptions): PcaScores {
  requireRows("pcaScores", rows);
  requireOptions("pcaScores", options, ["benchmarks", "components", "impute"]);
  const { benchmarks, impute = 1 } = options;
  const read = readScores("pcaScores", rows, benchmarks);
  const { components = Math.min(3, benchmarks.length) } = options;
  requireWholeBetween(
    "components",
    components,
    1,
    benchmarks.length,
    "as many as there are benchmarks at most",
  );
  requireWholeBetween("impute", impute, 0, benchmarks.length - 1, "1 is usual");
  const used = read.flatMap((scores, i) =>
    impute > 0 ? (scores.some(Number.isFinite) ? [i] : []) : scores.every(Number.isFinite) ? [i] : [],
  );
  const table = used.map((i) => read[i]!);
  const missing = table.map((scores) => scores.map((value) => !Number.isFinite(value)));
  if (table.length < 2) {
    throw new RangeError(
      `components need two rows with scores at least, got ${table.length}; give more models`,
    );
  }
  const filled = table.map((scores) => [...scores]);
  const known = benchmarks.map((_, j) => mean(table.map((scores) => scores[j]!).filter(Number.isFinite)));
  for (const [i, scores] of filled.entries()) {
    for (const [j, lacks] of missing[i]!.entries()) if (lacks) scores[j] = known[j]!;
  }
  let found = decompose(filled, benchmarks);
  const imputed = missing.flat().filter(Boolean).length;
  for (let round = 0, change = Infinity; imputed > 0 && change > tolerance && round < rounds; round++) {
    change = 0;
    for (const [i, scores] of filled.entries()) {
      if (!missing[i]!.includes(true)) continue;
      const back = rebuild(found, along(found, scores, impute));
      for (const [j, lacks] of missing[i]!.entries()) {
        if (!lacks) continue;
        change = Math.max(change, Math.abs(back[j]! - scores[j]!));
        scores[j] = back[j]!;
      }
    }
    found = decompose(filled, benchmarks);
  }
  const total = found.variances.reduce((sum, value) => sum + value, 0);
  if (!Number.isFinite(total)) {
    throw new RangeError(
      "the scores are too large for their variance to be a number; divide them by a common factor",
    );
  }
  const shares = found.variances.slice(0, components).map((value) => value / total);
  const ending = found;
  return Object.freeze({
    components: Object.freeze(
      shares.map((explained, c) => ({
        loadings: Object.fromEntries(benchmarks.map((name, j) => [name, ending.vectors[c]![j]!])),
        explained,
      })),
    ),
    cumulative: Object.freeze(
      shares.map((_, c) => shares.slice(0, c + 1).reduce((sum, value) => sum + value, 0)),
    ),
    means: Object.freeze(Object.fromEntries(benchmarks.map((name, j) => [name, ending.means[j]!]))),
    scores: Object.freeze(filled.map((scores) => along(ending, scores, components))),
    rows: Object.freeze(used),
    imputed,
    project(row: ScoreRow): number[] {
      if (row === null || typeof row !== "object") {
        throw new TypeError(`project needs a record of scores, got ${describeGiven(row)}`);
      }
      const [scores] = readScores("project", [row], benchmarks) as [number[]];
      const lacks = scores.map((value) => !Number.isFinite(value));
      if (!lacks.includes(false))
        throw new RangeError(`a row needs one of the scores ${benchmarks.join(", ")}; it has none`);
      const whole = scores.map((value, j) => (lacks[j] ? ending.means[j]! : value));
      for (
        let round = 0, change = Infinity;
        lacks.includes(true) && change > tolerance && round < rounds;
        round++
      ) {
        const back = rebuild(ending, along(ending, whole, Math.max(1, impute)));
        change = Math.max(...lacks.map((lack, j) => (lack ? Math.abs(back[j]! - whole[j]!) : 0)));
        for (const [j, lack] of lacks.entries()) if (lack) whole[j] = back[j]!;
      }
      return along(ending, whole, components);
    },
  });
}

interface Axes {
  readonly means: readonly number[];
  /** Largest variance first. */
  readonly variances: readonly number[];
  readonly vectors: readonly ArrayLike<number>[];
}

function decompose(table: readonly (readonly number[])[], benchmarks: readonly string[]): Axes {
  const columns = benchmarks.map((_, j) => Float64Array.from(table, (scores) => scores[j]!));
  const q = columns.length;
  const covariance = covarianceMatrix(columns, table.length - 1);
  for (const [j, name] of benchmarks.entries()) {
    if (!(covariance[j * q + j]! > 0)) throw new RangeError(`${name} is the same in every row; leave it out`);
  }
  const { values, vectors } = symmetricEigen(covariance, q);
  return {
    means: columns.map(mean),
    variances: [...values].reverse().map((value) => Math.max(0, value)),
    vectors: vectors.reverse().map((vector) => {
      const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
      return largest < 0 ? vector.map((value) => -value) : vector;
    }),
  };
}

/** The first components of a row. */
const along = ({ means, vectors }: Axes, scores: readonly number[], count: number): number[] =>
  vectors
    .slice(0, count)
    .map((vector) => scores.reduce((sum, value, j) => sum + (value - means[j]!) * vector[j]!, 0));

/** The row that has these components and no others. */
const rebuild = ({ means, vectors }: Axes, components: readonly number[]): number[] =>
  means.map((middle, j) => components.reduce((sum, value, c) => sum + value * vectors[c]![j]!, middle));
