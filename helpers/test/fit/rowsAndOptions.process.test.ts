import * as aq from "arquero";
import * as dfd from "danfojs-node";
import fc from "fast-check";
import { expect, test } from "vitest";
import { defineLaw } from "../../dist/bundle/formula.js";
import {
  approach1,
  approach2,
  approach3,
  chinchilla,
  computeOptimal,
  cosineSchedule,
  dataNotes,
  fit,
  fitRuntime,
  fitVisionTokens,
  holdOut,
  isoflopParabolas,
  kFold,
  logLikelihood,
  modelShape,
  powerLaw,
  type TransformerShape,
  weightBytes,
} from "../../dist/bundle/index.js";

const runs = [1e8, 3e8, 1e9, 3e9].flatMap((nParams) =>
  [5, 20, 80].map((ratio) => {
    const nTokens = ratio * nParams;
    const loss = 1.8 + 480 / nParams ** 0.35 + 2100 / nTokens ** 0.37;
    return { nParams, nTokens, flops: 6 * nParams * nTokens, loss };
  }),
);
const columns = {
  nParams: runs.map((run) => run.nParams),
  loss: new Float64Array(runs.map((run) => run.loss)),
};
const needs = "needs an array of records, such as [{ nParams: 7e9, loss: 2.1 }], got";
const law = fit(chinchilla, runs);

test.each([
  ["a table of arquero", aq.from(runs), "a ColumnTable; this table gives its rows by .objects()"],
  [
    "a frame of danfojs",
    new dfd.DataFrame(runs),
    'a DataFrame; this frame gives its rows by fromDanfo(frame) from "isoflop/danfo"',
  ],
  [
    "columns",
    columns,
    "an object with nParams, loss; make rows of columns: Array.from(columns.nParams, (_, i) => ({ nParams: columns.nParams[i], loss: columns.loss[i] }))",
  ],
  ["an empty column", { column: [] }, "an object with column; make rows of columns"],
  ["a Set", new Set(runs), "a Set; its members as an array are [...it]"],
  ["a Map", new Map(runs.map((run) => [run.loss, run])), "a Map; the values of a Map are [...map.values()]"],
  ["a generator", runs.values(), "its members as an array are [...it]"],
  ["a promise", Promise.resolve(runs), "a Promise; await it"],
  ["a loader", () => runs, "call it, so that it gives its rows"],
  ["what Papa Parse answers", { data: runs, errors: [] }, "; the rows seem to be its field data"],
  ["JSON", JSON.stringify(runs), "; read it first: JSON.parse"],
  ["one run", runs[0], "an object with nParams, nTokens, flops, loss; one run is [run]"],
  ["a polars frame", { toRecords: () => runs }, "; this frame gives its rows by .toRecords()"],
  ["a typed array", new Float64Array(3), "a Float64Array"],
  ["a number", 7, "the number 7"],
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
])("%s is refused, with the way to rows", (_, given, said) => {
  const attempt = () => fit(chinchilla, given as never);
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow(`fit ${needs}`);
  expect(attempt).toThrow(said);
});

test("rows that are no records are refused, with the first of them", () => {
  expect(() => fit(chinchilla, [[7e9, 1e11, 2.1]] as never)).toThrow(
    "got an Array in row 0; give each cell its name",
  );
  expect(() => fit(chinchilla, [runs[0], 7] as never)).toThrow("got the number 7 in row 1");
});

test.each([
  ["approach1", approach1],
  ["isoflopParabolas", approach2],
  ["isoflopParabolas", isoflopParabolas],
  ["dataNotes", dataNotes],
  ["fitRuntime", fitRuntime],
  ["fitVisionTokens", fitVisionTokens],
  ["holdOut", (given: unknown) => holdOut(chinchilla, given as never, () => true)],
  ["fit", (given: unknown) => logLikelihood(law, given as never)],
])("%s refuses columns in the place of rows", (name, ask) => {
  expect(() => (ask as (given: unknown) => unknown)(columns)).toThrow(`${name} ${needs}`);
});

test.each([
  ["fit", { los: 1 }, "loss", (o: object) => fit(chinchilla, runs, o)],
  ["bootstrap", { sed: 1 }, "seed", (o: object) => law.bootstrap(o)],
  ["covariance", { knd: "hessian" }, "kind", (o: object) => law.covariance(o)],
  ["profile", { levl: 0.9 }, "level", (o: object) => law.profile("alpha", o)],
  [
    "predictionInterval",
    { Level: 0.9 },
    "level",
    (o: object) => law.predictionInterval({ nParams: 1e9, nTokens: 1e9 }, o),
  ],
  ["approach1", { point: 3 }, "points", (o: object) => approach1(runs, o)],
  ["approach2", { resample: 3 }, "resamples", (o: object) => approach2(runs, o)],
  ["approach3", { bootstap: false }, "bootstrap", (o: object) => approach3(runs, o)],
  ["isoflopParabolas", { budgetratio: 2 }, "budgetRatio", (o: object) => isoflopParabolas(runs, o)],
  ["kFold", { fold: 3 }, "folds", (o: object) => kFold(law, o)],
  ["logLikelihood", { residuals: "raw" }, "residual", (o: object) => logLikelihood(law, runs, o)],
  ["powerLaw", { respons: "error" }, "response", (o: object) => powerLaw("nParams", o)],
  [
    "computeOptimal",
    { flops: 1e20, flopsPerToken: 6 },
    "flopsPerParamToken",
    (o: object) => computeOptimal(law, o as never),
  ],
  ["cosineSchedule", { peak: 1, total: 10, warmUp: 1 }, "warmup", (o: object) => cosineSchedule(o as never)],
  ["weightBytes", { bit: 4 }, "bits", (o: object) => weightBytes({} as never, o)],
] as const)("%s refuses a misspelt option with the nearest name", async (name, options, nearest, ask) => {
  const wrong = Object.keys(options).at(-1);
  const said = `${name} has no option ${wrong}; did you mean ${nearest}?`;
  await expect((async () => ask(options))()).rejects.toThrow(said);
});

test("a formula's options are refused with the nearest name, too", () => {
  expect(() => defineLaw("y = a * x", { variable: {} } as never)).toThrow("did you mean variables?");
});

test("whatever is no option of fit is refused by its name, and undefined counts as left out", () => {
  const known = ["loss", "residual", "weights", "bounds", "fixed", "tied", "priors", "start", "method"];
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      fc.pre(!known.includes(name) && name !== "__proto__");
      expect(() => fit(chinchilla, runs, { [name]: 1 })).toThrow(`fit has no option ${name};`);
      expect(() => fit(chinchilla, [], { [name]: undefined })).toThrow("fit needs at least one run");
    }),
  );
});

test.each([["text"], [3], [null], [[1]]])(
  "options that are no object, such as %j, are refused",
  (options) => {
    expect(() => fit(chinchilla, runs, options as never)).toThrow("the options of fit must be an object");
  },
);

test.each([
  ["residual", { residual: "LOG" }, (o: object) => fit(chinchilla, runs, o)],
  ["method", { method: "newton" }, (o: object) => fit(chinchilla, runs, o)],
  ["kind", { kind: "Hessian" }, (o: object) => law.covariance(o)],
  ["kind", { kind: "newrun" }, (o: object) => law.predictionInterval({ nParams: 1e9, nTokens: 1e9 }, o)],
  ["kind", { kind: "pair" }, (o: object) => law.bootstrap(o)],
  [
    "method",
    { method: "BCa" },
    async (o: object) => (await law.bootstrap({ resamples: 8 })).interval("alpha", 0.9, o),
  ],
] as const)("%s is one of its choices, or they are named: %j", async (name, options, ask) => {
  const given = Object.values(options)[0];
  const said = new RegExp(`^${name} must be .* or .*, got ${given}$`);
  await expect((async () => ask(options))()).rejects.toThrow(said);
});

test.each([
  [
    "nKVHeads of a model",
    (shape: TransformerShape) => ({
      ...shape,
      attention: { kind: "grouped", nHeads: 32, nKVHeads: 8, headSize: 128 },
    }),
    "nKvHeads",
  ],
  [
    "vocab_size of a model",
    ({ vocabSize, ...shape }: TransformerShape) => ({ ...shape, vocab_size: vocabSize }),
    "vocabSize",
  ],
] as const)("%s is nearly a field", (_, spoil, meant) => {
  const shape = modelShape("Llama-2-7B");
  expect(() => weightBytes(spoil(shape) as never)).toThrow(`did you mean ${meant}?`);
  expect(weightBytes({ ...shape, name: "mine", released: 2023 } as never)).toBe(weightBytes(shape));
});
