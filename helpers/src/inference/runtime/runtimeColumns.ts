import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import type { RuntimeMeasurement } from "./RuntimeMeasurement.ts";

/** Measurements as columns, and which prompt size each is of. */
export interface RuntimeRowColumns {
  /** In rising order. */
  readonly promptSizes: readonly number[];
  /** Index into the prompt sizes, one a row. */
  readonly group: Int32Array;
  /** Output tokens after the first. */
  readonly steps: Float64Array;
  readonly seconds: Float64Array;
  /** 1 over the repetitions of the row's request size: a repeated size counts as its mean. */
  readonly weights: Float64Array;
  /** Which rows have the same request size: index of the size in order of first appearance. */
  readonly cell: Int32Array;
}

/**
 * Checks measurements and sets them out as columns.
 *
 * @throws RangeError on a row outside the domain, or fewer than two different output sizes
 */
export function runtimeColumns(profile: readonly RuntimeMeasurement[]): RuntimeRowColumns {
  const n = profile.length;
  const cells = new Map<string, number>();
  const repeats: number[] = [];
  const cell = new Int32Array(n);
  profile.forEach(({ promptTokens, outputTokens, runtimeS }, i) => {
    const place = { in: `row ${i + 1}` };
    requireWhole("promptTokens", promptTokens, 1, place);
    requireWhole("outputTokens", outputTokens, 1, place);
    requirePositive("runtimeS", runtimeS, place);
    const key = `${promptTokens}/${outputTokens}`;
    const known = cells.get(key) ?? cells.size;
    cells.set(key, known);
    cell[i] = known;
    repeats[known] = (repeats[known] ?? 0) + 1;
  });
  if (new Set(profile.map((row) => row.outputTokens)).size < 2) {
    throw new RangeError(
      `a runtime fit needs at least 2 different output sizes, got ${cells.size} request size(s); ` +
        "measure the same prompt with 1 and with more output tokens",
    );
  }
  const promptSizes = [...new Set(profile.map((row) => row.promptTokens))].sort((a, b) => a - b);
  const places = new Map(promptSizes.map((size, k) => [size, k]));
  return {
    promptSizes,
    group: Int32Array.from(profile, (row) => places.get(row.promptTokens)!),
    steps: Float64Array.from(profile, (row) => row.outputTokens - 1),
    seconds: Float64Array.from(profile, (row) => row.runtimeS),
    weights: Float64Array.from(cell, (of) => 1 / repeats[of]!),
    cell,
  };
}
