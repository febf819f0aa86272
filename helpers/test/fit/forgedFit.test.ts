import {
  asymmetric,
  chinchilla,
  chinchillaInteraction,
  type Fit,
  type FitOptions,
  fit,
  huber,
  type Law,
  l1,
  loadFit,
  logCosh,
  multiplicativePowerLaw,
  powerLaw,
  separablePowerLaw,
  squared,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { type FitRecord, recordHash } from "../../src/fit/FitRecord.ts";
import { hashTable } from "../../src/fit/objective/hashTable.ts";
import { objectiveOf } from "../../src/fit/objective/objectiveOf.ts";

// A forger who knows the format: whatever is edited, both hashes are written anew.

// biome-ignore lint/suspicious/noExplicitAny: a forger's record has any form
type Any = any;

// Every fourth run: a fit of few is loaded as one of many, and sooner.
const runs = chinchillaFigure4()
  .filter((run) => !run.isOutlier)
  .filter((_, index) => index % 4 === 0);
const rich = fit(chinchilla, runs, {
  loss: asymmetric(huber(1e-3), { over: 2 }),
  residual: "log",
  bounds: { A: [1, Infinity] },
  fixed: { E: 1.8 },
  tied: { beta: "alpha" },
  priors: { alpha: { mean: 0.35, sd: 0.1, scale: "log" } },
  start: { E: 1.8, A: 400, B: 400, alpha: 0.3, beta: 0.3 },
  method: "bfgs",
});

function forge(original: Fit, edit: (record: Any) => void): string {
  const record = JSON.parse(JSON.stringify(original)) as Any;
  edit(record);
  try {
    const column = (values: number[]) => Float64Array.from(values);
    const { x, y, w } = record.data;
    record.dataHash = hashTable({ x: x.map(column), y: column(y), w: column(w) });
  } catch {
    // The runs are none any more; the hash stays.
  }
  if (record.hash !== undefined) record.hash = recordHash(record as FitRecord);
  return JSON.stringify(record);
}

/** What JavaScript says by itself when nobody looked. */
const raw =
  /Cannot (read|convert|destructure)|is not (a function|iterable|defined)|Maximum call stack|Invalid (array|typed)|undefined \(reading|\[object/;

function refusal(json: string): string {
  try {
    loadFit(json);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).not.toMatch(raw);
    return (error as Error).message;
  }
  return "loaded";
}

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  const here = path.length > 0 ? [[...path]] : [];
  if (value === null || typeof value !== "object") return here;
  const entries = Object.entries(value).slice(0, 3);
  if (!Array.isArray(value)) entries.push(...Object.entries(value).slice(3));
  return [...here, ...entries.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

describe("a value of another type is refused by its name, whoever wrote the hash", () => {
  const record = JSON.parse(JSON.stringify(rich)) as Any;
  // The reason is written anew when a fit is loaded, and the count of steps is history: any text, any count.
  const free = new Set(["reason", "minimum.iterations"]);
  test.each(pathsOf(record).filter(([first]) => first !== "hash" && first !== "dataHash"))(
    "%s %s %s %s",
    (...keys) => {
      const path = keys.filter((key) => typeof key === "string");
      const value = path.reduce((part, key) => part[key], record);
      const others: unknown[] = [
      null, true, "5", "", "NaN", "xyz", -3, 2.5, 1e308, [], [1], ["a"], [[]], [null], {}, { a: 1 }, { kind: {} }, { alpha: 5 },
      { alpha: [1] }, { alpha: ["a", "b"] }, { alpha: null }, { toString: 1, valueOf: 1 }, { length: 3 }, [value], { value },
    ]; // biome-ignore format: a table
      for (const other of others) {
        if (JSON.stringify(other) === JSON.stringify(value)) continue;
        if (free.has(path.join(".")) && typeof other === typeof value && other !== -3 && other !== 2.5)
          continue;
        const json = forge(rich, (copy) => {
          path.slice(0, -1).reduce((part, key) => part[key], copy)[path.at(-1)!] = other;
        });
        const message = refusal(json);
        // Another number, text or list of the right type may be a fit of its own only where nothing is said about it.
        const mayLoad = [
          "options.bounds", // without a bound, or with another one that holds nothing
          "options.bounds.A.0",
          "options.start", // where a search began is history
          "options.method",
        ].some((place) => path.join(".").startsWith(place));
        if (!mayLoad) expect(message, `${path.join(".")} = ${JSON.stringify(other)}`).not.toBe("loaded");
      }
    },
  );
});

test.each<[string, (record: Any) => void, RegExp]>([
  ["a bound that is a number", (r) => (r.options.bounds = { alpha: 5 }), /options\.bounds\.alpha must be a pair \[low, high\], got 5/],
  ["a bound of text", (r) => (r.options.bounds = { A: ["1", 2] }), /options\.bounds\.A must be a number.*got "1"/],
  ["a bound turned round", (r) => (r.options.bounds = { A: [9, 1] }), /pair \[low, high\] with low <= high, got \[9, 1\]/],
  ["nothing for fixed", (r) => (r.options.fixed = null), /options\.fixed must be an object, got null/],
  ["a list for tied", (r) => (r.options.tied = ["alpha"]), /options\.tied must be an object, got \["alpha"\]/],
  ["an unknown fixed name", (r) => (r.options.fixed.G = 1), /fixed names G, but chinchilla has the parameters/],
  ["an unknown start name", (r) => (r.options.start.G = 1), /options\.start has no G; chinchilla has E/],
  ["a residual nobody knows", (r) => (r.options.residual = "xyz"), /options\.residual must be one of "log", "raw", got "xyz"/],
  ["a list of options", (r) => (r.options = []), /options must be an object, got \[\]/],
  ["a loss kind that is an object", (r) => (r.options.loss.kind = {}), /options\.loss\.kind must be one of .* got an object/],
  ["an asymmetric loss of nothing", (r) => delete r.options.loss.base, /it lacks options\.loss\.base/],
  ["a squared loss with a scale", (r) => (r.options.loss = { kind: "squared", scale: 1 }), /no field "options\.loss\.scale"/],
  ["no arguments", (r) => delete r.law.specification.arguments, /lacks law\.specification\.arguments/],
  ["arguments too many", (r) => (r.law.specification.arguments = [5]), /chinchilla takes 0 arguments, got 1/],
  ["a law of other arguments", (r) => (r.law.specification = { kind: "separablePowerLaw", arguments: [[1]] }), /argument 1 of separablePowerLaw must be a list of names/],
  ["a law of a number", (r) => (r.law.specification = { kind: "powerLaw", arguments: [5] }), /argument 1 of powerLaw must be the name of a field, got 5/],
  ["a law nobody knows", (r) => (r.law.specification = { kind: "constructor", arguments: [] }), /no built-in law is called constructor/],
  ["a version in a list", (r) => (r.version = ["0.1.0"]), /saved by isoflop \["0\.1\.0"\], which version/],
  ["an earlier version that never was", (r) => (r.version = "0.0.9"), /saved by isoflop "0\.0\.9", which version/],
  ["a version with a tail", (r) => (r.version = "0.1.0 "), /which version/],
  ["a field nobody knows", (r) => (r.note = "mine"), /it has no field "note"; there are format, version/],
  ["a field of the runs", (r) => (r.data.z = []), /it has no field "data\.z"/],
  ["a response as text", (r) => (r.data.y[3] = "2.5"), /data\.y\[3\] must be a finite number, got "2\.5"/],
  ["a response in a list", (r) => (r.data.y[3] = [2.5]), /data\.y\[3\] must be a finite number, got \[2\.5\]/],
  ["a response of nothing", (r) => (r.data.y[3] = null), /data\.y\[3\] must be a finite number, got null/],
  ["a response of 0", (r) => (r.data.y[3] = 0), /data\.y\[3\] \(loss\) must be > 0, got 0/],
  ["a response of -1", (r) => (r.data.y[3] = -1), /data\.y\[3\] \(loss\) must be > 0, got -1/],
  ["a negative weight", (r) => (r.data.w[3] = -1), /data\.w\[3\] must be a finite number >= 0, got -1/],
  ["no weight at all", (r) => r.data.w.fill(0), /data\.w must not be all 0/],
  ["loss in loss in loss", (r) => { for (let k = 0; k < 5000; k++) r.options.loss = { kind: "asymmetric", over: 2, base: r.options.loss }; }, /nests more than 40 deep/],
  ["all responses 0 and infinite parameters", (r) => {
    r.data.y.fill(0);
    for (const name of Object.keys(r.parameters)) r.parameters[name] = "Infinity";
    r.objective = r.minimum.value = "Infinity";
  }, /must be > 0, got 0/],
  ["infinite parameters", (r) => { for (const name of Object.keys(r.parameters)) r.parameters[name] = "Infinity"; }, /says E = Infinity/],
  ["an infinite objective", (r) => (r.objective = r.minimum.value = "Infinity"), /says objective = Infinity/],
  ["a z of NaN", (r) => (r.minimum.z[0] = "NaN"), /minimum\.z\[0\] must be a number, or one of Infinity, -Infinity as text/],
])("%s is refused with what it must be", (_, edit, message) => {
  expect(refusal(forge(rich, edit))).toMatch(message);
}); // biome-ignore format: a table

test.each([10, 1000, 100_000])("%i lists in lists are refused without running out of stack", (depth) => {
  for (const [open, close] of [
    ["[", "]"],
    ['{"a":', "}"],
  ] as const) {
    const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
    for (const field of ["law", "options", "data", "minimum", "parameters", "version", "format"]) {
      const json = JSON.stringify(rich).replace(/^\{/, `{"${field}":${deep},`);
      expect(refusal(json)).not.toBe("loaded");
      expect(
        refusal(
          JSON.stringify({ ...rich.toJSON(), [field]: 0 }).replace(`"${field}":0`, `"${field}":${deep}`),
        ),
      ).not.toBe("loaded");
    }
  }
});

test("a field that is written twice is refused: readers differ in which they take", () => {
  const json = JSON.stringify(rich);
  for (const twice of ['"status"', '"objective"', '"hash"', '"kind"', '"sd"', '"z"', '"n"']) {
    const [field] = new RegExp(`${twice}:("[^"]*"|[\\d.e-]+|\\[[^\\]]*\\])`).exec(json)!;
    expect(refusal(json.replace(field, `${field} ,\n${field.replace(":", "\t:")}`)), twice).toMatch(
      /writes a field twice/,
    );
  }
  expect(loadFit(JSON.stringify(JSON.parse(json), undefined, 2)).objective).toBe(rich.objective);
});

const lossesTried = { huber: huber(1e-3), wide: huber(0.1), l1: l1(), squared: squared(), logCosh: logCosh(1e-3), tilted: asymmetric(squared(), { over: 3 }) }; // biome-ignore format: a list
const lawsTried: readonly Law[] = [chinchilla, chinchillaInteraction, powerLaw("flops"), separablePowerLaw(["nParams", "nTokens"]), multiplicativePowerLaw(["nParams", "nTokens"])] as readonly unknown[] as readonly Law[]; // biome-ignore format: a list

describe.each(Object.entries(lossesTried))("minima of %s", (_, loss) => {
  const fits = lawsTried.flatMap((law) =>
    [{}, { residual: "raw" as const }, { method: "bfgs" as const }, { bounds: { alpha: [0.1, 0.3] as const } }].flatMap((more: FitOptions) =>
      more.bounds && !law.parameters.some(({ name }) => name === "alpha") ? [] : [fit(law, runs as never, { loss, ...more })],
    ),
  ); // biome-ignore format: one thought
  const meaningful = fits.filter(({ status }) => status !== "not-identified");

  test("load where a search ended", () => {
    for (const one of fits) expect(refusal(JSON.stringify(one)), one.law.name).toBe("loaded");
    expect(meaningful.length).toBeGreaterThan(7);
  });

  test("are refused where the point was moved and everything that follows from it was computed again", () => {
    let [moved, flat] = [0, 0];
    for (const one of meaningful) {
      const objective = objectiveOf(one);
      const { free } = objective.coordinates;
      free.forEach(({ lower, upper }, k) => {
        for (const share of [0.95, 1.05]) {
          const z = one.minimum.z.slice();
          z[k] = z[k]! * share;
          if (z[k] === one.minimum.z[k] || z[k]! < lower || z[k]! > upper) continue;
          const gradient = new Float64Array(z.length);
          const value = objective.evaluate(z, gradient);
          const theta = new Float64Array(one.law.parameters.length);
          objective.coordinates.toParameters(z, theta);
          const json = forge(one, (record) => {
            Object.assign(record.minimum, { z: [...z], value, gradient: [...gradient] });
            record.objective = value;
            one.law.parameters.forEach(({ name }, j) => {
              record.parameters[name] = theta[j];
            });
          });
          // Where a coordinate changes nothing that a search would call a descent, the point is as good as the other.
          if (value - one.objective <= 2e-6 * one.objective) flat++;
          else
            expect(
              refusal(json),
              `${one.law.name} ${JSON.stringify(one.options)} ${one.objective} ${value} z${k} ${share}`,
            ).not.toBe("loaded");
          moved++;
        }
      });
    }
    expect(flat).toBeLessThan(moved / 4);
  });

  test("are refused under another loss or another residual, with the objective that goes with it", () => {
    let [same, forged] = [0, 0];
    for (const one of meaningful) {
      for (const [name, options] of [
        ...Object.entries(lossesTried).map(
          ([name, other]) => [name, { ...one.options, loss: other }] as const,
        ),
        ["residual", { ...one.options, residual: one.options.residual === "raw" ? "log" : "raw" }] as const,
      ]) {
        if (options.loss === one.options.loss && options.residual === one.options.residual) continue;
        const { z } = one.minimum;
        const problem = { law: one.law, table: one.table, options } as never;
        const gradient = new Float64Array(z.length);
        const value = objectiveOf(problem).evaluate(z, gradient);
        // huber(0.1) is half the square on these runs, and lines of least |r| go through the same points: one minimum.
        const own = fit(one.law, runs as never, options as never);
        if (value - own.objective <= 2e-6 * value) {
          same++;
          continue;
        }
        forged++;
        const json = forge(one, (record) => {
          Object.assign(record.minimum, { value, gradient: [...gradient] });
          Object.assign(record, { objective: value });
          Object.assign(record.options, { loss: options.loss!.specification, residual: options.residual });
        });
        expect(refusal(json), `${one.law.name} ${JSON.stringify(one.options)} under ${name}`).not.toBe(
          "loaded",
        );
      }
    }
    expect(forged).toBeGreaterThan(2 * same);
  });

  test("are refused with a matrix that cannot be theirs", () => {
    for (const one of meaningful) {
      const q = one.minimum.z.length;
      const isPlain =
        one.status === "converged" && one.law === (chinchilla as unknown) && loss !== lossesTried.l1;
      for (const [name, change] of Object.entries<(value: number, at: number) => number | string>({
        zero: () => 0,
        NaN: () => "NaN",
        infinite: () => "Infinity",
        negative: (value) => -value,
        lopsided: (value, at) => (Math.floor(at / q) < at % q ? value * 2 : value),
        "a thousand times": (value) => 1000 * value,
        "a thousandth": (value) => value / 1000,
        ...(isPlain && { "a hundred times": (value: number) => 100 * value }),
      })) {
        const json = forge(one, (record) => {
          record.minimum.inverseHessian = record.minimum.inverseHessian.map(change);
        });
        expect(refusal(json), `${one.law.name} ${one.status} ${name}`).toMatch(/inverseHessian/);
      }
    }
  });
});

test("loading 245 runs takes less than a moment: the search that checks them is over at once", () => {
  const json = JSON.stringify(fit(chinchilla, runs));
  const times = Array.from({ length: 9 }, () => {
    const begin = performance.now();
    loadFit(json);
    return performance.now() - begin;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});
