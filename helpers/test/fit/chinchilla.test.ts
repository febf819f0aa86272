import { chinchilla, fit, huber, l1, squared } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);

function near(actual: number, expected: number, relative: number) {
  expect(Math.abs(actual / expected - 1), `${actual} against ${expected}`).toBeLessThan(relative);
}

test("the Huber fit of Chinchilla's 240 runs reaches the lowest known objective", () => {
  const found = fit(chinchilla, runs, { loss: huber(1e-3) });
  expect(found.status).toBe("converged");
  expect(found.objective).toBeLessThanOrEqual(0.001018274018);
  near(found.parameters.A, 477.826, 1e-4);
  near(found.parameters.B, 2143.417, 1e-4);
  near(found.parameters.E, 1.817218, 1e-4);
  near(found.parameters.alpha, 0.347311, 1e-4);
  near(found.parameters.beta, 0.367172, 1e-4);
});

test("the L1 fit gives the constants that Besiroglu et al. published, to one unit of their last digit", () => {
  const { parameters } = fit(chinchilla, runs, { loss: l1() });
  const printed = {
    A: [482.01, 0.01],
    B: [2085.43, 0.01],
    alpha: [0.3478, 1e-4],
    beta: [0.3658, 1e-4],
  } as const;
  for (const [name, [value, unit]] of Object.entries(printed)) {
    expect(Math.abs(parameters[name as "A"] - value), name).toBeLessThan(unit);
  }
  // The paper prints E of the Huber fit (1.8172); the authors' notebook prints this one.
  near(parameters.E, 1.81686, 1e-5);
});

test("least squares on the loss itself agrees with variable projection by other software", () => {
  const found = fit(chinchilla, runs, { loss: squared(), residual: "raw" });
  near(found.objective, 0.0832038, 1e-6);
  near(found.parameters.alpha, 0.357615, 1e-5);
  near(found.parameters.beta, 0.427621, 1e-5);
  near(found.parameters.E, 1.882814, 1e-6);
});
