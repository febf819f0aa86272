import { chinchilla, fit, huber, type Law, type Loss, l1, logCosh, powerLaw, squared } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { describe, expect, test } from "vitest";

const losses: Readonly<Record<string, Loss>> = {
  "huber(1e-3)": huber(1e-3),
  "huber(1e-2)": huber(1e-2),
  squared: squared(),
  l1: l1(),
  logCosh: logCosh(1e-3),
};

/** Numbers of a normal distribution that are the same in every run of the test. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (state + 0.5) / 2147483648;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function sweep(loss: (n: number, d: number) => number, noise = 0) {
  const normal = normals(7);
  return [1e8, 3e8, 1e9, 3e9, 1e10].flatMap((nParams) =>
    [5, 20, 80, 300].map((ratio) => {
      const nTokens = ratio * nParams;
      return { nParams, nTokens, loss: loss(nParams, nTokens) * Math.exp(noise * normal()) };
    }),
  );
}

const falling = powerLaw("nParams") as unknown as Law;
const cases: [string, Law, readonly object[], string][] = [];
for (const noise of [0, 0.003]) {
  cases.push(
    [
      `a term whose coefficient is truly zero, noise ${noise}`,
      chinchilla,
      sweep((n) => 1.8 + 480 / n ** 0.35, noise),
      noise === 0 ? "no sign of the term with B" : "",
    ],
    [
      `a floor at zero, noise ${noise}`,
      chinchilla,
      sweep((n, d) => 20 / n ** 0.15 + 30 / d ** 0.15, noise),
      "E ended on the lower end 0 of its domain: the runs show no sign of its term",
    ],
    [
      `a loss that rises with the tokens, noise ${noise}`,
      chinchilla,
      sweep((n, d) => 2.5 + 480 / n ** 0.35 - 500 / d ** 0.3, noise),
      "the runs ask for a negative B, which the law does not have: loss goes the other way",
    ],
    [
      `a loss that rises with the size, noise ${noise}`,
      falling,
      sweep((n) => 2 + 1e-4 * n ** 0.3, noise),
      "the runs ask for a negative A",
    ],
    [
      `a column that hardly changes, noise ${noise}`,
      chinchilla,
      sweep((_, d) => 2 + 2100 / d ** 0.37, noise).map((run, k) => ({
        ...run,
        nParams: 1e9 * (1 + (k % 3) * 0.002),
      })),
      "nParams hardly changed in the runs (by a factor of 1.004): nothing can be said about its exponent",
    ],
    [
      `a column that never changes, noise ${noise}`,
      chinchilla,
      sweep((_, d) => 2 + 2100 / d ** 0.37, noise).map((run) => ({ ...run, nParams: 1e9 })),
      "nParams never changed in the runs",
    ],
  );
}
const aPower = defineLaw("L = E + A*x^alpha", { variables: { x: { name: "x", domain: "real" } } }) as Law;
const signed = sweep(() => 2).map((run, k) => ({ ...run, x: k - 3, loss: 2 + 3 / Math.sqrt(k + 1) }));
cases.push([
  "a negative base under a power",
  aPower,
  signed,
  "of 20 runs, first in row 0 (x = -3), the law has no finite value: a negative number is raised to a power",
]);

describe("the same runs get the same reason under each loss", () => {
  const each = cases.flatMap(([name, law, runs, said]) =>
    said === "" ? [] : Object.keys(losses).map((loss) => [name, loss, law, runs, said] as const),
  );
  test.each(each)("%s: %s", (_, loss, law, runs, said) => {
    const found = fit(law, runs as never, { loss: losses[loss]! });
    expect(found.status).not.toBe("converged");
    expect(found.reason).toContain(said);
  });
});

describe("a minimum that describes nothing says so", () => {
  const twoCorpora = sweep((n, d) => 1.8 + 480 / n ** 0.35 + 2100 / d ** 0.37, 0.003).map((run, k) => ({
    ...run,
    loss: run.loss * (Math.floor(k / 2) % 2 ? 1.3 : 1),
  }));

  test.each(Object.keys(losses))("residuals of more than 5 %% under %s", (loss) => {
    const found = fit(powerLaw("nTokens"), twoCorpora, { loss: losses[loss]! });
    expect(`${found.status}: ${found.reason}`).toMatch(
      /^(converged|at-bound).*but the law misses the runs by \d+ % \(root mean square\)|^not-identified/,
    );
  });

  test("a good one does not", () => {
    const runs = sweep((n, d) => 1.8 + 480 / n ** 0.35 + 2100 / d ** 0.37, 0.003);
    const found = fit(chinchilla, runs);
    expect(found.reason).toBe("a minimum inside the bounds");
  });

  test("the share is of the response where residuals are raw", () => {
    const runs = sweep((n, d) => 1.8 + 480 / n ** 0.35 + 2100 / d ** 0.37, 0.2);
    const { reason } = fit(chinchilla, runs, { loss: squared(), residual: "raw" });
    expect(reason).toMatch(/misses the runs by \d+ %|changes no prediction|do not change/);
  });
});
