import {
  asymmetric,
  chinchilla,
  fit,
  fitConstrained,
  fitGroups,
  fitLikelihood,
  fitMixed,
  huber,
  l1,
  loadFit,
  powerLaw,
  squared,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { type FitRecord, recordHash } from "../../src/fit/FitRecord.ts";
import { line, points } from "./lineLaw.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);

describe.each([
  ["Huber", { loss: huber(1e-3) }],
  ["L1", { loss: l1() }],
  ["nested losses", { loss: asymmetric(huber(1e-3), { over: 4 }) }],
  [
    "bounds, ties, fixed, priors, weights",
    {
      loss: squared(),
      residual: "raw" as const,
      bounds: { A: [1, 1e6] as const },
      tied: { beta: "alpha" as const },
      fixed: { E: 1.7 },
      priors: { alpha: { mean: 0.35, sd: 0.1 } },
      weights: (run: { loss: number }) => 1 / run.loss,
    },
  ],
  ["a fit without a meaning", { fixed: { alpha: 0 } }],
])("a saved fit with %s", (_, options) => {
  const original = fit(chinchilla, runs, options);
  const copy = loadFit(JSON.stringify(original));

  test("reloads to the same bits", () => {
    expect(copy.parameters).toEqual(original.parameters);
    expect(copy.objective).toBe(original.objective);
    expect(copy.status).toBe(original.status);
    expect(copy.reason).toBe(original.reason);
    expect(copy.conditionNumber).toBe(original.conditionNumber);
    expect(copy.dataHash).toBe(original.dataHash);
    const point = { nParams: 70e9, nTokens: 1.4e12 };
    expect(copy.predict(point)).toBe(original.predict(point));
    expect(JSON.stringify(copy)).toBe(JSON.stringify(original));
  });

  test("gives the same bootstrap", async () => {
    const replicates = (f: typeof original) =>
      f.bootstrap({ resamples: 5, seed: 9 }).then(
        ({ objectives }) => objectives,
        (error: Error) => error.message,
      );
    expect(await replicates(copy as typeof original)).toEqual(await replicates(original));
  });
});

test("a law that is not built in is passed when loading", () => {
  const saved = JSON.stringify(fit(line, points, { loss: squared(), residual: "raw" }));
  expect(loadFit(saved, { law: line }).parameters.b).toBeCloseTo(0.5, 1);
  expect(() => loadFit(saved)).toThrow("line is not a built-in law; pass it: loadFit(json, { law })");
  expect(() => loadFit(saved, { law: chinchilla })).toThrow(
    "the fit is of line, but the law passed is chinchilla",
  );
});

test("a run with -0 keeps its bits", () => {
  const zeroes = [{ x: -0, y: -0 }, ...points];
  const original = fit(line, zeroes, {
    loss: squared(),
    residual: "raw",
    weights: [-0, ...points.map(() => 1)],
  });
  expect(loadFit(JSON.stringify(original), { law: line }).dataHash).toBe(original.dataHash);
});

describe("a forged record", () => {
  const options = { bounds: { A: [1, Infinity] as const }, fixed: { E: 1.8 }, loss: huber(1e-3) };
  const record = fit(chinchilla, runs, options).toJSON();
  const paths = leavesOf(record).filter(
    (path, k, all) => path[0] !== "data" || k % 97 === 0 || k === all.length - 1,
  );

  test.each(paths.map((path) => [path.join("."), path] as const))(
    "is refused when %s is changed",
    (_, path) => {
      const value = path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], record);
      for (const forged of [undefined, null, "x", {}, [], true, -1, 1e9, "Infinity", ...nearby(value)]) {
        if (JSON.stringify(forged) === JSON.stringify(value)) continue;
        const copy = structuredClone(record) as unknown as Record<string, unknown>;
        const parent = path.slice(0, -1).reduce((part, key) => part[key] as Record<string, unknown>, copy);
        if (forged === undefined) delete parent[path.at(-1)!];
        else parent[path.at(-1)!] = forged;
        expect(() => loadFit(JSON.stringify(copy)), String(forged)).toThrow(RangeError);
      }
    },
  );

  // Somebody who edits a field and writes the hash that goes with it.
  test.each<[string, (edited: Editable) => void, RegExp]>([
    ["another loss", (r) => Object.assign(r.options, { loss: { kind: "squared" } }), /objective/],
    ["another delta", (r) => Object.assign(r.options, { loss: { kind: "huber", scale: 1 } }), /objective/],
    ["another residual", (r) => Object.assign(r.options, { residual: "raw" }), /objective/],
    ["another fixed value", (r) => Object.assign(r.options, { fixed: { E: 1.7 } }), /objective/],
    ["nothing fixed", (r) => delete r.options.fixed, /z must hold 5 numbers/],
    ["a tie", (r) => Object.assign(r.options, { tied: { beta: "alpha" } }), /z must hold 3 numbers/],
    ["a prior", (r) => Object.assign(r.options, { priors: { A: { mean: 1, sd: 1 } } }), /objective/],
    ["an option nobody knows", (r) => Object.assign(r.options, { robust: true }), /no options robust/],
    ["another law", (r) => Object.assign(r.law, { name: "chinchillaProduct" }), /law passed is chinchilla/],
    ["another parameter", (r) => Object.assign(r.parameters, { alpha: 0.34 }), /says alpha = 0.34/],
    ["a smaller objective", (r) => Object.assign(r, { objective: 1e-3 }), /says objective = 0.001/],
    ["a smaller value", (r) => Object.assign(r.minimum, { value: 1e-3 }), /says objective = 0.001/],
    [
      "a better status",
      (r) => Object.assign(r, { status: "at-bound" }),
      /says "at-bound", but it is "converged"/,
    ],
    ["a shorter matrix", (r) => r.minimum.inverseHessian.pop(), /inverseHessian must hold 16 numbers/],
    ["a moved minimum", (r) => (r.minimum.z[0]! += 0.01), /objective/],
    ["edited runs", (r) => (r.data.y[7]! += 0.1), /data hash/],
    ["a column cut short", (r) => r.data.x[0]!.pop(), /data hash/],
    [
      "a later version",
      (r) => (r.version = "0.2.0"),
      /saved by isoflop "0.2.0", which version 0.1.0 does not know/,
    ],
    ["no version", (r) => (r.version = "next"), /"next"/],
  ])("is refused with %s, also under a hash that fits", (_, edit, message) => {
    const edited = structuredClone(record) as unknown as Editable;
    edit(edited);
    edited.hash = recordHash(edited as unknown as FitRecord);
    expect(() => loadFit(JSON.stringify(edited))).toThrow(message);
  });

  test("and the one that was not edited loads, its fields in any order", () => {
    const reversed = Object.fromEntries(Object.entries(record).reverse());
    expect(loadFit(JSON.stringify(reversed)).objective).toBe(record.objective);
  });

  test.each(["{}", "[]", "null", "5", '"isoflop-fit"', "", "{", "[[", '{"format":"isoflop-fit"}'])(
    "is told when it is none: %s",
    (text) => expect(() => loadFit(text)).toThrow(RangeError),
  );
});

type Editable = {
  -readonly [Field in keyof FitRecord]: FitRecord[Field] extends string ? string : FitRecord[Field];
} & {
  options: { fixed?: unknown };
  data: { x: number[][]; y: number[] };
  minimum: { z: number[]; gradient: number[]; inverseHessian: number[] };
};

/** The path of every value that is no object or list, and of every object and list. */
function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  const here = path.length > 0 ? [[...path]] : [];
  if (value === null || typeof value !== "object") return here;
  return [...here, ...Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...path, key]))];
}

function nearby(value: unknown): unknown[] {
  if (typeof value === "number") return [value * 10, value * (1 + 1e-9), -value || 1, value + 1];
  return typeof value === "boolean" ? [!value] : typeof value === "string" ? [`${value}x`, ""] : [];
}

test("what joint, mixed, likelihood and constrained fits write is no saved fit, and the message says what to do", () => {
  const law = powerLaw("nTokens");
  const rows = ["a", "b", "c"].flatMap((g, k) =>
    [1e8, 1e9, 1e10, 1e11].map((nTokens, i) => ({
      g,
      nTokens,
      loss: 2 + k / 9 + 30 / nTokens ** 0.2 + ((i * 3 + k) % 4) / 1e4,
    })),
  );
  for (const found of [
    fitGroups(law, rows, { group: "g", shared: ["alpha"] }),
    fitMixed(law, rows, { group: "g", random: ["E"] }),
    fitLikelihood(law, rows),
    fitConstrained(law, rows, { constraints: ["alpha <= 0.1"] }),
  ]) {
    expect(() => loadFit(JSON.stringify(found))).toThrow(
      /^"isoflop-[a-z]+-fit" is a record to read, without its runs: .*; fit the runs again$/,
    );
  }
});
