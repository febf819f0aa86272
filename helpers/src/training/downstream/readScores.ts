import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";

/** A model with its benchmark scores: any record whose benchmarks hold numbers, or nothing where a score is not known. */
export type ScoreRow = Readonly<Record<string, unknown>>;

/** Throws where a score that is to be predicted is known and not from 0 to 1: no sigmoid reaches a percentage. */
export function requireShares(rows: readonly ScoreRow[], benchmark: string): void {
  for (const [i, row] of rows.entries()) {
    const score = row?.[benchmark];
    if (typeof score === "number" && (score < 0 || score > 1)) {
      throw refusal(
        benchmark,
        "must lie between 0 and 1",
        score,
        `divide percentages by 100, or drop row ${i}`,
      );
    }
  }
}

/** Scores by row and benchmark, NaN where one is missing. */
export function readScores(of: string, rows: readonly ScoreRow[], benchmarks: readonly string[]): number[][] {
  const isNamed = (name: unknown) => typeof name === "string" && name !== "";
  if (!Array.isArray(benchmarks) || benchmarks.length < 2 || !benchmarks.every(isNamed)) {
    throw new RangeError(
      `benchmarks of ${of} must be two or more fields, got ${JSON.stringify(benchmarks)}; such as ["mmlu", "hellaswag"]`,
    );
  }
  if (new Set(benchmarks).size !== benchmarks.length) {
    throw new RangeError(`benchmarks of ${of} must differ, got ${benchmarks.join(", ")}; name each once`);
  }
  const table = rows.map((row, i) =>
    benchmarks.map((name) => {
      const value = row[name];
      if (value === undefined || value === null || Number.isNaN(value)) return Number.NaN;
      if (typeof value === "number" && Number.isFinite(value)) return value;
      throw new RangeError(
        `${name} must be a finite number or missing, got ${describeGiven(value)} in row ${i}; drop the row or fix the file`,
      );
    }),
  );
  if (rows.length > 1) {
    const empty = benchmarks.find((_, j) => !table.some((scores) => Number.isFinite(scores[j])));
    if (empty !== undefined) throw new RangeError(`no row has a score for ${empty}; leave it out`);
  }
  return table;
}
