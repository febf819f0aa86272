import { chinchilla, dataNotes, fit } from "isoflop";
import { expect, test } from "vitest";
import { analyse } from "../../../src/answers/fit/analyse.ts";
import { sweepOf } from "../../../src/answers/fit/sweepOf.ts";
import { RunTable } from "../../../src/tables/RunTable.ts";

// Numerical Recipes' generator, so that a fault can be repeated.
let state = 5;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

/** A sweep whose tokens span a factor of three. */
function sweep(n: number): RunTable {
  const nParams = new Float64Array(n).map(() => 10 ** (8 + 2 * random()));
  const nTokens = new Float64Array(n).map(() => 1e10 * 3 ** random());
  const loss = nParams.map(
    (size, k) =>
      (1.69 + 406.4 / size ** 0.34 + 410.7 / nTokens[k]! ** 0.28) * Math.exp(0.02 * (random() - 0.5)),
  );
  const weight = new Float64Array(n).fill(1);
  return new RunTable(new Map(Object.entries({ nParams, nTokens, loss, weight })));
}

const asked = { fit: {}, resamples: 0, seed: 1, level: 0.95 };
const loadedOf = (runs: RunTable) => ({
  runs,
  notes: [],
  sources: [],
  texts: new Map(),
  dropped: 0,
  placeOf: (run: number) => `row ${run + 1}`,
});

test("columns are fitted as the same runs as records are, and judged alike", async () => {
  const runs = sweep(300);
  const { fit: found, notes, criteria } = await analyse(chinchilla, loadedOf(runs), asked);
  const records = runs.records();
  const expected = fit(chinchilla, records as never);
  expect(found.parameters).toEqual(expected.parameters);
  expect(found.residuals()).toEqual(expected.residuals());
  expect(criteria.n).toBe(300);
  const [narrow] = dataNotes(sweepOf(runs));
  expect(narrow!.text).toContain("nTokens spans a factor of");
  expect(notes).toContain(narrow!.text);
});

test("what was counted in a part of many runs says so", async () => {
  const { notes } = await analyse(chinchilla, loadedOf(sweep(20_400)), asked);
  const narrow = notes.find((note) => note.startsWith("nTokens spans a factor of"));
  expect(narrow).toMatch(/ \(of 20000 of the 20400 runs\)$/);
});
