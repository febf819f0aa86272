import { fit, fitLikelihood, powerLaw, squared } from "isoflop";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";
import { line } from "../fit/lineLaw.ts";
import oracle from "./censoredOracle.json" with { type: "json" };

describe("a line with runs of which only a lower limit is known, against R's survreg", () => {
  test.each(["few", "most", "none"] as const)("%s censored", (name) => {
    const theirs = oracle[name];
    const runs = theirs.x.map((x, k) => ({ x, y: theirs.y[k]!, over: theirs.censored[k] === 1 }));
    const ours = fitLikelihood(line, runs, { residual: "raw", censored: "over" });
    expect(ours.status).toBe("converged");
    expect(ours.logLikelihood).toBeCloseTo(theirs.logLik[0]!, 8);
    expect(ours.sigma / theirs.sigma[0]!).toBeCloseTo(1, 5);
    (["a", "b"] as const).forEach((parameter, k) => {
      expect(ours.parameters[parameter]).toBeCloseTo(theirs.fixed[k]!, 5);
      expect(ours.standardErrors[parameter] / theirs.se[k]!).toBeCloseTo(1, 4);
    });
  });
});

const random = new Random(6, 0);
const points = Array.from({ length: 9 }, (_, k) => {
  const se = 0.1 + 0.1 * (k % 3);
  return { x: k / 2, y: 1 + 0.5 * (k / 2) + se * random.normal(), se };
});

test("an estimated constant noise gives a line the intervals of least squares", () => {
  const ours = fitLikelihood(line, points, { residual: "raw" });
  const squares = fit(line, points, { residual: "raw", loss: squared() }).covariance({ kind: "hessian" });
  expect(ours.freedom).toBe(7);
  for (const name of ["a", "b"] as const) {
    for (const level of [0.68, 0.95]) {
      const [low, high] = squares.interval(name, level);
      expect(ours.interval(name, level)[0]).toBeCloseTo(low, 6);
      expect(ours.interval(name, level)[1]).toBeCloseTo(high, 6);
    }
  }
});

test("known noise gives a line the inverse of X' W X, in any unit", () => {
  const sum = (f: (point: (typeof points)[number]) => number) =>
    points.reduce((total, point) => total + f(point) / point.se ** 2, 0);
  const det = sum(() => 1) * sum(({ x }) => x * x) - sum(({ x }) => x) ** 2;
  const b = (sum(() => 1) * sum(({ x, y }) => x * y) - sum(({ x }) => x) * sum(({ y }) => y)) / det;
  const error = Math.sqrt(sum(() => 1) / det);
  for (const unit of [1, 1e-150, 1e-12, 1e12, 1e150]) {
    const runs = points.map(({ x, y, se }) => ({ x, y: y * unit, se: se * unit }));
    const ours = fitLikelihood(line, runs, { residual: "raw", noise: { sigma: "se" } });
    expect(ours.status).toBe("converged");
    expect(ours.parameters.b / unit / b).toBeCloseTo(1, 8);
    expect(ours.standardErrors.b / unit / error).toBeCloseTo(1, 5);
    expect(ours.interval("b")[1] / unit).toBeCloseTo(b + 1.959964 * error, 4);
    const first = fitLikelihood(line, points, { residual: "raw", noise: { sigma: "se" } });
    expect(ours.logLikelihood + points.length * Math.log(unit)).toBeCloseTo(first.logLikelihood, 6);
  }
});

/** Runs of a power law whose noise falls with size. */
const sizes = Array.from({ length: 30 }, (_, k) => {
  const nParams = 1e6 * 1e5 ** (k / 29);
  const noise = 0.05 * (nParams / 1e6) ** -0.1;
  return { nParams, loss: (1.8 + 40 / nParams ** 0.27) * (1 + noise * random.normal()) };
});

describe("the likelihood does not hang on", () => {
  const given = { noise: { power: "nParams" }, residual: "raw" } as const;
  const law = powerLaw("nParams");
  const found = fitLikelihood(law, sizes, given);

  test.each([1e-9, 1e6])("the unit of what the noise is a power of: %s", (unit) => {
    const other = fitLikelihood(
      law,
      sizes.map(({ nParams, loss }) => ({ nParams: nParams * unit, loss })),
      given,
    );
    expect(other.status).toBe("converged");
    expect(other.logLikelihood).toBeCloseTo(found.logLikelihood, 6);
    expect(other.power).toBeCloseTo(found.power, 4);
    expect(other.sigma / (found.sigma * unit ** -found.power)).toBeCloseTo(1, 2);
    expect(other.standardErrors.alpha / found.standardErrors.alpha).toBeCloseTo(1, 3);
  });

  test.each([1e-12, 1e9])("the unit of the loss: %s", (unit) => {
    const other = fitLikelihood(
      law,
      sizes.map(({ nParams, loss }) => ({ nParams, loss: loss * unit })),
      given,
    );
    expect(other.status).toBe("converged");
    expect(other.logLikelihood + sizes.length * Math.log(unit)).toBeCloseTo(found.logLikelihood, 6);
    expect(other.power).toBeCloseTo(found.power, 4);
  });

  test("the order of the runs", () => {
    const other = fitLikelihood(law, [...sizes].reverse(), given);
    expect(other.logLikelihood).toBeCloseTo(found.logLikelihood, 8);
    expect(other.parameters.alpha).toBeCloseTo(found.parameters.alpha, 6);
  });
});

test.each<[object, RegExp]>([
  [{ noise: {} }, /noise must be "constant", \{ sigma \} or \{ power \}, got an empty object/],
  [
    { noise: { sigma: 0.01 } },
    /sigma must be the name of a field or a function of the run, got the number 0.01/,
  ],
  [{ noise: { sigma: [0.1] } }, /sigma must be the name of a field or a function of the run, got an Array/],
  [{ noise: { sigma: "x", scaled: "yes" } }, /noise.scaled must be true or false, got the text "yes"/],
  [
    { noise: { power: () => 3 } },
    /needs a field that varies, got one value in all rows; take noise: "constant"/,
  ],
  [{ censored: "divergd" }, /censored names divergd, which no run has; leave censored out/],
  [{ censored: [true] }, /censored must be the name of a field or a function of the run, got an Array/],
  [{ censored: null }, /censored must be the name of a field or a function of the run, got null/],
  [{ tied: 3 }, /tied must be an object/],
  [{ bounds: { a: 1 } }, /bounds.a must be \[low, high\]/],
])("%j is refused", (options, message) => {
  expect(() => fitLikelihood(line, points, { residual: "raw", ...options } as never)).toThrow(message);
});
