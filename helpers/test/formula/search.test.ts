import fc from "fast-check";
import { chinchilla, fit, huber, kaplanParamsTokens, type Law, separablePowerLaw, squared } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const objectiveOf = (formula: string, options: object = {}, fitOptions: object = {}) =>
  fit(defineLaw(formula, options) as Law, runs as never, { loss: huber(1e-3), ...fitOptions });

describe("one law, however it is written, ends in one minimum", () => {
  const best = fit(chinchilla, runs, { loss: huber(1e-3) }).objective;
  test.each([
    "L = E + A/N^alpha + B/D^beta",
    "L = E + (Nc/N)^alpha + (Dc/D)^beta",
    "L = exp(lnE) + exp(a)/N^alpha + exp(b)/D^beta",
    "L = exp(lnE) + exp(a - alpha*log(N)) + exp(b - beta*log(D))",
    "L = E + A*(N/1e9)^(-alpha) + B*(D/1e9)^(-beta)",
    "L = E*(1 + (A/N)^alpha + (B/D)^beta)",
    "L = k*(1 + 9*A/N^alpha + B/D^beta/7)",
    "L = E + sqrt(A)/N^alpha + B^3/D^beta",
    "L = E - (-A)/N^alpha + B/(D^beta)",
  ])("%s", (formula) => {
    expect(objectiveOf(formula).objective / best - 1).toBeLessThan(1e-7);
  });

  test("and Kaplan's nested one, in which nothing is linear", () => {
    const builtIn = fit(kaplanParamsTokens, runs, { loss: squared() }).objective;
    const written = objectiveOf("L = ((Nc/N)^(aN/aD) + Dc/D)^aD", {}, { loss: squared() }).objective;
    expect(written / builtIn - 1).toBeLessThan(1e-7);
  });
});

describe("what a fit holds, ties and bounds, its search takes into account", () => {
  const law = defineLaw("L = E + (Nc/N)^alpha + (Dc/D)^beta");
  test("held", () => {
    const held = fit(law, runs, { loss: huber(1e-3), fixed: { E: 1.69 } }).objective;
    expect(
      held / fit(chinchilla, runs, { loss: huber(1e-3), fixed: { E: 1.69 } }).objective - 1,
    ).toBeLessThan(1e-7);
  });
  test("tied", () => {
    const tied = fit(law, runs, { loss: huber(1e-3), tied: { beta: "alpha" } }).objective;
    const builtIn = fit(chinchilla, runs, { loss: huber(1e-3), tied: { beta: "alpha" } }).objective;
    expect(tied / builtIn - 1).toBeLessThan(1e-7);
  });
  test("bounded", () => {
    const bounds = { alpha: [0.5, 0.9] as const };
    const bounded = fit(law, runs, { loss: huber(1e-3), bounds });
    expect(
      bounded.objective / fit(chinchilla, runs, { loss: huber(1e-3), bounds }).objective - 1,
    ).toBeLessThan(1e-7);
    expect(bounded.status).toBe("at-bound");
  });
});

test("scales that only the runs show are found: where a curve bends, in any unit", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -6, max: 12, noNaN: true }),
      fc.integer({ min: 1, max: 50 }),
      (power, seed) => {
        const random = new Random(seed, 1);
        const k = 10 ** power;
        const data = Array.from({ length: 40 }, (_, i) => {
          const x = k * 10 ** ((i - 20) / 10);
          return { x, y: (1 + 2 * Math.exp(-x / k)) * (1 + 0.001 * random.normal()) };
        });
        const law = defineLaw("y = a + b*exp(-x/k)", { variables: { x: "x" } });
        const found = fit(law, data, { loss: squared() });
        expect(found.parameters.k / k).toBeCloseTo(1, 1);
        expect(found.objective).toBeLessThan(40 * 4e-6);
      },
    ),
    { seed: 1, numRuns: 25 },
  );
});

describe("minima that lie off the usual paths, each the lowest of 40 scattered starts", () => {
  test.each([
    // A power so slow that it stands for the floor, with E at 0.
    ["L = E + A/N^alpha + B/D^beta + F/(N*D)^gamma", "squared", 0.01100731114],
    ["L = E + A/N^alpha + B/D^beta + F/(N*D)^gamma", "huber", 0.001012695888],
    // Scales that stand as squares, each beside the other.
    ["L = sqrt(E^2 + (A/N^alpha)^2) + B/D^beta", "huber", 0.00100180203],
    // A scale that shares its coefficient with the term before it.
    ["L = E + A/N^alpha + B/D^beta*(1 + (N/Nb)^g)", "squared", 0.0074528623],
  ])("%s, %s", (formula, loss, best) => {
    const found = objectiveOf(formula, {}, loss === "squared" ? { loss: squared() } : {}).objective;
    expect(found).toBeLessThan(best);
  });
});

test("a scale inside a logarithm is a scale, not an exponent", () => {
  const law = defineLaw("L = E + A/N^alpha + c*log(lr/k)^2", { variables: { N: "nParams", lr: "lr" } });
  expect(law.parameters.find(({ name }) => name === "k")).toMatchObject({ scale: "log" });
  expect(law.parameters.find(({ name }) => name === "alpha")).toMatchObject({ scale: "linear" });
  const data = [1e7, 1e8, 1e9].flatMap((nParams) =>
    [1e-4, 3e-4, 1e-3, 3e-3].map((lr) => ({
      nParams,
      lr,
      loss: 2 + 40 / nParams ** 0.25 + 0.05 * Math.log(lr / 7e-4) ** 2,
    })),
  );
  expect(fit(law, data, { loss: squared() }).parameters.k / 7e-4).toBeCloseTo(1, 4);
});

describe("a minimum with a term at its bound is a minimum", () => {
  test("squares: E ends at 0, and the others make the best of it", () => {
    const found = objectiveOf("L = E + A/N^alpha + B/D^beta + c*log(N)", {}, { loss: squared() });
    // The lowest of 40 scattered starts, each by two methods.
    expect(found.objective).toBeLessThan(0.0107351099);
    expect(found.status).toBe("at-bound");
  });

  test("BFGS leaves a bound whose slope points inwards", () => {
    const law = defineLaw("L = E + A/N^alpha + B/D^beta + c*log(N)");
    const start = { E: 0, A: 131, alpha: 0.247, B: 2280, beta: 0.371, c: 0.0676 };
    const found = fit(law, runs, { loss: squared(), method: "bfgs", start });
    expect(found.objective).toBeLessThan(0.0107351099);
  });
});

describe.each([13, 20, 50])("%i searched parameters", { timeout: 120_000 }, (count) => {
  const random = new Random(9, count);
  const names = Array.from({ length: count }, (_, k) => `x${k}`);
  const data = Array.from({ length: 8 * count + 40 }, () => {
    const run: Record<string, number> = {};
    let y = 1;
    for (const [k, name] of names.entries()) {
      run[name] = 10 ** (2 * random.uniform());
      y += (1 + (k % 3)) * run[name]! ** -(0.3 + 0.1 * (k % 5));
    }
    return { ...run, y: y * (1 + 1e-3 * random.normal()), loss: y };
  });
  // What the true parameters leave: the noise.
  const noise = data.reduce((sum, { y, loss }) => sum + Math.log(y / loss) ** 2, 0);

  test("in a formula", () => {
    const body = names.map((name, k) => `A${k}/${name}^a${k}`).join(" + ");
    const variables = Object.fromEntries(names.map((name) => [name, name]));
    const law = defineLaw(`y = 1 + ${body}`, { variables }) as Law;
    expect(fit(law, data as never, { loss: squared() }).objective).toBeLessThan(noise);
  });

  test("in a built-in law", () => {
    const law = separablePowerLaw(names, { response: "y" });
    expect(fit(law, data as never, { loss: squared() }).objective).toBeLessThan(noise);
  });
});
