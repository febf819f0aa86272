import {
  capabilityScore,
  downstreamError,
  familySkill,
  fit,
  type Law,
  lossToAccuracy,
  predict,
  saturatingLogistic,
  squared,
  taskLoss,
} from "isoflop";
import { describe, expect, test } from "vitest";
import { Random } from "../../../src/numerics/random/Random.ts";

type Point = Readonly<Record<string, number>>;

const sizes = [1.9e8, 3.7e8, 7.6e8, 1.3e9].flatMap((nParams) =>
  [20, 40, 100, 200].map((ratio) => ({ nParams, nTokens: ratio * nParams })),
);
const column = (name: string, values: readonly number[]) => values.map((value) => ({ [name]: value }));

describe("laws of accuracy predict the same whatever the units", () => {
  test.each<readonly [string, Law, Point, readonly Point[], Point, Point]>([
    [
      "task loss, counts in millions and billions",
      taskLoss as unknown as Law,
      { E: 0.5, A: 40, B: 90, alpha: 0.24, beta: 0.24 },
      sizes,
      { nParams: 1e6, nTokens: 1e9 },
      { nParams: 7e9, nTokens: 4e12 },
    ],
    [
      "skill by family, counts in millions and billions",
      familySkill as unknown as Law,
      { c: 0.25, family: -2, bN: 0.8, bD: 0.5, bND: 0.05 },
      sizes.map(({ nParams, nTokens }) => ({ nParams: 5 * nParams, nTokens: 30 * nTokens })),
      { nParams: 1e6, nTokens: 1e9 },
      { nParams: 7e9, nTokens: 4e12 },
    ],
    [
      "loss to accuracy, loss in nats for bits",
      lossToAccuracy as unknown as Law,
      { a: -0.7, k: 5, L0: 0.8, b: 0.95 },
      column("taskLoss", [0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.3, 1.5, 1.8]),
      { taskLoss: Math.LN2 },
      { taskLoss: 0.62 },
    ],
    [
      "downstream error, loss in bits for nats",
      downstreamError as unknown as Law,
      { epsilon: 0.85, k: 2.1, gamma: 0.76 },
      column("loss", [2.2, 2.4, 2.6, 2.8, 3, 3.3, 3.7, 4, 4.5]),
      { loss: 1 / Math.LN2 },
      { loss: 2.1 },
    ],
    [
      "saturating logistic, compute in 1e21 FLOPs",
      saturatingLogistic("flops") as unknown as Law,
      { low: 0.25, span: 0.7, slope: 0.8, midpoint: 1e22 },
      column("flops", [1e20, 3e20, 1e21, 3e21, 1e22, 3e22, 1e23, 1e24]),
      { flops: 1e21 },
      { flops: 5e22 },
    ],
    [
      "score by capabilities, capabilities a hundredfold",
      capabilityScore(["pc1"]) as unknown as Law,
      { h: 0.9, alpha: -0.5, beta_pc1: 4 },
      column("pc1", [-0.6, -0.4, -0.2, 0, 0.1, 0.2, 0.3, 0.5, 0.8]),
      { pc1: 0.01 },
      { pc1: 0.4 },
    ],
  ])("%s", (_, law, truth, runs, units, far) => {
    const random = new Random(5, 0);
    const measured = runs.map((run) => ({
      ...run,
      [law.response.name]: predict(law, truth, run) * Math.exp(0.003 * random.normal()),
    }));
    const scaled = (run: Point) =>
      Object.fromEntries(Object.entries(run).map(([name, value]) => [name, value / (units[name] ?? 1)]));
    const how = { loss: squared(), residual: law === (taskLoss as unknown) ? "log" : "raw" } as const;
    const [own, other] = [fit(law, measured, how), fit(law, measured.map(scaled), how)];
    expect(own.predict(far) / other.predict(scaled(far))).toBeCloseTo(1, 7);
  });
});
