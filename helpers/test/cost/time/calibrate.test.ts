import fc from "fast-check";
import {
  calibrateTime,
  publishedCalibration,
  type RunLabels,
  stepPartNames,
  type TimedRun,
  TimePrediction,
} from "isoflop";
import { describe, expect, test } from "vitest";
import { publishedRunsRecord, publishedTimedRuns } from "../../../../scripts/cost-calibration.js";
import { intervalFactors } from "../../../src/cost/time/calibrate/intervalFactors.ts";
import { priorLogs, RunCovariance } from "../../../src/cost/time/calibrate/RunCovariance.ts";
import { spreads } from "../../../src/cost/time/calibrate/spreads.ts";
import { Random } from "../../../src/numerics/random/Random.ts";

const nParts = stepPartNames.length;
const labelsOf = (i: number): RunLabels => ({
  stack: i % 2 ? "megatron-lm" : "composer",
  accelerator: i % 3 ? "H100-SXM-80GB" : "A100-SXM-80GB",
  format: "bf16",
  model: `m${i % 5}`,
  kind: i % 5 === 0 ? "experts" : "dense",
  release: "",
  layout: `${i}`,
  stated: true,
});

const runs: TimedRun[] = Array.from({ length: 24 }, (_, i) => {
  const ideal = new Float64Array(nParts);
  ideal[0] = 1 + (i % 7);
  ideal[3] = 0.2 + (i % 4);
  ideal[5] = 0.5 + (i % 3);
  return {
    labels: labelsOf(i),
    ideal,
    bubble: 0,
    seconds: 1.5 * ideal[0]! + 2.5 * ideal[3]! + 1.1 * ideal[5]!,
  };
});

test("constants of runs without noise come out", () => {
  const { logConstants } = calibrateTime(runs);
  expect(Math.exp(logConstants[0]!)).toBeCloseTo(1.5, 1);
  expect(Math.exp(logConstants[3]!)).toBeCloseTo(2.5, 1);
  expect(Math.exp(logConstants[5]!)).toBeCloseTo(1.1, 1);
});

describe("the covariance of runs", () => {
  const shares = new Float64Array(runs.length * nParts);
  runs.forEach(({ ideal }, i) => {
    const total = Array.from(ideal).reduce((sum, part) => sum + part, 0);
    for (let k = 0; k < nParts; k++) shares[i * nParts + k] = ideal[k]! / total;
  });
  const covariance = new RunCovariance(runs.map(({ labels }) => labels));
  const residual = Float64Array.from(runs, (_, i) => Math.sin(3 * i) / 5);
  const objective = (deviations: Float64Array) => {
    covariance.prepare(shares, deviations);
    const solved = covariance.solve(residual);
    return residual.reduce((sum, r, i) => sum + (r * solved[i]!) / 2, covariance.logDeterminant / 2);
  };

  test("slopes of the marginal likelihood are those of finite differences", () => {
    const deviations = Float64Array.from(spreads, ({ typical }, j) => typical * (1 + (j % 3)));
    const slopes = new Float64Array(spreads.length);
    covariance.prepare(shares, deviations);
    covariance.invert();
    covariance.slopes(deviations, covariance.solve(residual), slopes);
    spreads.forEach((_, j) => {
      const moved = (by: number) =>
        objective(deviations.map((value, k) => (k === j ? value * Math.exp(by) : value)));
      expect(slopes[j]!).toBeCloseTo((moved(1e-4) - moved(-1e-4)) / 2e-4, 4);
    });
  });

  test("what is left out by the closed form is what the others predict", () => {
    const deviations = Array.from(spreads, ({ typical }) => typical);
    covariance.prepare(shares, deviations);
    covariance.invert();
    const rows = runs.map(({ labels }, i) => ({
      labels,
      shares: [...shares.subarray(i * nParts, (i + 1) * nParts)],
      residual: residual[i]!,
    }));
    const all = intervalFactors(
      rows.map((row) => row.labels),
      covariance.inverse,
      covariance.solve(residual),
    );
    // Constants at their prior medians, so that a residual is the deviation from them.
    const logConstants = [...priorLogs];
    const away = rows.map((row) => {
      const rest = rows.filter(({ labels }) => labels.model !== row.labels.model);
      const calibration = { logConstants, deviations, runs: rest, factors: all };
      const prediction = new TimePrediction(calibration, row.labels);
      const ideal = row.shares.map((share, k) => share / Math.exp(logConstants[k]!));
      const mean = prediction.logMean(ideal, 0);
      return Math.abs(row.residual - mean) / Math.sqrt(prediction.variance());
    });
    const sorted = away.sort((a, b) => a - b);
    const at = 0.8 * (25 / 24) * 23;
    const low = sorted[Math.floor(at)]!;
    const expected = low + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - low);
    expect(all[""]!.model!.p80).toBeCloseTo(expected, 6);
  });
});

test("the calibration that is shipped is that of the datasets", () => {
  const record = publishedRunsRecord();
  const shipped = publishedCalibration();
  expect(shipped.runs.length).toBe(record.runs.length);
  for (const [k, value] of record.logConstants.entries()) {
    expect(shipped.logConstants[k]).toBeCloseTo(value, 2);
  }
  for (const [j, value] of record.deviations.entries()) {
    expect(shipped.deviations[j]).toBeCloseTo(value, 2);
  }
  expect(shipped.factors.composer!.group!.p80).toBeCloseTo(record.factors.composer.group.p80, 1);
});

test("a run that is calibrated on is predicted better than its group left out, and wider without known software", () => {
  const run = publishedTimedRuns().find(({ row }) => row.measurement === "mbridge80")!;
  const known = new TimePrediction(publishedCalibration(), run.labels);
  const unknown = new TimePrediction(publishedCalibration(), { ...run.labels, stack: "", release: "" });
  expect(Math.abs(known.logMean(run.ideal, run.bubble) - Math.log(run.seconds))).toBeLessThan(0.06);
  unknown.logMean(run.ideal, run.bubble);
  expect(unknown.variance()).toBeGreaterThan(known.variance());
  expect(unknown.novelty).toContain("stack");
  expect(known.novelty).toEqual(["layout"]);
});

test("intervals of simulated groups cover what they say", () => {
  // Runs of 60 groups of 3 with spreads of their own, half of the groups to calibrate on.
  const generator = new Random(7);
  const random = () => generator.normal();
  const simulated: TimedRun[] = Array.from({ length: 180 }, (_, i) => i).map((i) => {
    const group = Math.floor(i / 3);
    const ideal = new Float64Array(nParts);
    ideal[0] = 1 + (i % 7);
    ideal[5] = 1 + (i % 4);
    const labels = { ...labelsOf(1), model: `g${group}`, layout: `${i}` };
    return { labels, ideal, bubble: 0, seconds: 1.4 * ideal[0]! + 1.2 * ideal[5]! };
  });
  const own = new Map<string, number>();
  for (const run of simulated) {
    if (!own.has(run.labels.model)) own.set(run.labels.model, 0.12 * random());
    (run as { seconds: number }).seconds *= Math.exp(own.get(run.labels.model)! + 0.05 * random());
  }
  const calibration = calibrateTime(simulated.slice(0, 90));
  let in80 = 0;
  for (const run of simulated.slice(90)) {
    const prediction = new TimePrediction(calibration, run.labels);
    const away = Math.abs(prediction.logMean(run.ideal, 0) - Math.log(run.seconds));
    if (away < prediction.factors.p80 * Math.sqrt(prediction.variance())) in80 += 1 / 90;
  }
  // Thirty groups: a standard error of .07.
  expect(in80).toBeGreaterThan(0.62);
  expect(in80).toBeLessThan(0.96);
});

test("shares are positive and add up to 1", () => {
  const prediction = new TimePrediction(publishedCalibration(), labelsOf(0));
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-6, max: 10, noNaN: true }), { minLength: nParts, maxLength: nParts }),
      (ideal) => {
        expect(prediction.logMean(ideal, 0.1)).toBeGreaterThan(-20);
        const shares = [...prediction.shares].slice(1);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(prediction.variance()).toBeGreaterThan(0);
      },
    ),
  );
});
