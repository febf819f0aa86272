import {
  curveErrors,
  fit,
  forecastCurve,
  huber,
  luo2025,
  luoSchedule,
  multiPowerLaw,
  predictCurve,
  withParameters,
} from "isoflop";
import { multiPowerCurves } from "isoflop-datasets";
import { expect, test } from "vitest";

const fitted = ["cosine_24000", "constant_24000", "wsdcon_9"];
const law = multiPowerLaw(fitted.map(luoSchedule));
const points = multiPowerCurves().flatMap((point) => {
  const run = fitted.indexOf(point.schedule);
  return run >= 0 && point.step < 24_000 ? [{ ...point, run }] : [];
});

test("every public learning rate is that of its schedule", () => {
  const rates = new Map<string, Float64Array>();
  for (const { schedule, step, learningRate } of multiPowerCurves()) {
    const of = rates.get(schedule) ?? luoSchedule(schedule);
    rates.set(schedule, of);
    expect(Math.abs(of[step]! / learningRate - 1)).toBeLessThan(1e-8);
  }
});

test("at the published constants the objective is what the authors' logs say", () => {
  const published = withParameters(law, luo2025["100M"]);
  const logged = [0.00011608230725651654, 3.639274344041545e-5, 0.0001284872251259708];
  fitted.forEach((_, run) => {
    const curve = points.filter((point) => point.model === "100M" && point.run === run);
    expect(Math.abs(curveErrors(published, curve).huber / logged[run]! - 1)).toBeLessThan(1e-7);
  });
});

test("the minimum on the three curves lies 13 times below the published constants", () => {
  const runs = points.filter((point) => point.model === "100M");
  const found = fit(law, runs, { loss: huber(1e-3) });
  expect(found.objective).toBeCloseTo(2.1331e-5, 9);
  expect(found.status).toBe("converged");
  const again = fit(law, runs, { loss: huber(1e-3), start: luo2025["100M"] });
  expect(again.objective / found.objective).toBeCloseTo(1, 6);
});

test("the end of a public run is within the band of its first two fifths", () => {
  const curve = points.filter((point) => point.model === "100M" && point.run === 0);
  const { loss: end, step } = curve.at(-1)!;
  const seen = curve.filter((point) => point.step <= 0.4 * step);
  const like = [luo2025["25M"], luo2025["400M"]];
  const { interval, loss } = forecastCurve(seen, { rates: luoSchedule("cosine_24000"), like }).at(step);
  expect(interval[0]).toBeLessThan(end);
  expect(interval[1]).toBeGreaterThan(end);
  expect(Math.abs(loss - end)).toBeLessThan(0.02);
});

test("a curve is given at 101 steps unless others are wanted, and unknown schedules are refused", () => {
  const curve = predictCurve(luo2025["25M"], luoSchedule("wsdcon_9"));
  expect(curve).toHaveLength(101);
  expect([curve[0]!.step, curve.at(-1)!.step]).toEqual([1, 16_000]);
  expect(() => luoSchedule("linear")).toThrow("name must be one of cosine_24000");
  expect(() => curveErrors(withParameters(law, luo2025["25M"]), [])).toThrow("the points of a curve must be");
});

test("errors of a curve whose losses are none are refused, not NaN", () => {
  const law = withParameters(multiPowerLaw([[1, 1, 1]]), luo2025["25M"]);
  expect(() => curveErrors(law, [{ run: 0, step: 1, loss: Number.NaN }])).toThrow(
    "loss must be a finite number > 0, got NaN in row 0",
  );
  expect(() => predictCurve(luo2025["25M"], [1, 1], { steps: 1 as never })).toThrow(
    "steps must be a list of steps",
  );
});
