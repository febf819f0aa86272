import {
  constantSchedule,
  cooldownSchedule,
  forecastCurve,
  learningRates,
  luo2025,
  predictCurve,
} from "isoflop";
import { describe, expect, test } from "vitest";

const total = 6000;
const rates = {
  constant: learningRates(constantSchedule({ peak: 3e-4, warmup: 500, total })),
  linear: learningRates(
    cooldownSchedule({ peak: 3e-4, warmup: 500, decayStart: 5000, total, shape: "linear" }),
  ),
  cosine: learningRates(
    cooldownSchedule({ peak: 3e-4, last: 3e-5, warmup: 500, decayStart: 500, total, shape: "cosine" }),
  ),
};
const like = [luo2025["25M"], luo2025["400M"]];
const stepsTo = (share: number) =>
  Array.from({ length: 60 }, (_, i) => Math.round(600 + ((share * total - 600) * i) / 59));

describe.each(Object.entries(rates))("%s", (_, schedule) => {
  const truth = predictCurve(luo2025["100M"], schedule, { steps: [total] })[0]!.loss;
  const forecasts = [0.2, 0.5, 0.8, 1].map((share) =>
    forecastCurve(predictCurve(luo2025["100M"], schedule, { steps: stepsTo(share) }), {
      rates: schedule,
      like,
    }).end(),
  );

  test("a curve of the law ends inside the band, from every part of it", () => {
    for (const { interval } of forecasts) {
      expect(interval[0]).toBeLessThan(truth);
      expect(interval[1]).toBeGreaterThan(truth);
    }
  });

  test("the band narrows as the run goes on, to the scatter of the points at its end", () => {
    const widths = forecasts.map(({ sd }) => sd);
    for (let i = 1; i < 4; i++) expect(widths[i]!).toBeLessThan(widths[i - 1]!);
    expect(widths[3]!).toBeLessThan(0.004);
  });
});

test("another schedule with the same past is forecast too, and ends lower where it cools down", () => {
  const seen = predictCurve(luo2025["100M"], rates.constant, { steps: stepsTo(0.6) });
  const stay = forecastCurve(seen, { rates: rates.constant, like }).end();
  const cool = forecastCurve(seen, { rates: rates.linear, like }).end();
  expect(cool.loss).toBeLessThan(stay.loss - 0.05);
  expect(cool.sd).toBeGreaterThan(stay.sd);
});

test("a level widens the interval as the normal distribution says", () => {
  const seen = predictCurve(luo2025["100M"], rates.cosine, { steps: stepsTo(0.4) });
  const forecast = forecastCurve(seen, { rates: rates.cosine, like });
  const { loss, sd, interval } = forecast.at(5000, { level: 0.8 });
  expect(interval[1] - loss).toBeCloseTo(1.2816 * sd, 5);
  expect(forecast.end({ level: 0.95 }).loss).toBe(forecast.at(total).loss);
});

test("too few points, losses that are none, and no earlier runs are refused", () => {
  const seen = predictCurve(luo2025["100M"], rates.cosine, { steps: [600, 700, 800] });
  const given = { rates: rates.cosine, like };
  expect(() => forecastCurve(seen.slice(1), given)).toThrow(
    "the steps of a curve's points must be three or more, got 2",
  );
  expect(() => forecastCurve([...seen, { step: 900, loss: -1 }], given)).toThrow(
    "loss must be a finite number > 0, got -1 in point 3",
  );
  expect(() => forecastCurve(seen, { ...given, like: [] })).toThrow(
    "like must be a list of the law's constants",
  );
  expect(() => forecastCurve(seen, given).at(99_999)).toThrow("step must be a whole number");
  expect(() => forecastCurve(seen, given).end({ level: 95 })).toThrow("level must be between 0 and 1");
});
