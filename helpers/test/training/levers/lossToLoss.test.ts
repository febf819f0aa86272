import fc from "fast-check";
import { fit, lossToLoss, lossToLossLine, predict, squared } from "isoflop";
import { expect, test } from "vitest";

const truth = { E0: 2, E1: 0.9, K: 0.6, kappa: 1.1 };
const pairs = Array.from({ length: 12 }, (_, i) => {
  const sourceLoss = 2.5 + i * 0.12;
  return { sourceLoss, targetLoss: predict(lossToLoss, truth, { sourceLoss }) };
});
const floors = { sourceFloor: truth.E0, targetFloor: truth.E1 };

test("noiseless pairs give K and kappa back, for any of them", () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(number(0, 2), number(0, 2), number(0.2, 3), number(0.5, 2), (E0, E1, K, kappa) => {
      const made = pairs.map(({ sourceLoss }) => ({
        sourceLoss,
        targetLoss: predict(lossToLoss, { E0, E1, K, kappa }, { sourceLoss }),
      }));
      const line = lossToLossLine(made, { sourceFloor: E0, targetFloor: E1 });
      expect(line.K / K).toBeCloseTo(1, 9);
      expect(line.kappa).toBeCloseTo(kappa, 9);
    }),
    { seed: 2, numRuns: 60 },
  );
});

test("one corpus beside itself gives K = kappa = 1", () => {
  const same = pairs.map(({ sourceLoss }) => ({ sourceLoss, targetLoss: sourceLoss }));
  const { K, kappa } = lossToLossLine(same, { sourceFloor: 1.8, targetFloor: 1.8 });
  expect(K).toBeCloseTo(1, 12);
  expect(kappa).toBeCloseTo(1, 12);
});

test("in other units of loss kappa stays, and K moves by the unit to 1 - kappa", () => {
  const bits = 1 / Math.log(2);
  const scaled = pairs.map((pair) => ({
    sourceLoss: pair.sourceLoss * bits,
    targetLoss: pair.targetLoss * bits,
  }));
  const line = lossToLossLine(scaled, { sourceFloor: truth.E0 * bits, targetFloor: truth.E1 * bits });
  expect(line.kappa).toBeCloseTo(truth.kappa, 10);
  expect(line.K).toBeCloseTo(truth.K * bits ** (1 - truth.kappa), 10);
});

test("there and back again: the line of the inverse has 1 / kappa", () => {
  const back = pairs.map((pair) => ({ sourceLoss: pair.targetLoss, targetLoss: pair.sourceLoss }));
  const line = lossToLossLine(back, { sourceFloor: truth.E1, targetFloor: truth.E0 });
  expect(line.kappa).toBeCloseTo(1 / truth.kappa, 10);
});

test("the interval lies around the law, widens with the level, away from the pairs and with the floors' errors", () => {
  const noisy = pairs.map((pair, i) => ({
    ...pair,
    targetLoss: pair.targetLoss * (1 + 0.002 * Math.sin(7 * i)),
  }));
  const line = lossToLossLine(noisy, floors);
  const width = (loss: number, level?: number, of = line) => {
    const [low, high] = of.interval(loss, level);
    const at = of.law.predict({ sourceLoss: loss });
    expect((low + high) / 2).toBeCloseTo(at, 10);
    return (high - low) / (at - truth.E1);
  };
  expect(width(3, 0.99)).toBeGreaterThan(width(3, 0.9));
  expect(width(2.1)).toBeGreaterThan(width(3));
  const withErrors = lossToLossLine(noisy, { ...floors, sourceFloorError: 0.02, targetFloorError: 0.01 });
  expect(width(2.3, 0.95, withErrors)).toBeGreaterThan(2 * width(2.3));
  expect(line.kappaError).toBeGreaterThan(0);
});

test("the curve itself, with its floors held, finds the same on noiseless pairs", () => {
  const found = fit(lossToLoss, pairs, { loss: squared(), fixed: { E0: truth.E0, E1: truth.E1 } });
  expect(found.parameters.kappa).toBeCloseTo(truth.kappa, 8);
  expect(found.status).toBe("converged");
});

test("pairs that no line goes through are refused, with their row", () => {
  expect(() => lossToLossLine(pairs.slice(0, 1), floors)).toThrow(
    "the number of pairs must be at least 2, got 1",
  );
  expect(() => lossToLossLine(pairs, { ...floors, sourceFloor: 2.5 })).toThrow(
    "sourceLoss must be a finite number above its floor 2.5, got 2.5 in row 0",
  );
  expect(() => lossToLossLine(pairs, { ...floors, floor: 1 } as never)).toThrow("sourceFloor");
  expect(() => lossToLossLine(pairs, { ...floors, targetFloor: -1 })).toThrow("targetFloor");
  expect(() => lossToLossLine(pairs, floors).interval(1.9)).toThrow("above its floor 2");
  expect(() => lossToLossLine("pairs" as never, floors)).toThrow("needs an array of records");
});

test("two pairs give a line and no interval", () => {
  const line = lossToLossLine(
    [
      { sourceLoss: 3, targetLoss: 2 },
      { sourceLoss: 4, targetLoss: 3 },
    ],
    { sourceFloor: 1, targetFloor: 0.5 },
  );
  expect(line.kappaError).toBeNaN();
  expect(() => line.interval(3.5)).toThrow("the number of pairs must be at least 3, got 2");
});
