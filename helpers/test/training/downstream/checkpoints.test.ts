import {
  checkpointNoise,
  fit,
  singleStepAccuracy,
  singleStepNote,
  smoothCheckpoints,
  withParameters,
} from "isoflop";
import { describe, expect, test } from "vitest";
import { ladder, larger } from "./ladder.ts";

const line = (run: string, n: number) =>
  Array.from({ length: n }, (_, i) => ({ run, taskLoss: 10 - i, accuracy: i / 100 }));

describe("smooth checkpoints", () => {
  test("leave out the beginning of each run, rounded up, and average what follows backwards", () => {
    const points = smoothCheckpoints([...line("a", 11), ...line("b", 3)]);
    // Of 11 the first 2, of 3 the first one.
    expect(points.filter(({ run }) => run === "a").map(({ taskLoss }) => taskLoss)).toEqual([
      8, 7.5, 7, 6.5, 6, 5, 4, 3, 2,
    ]);
    expect(points.filter(({ run }) => run === "b").map(({ taskLoss }) => taskLoss)).toEqual([9, 8.5]);
  });

  test("never mix two runs, in whatever order their rows come", () => {
    const [a, b] = [line("a", 6), line("b", 6)];
    const mixed = a.flatMap((row, i) => [row, b[i]!]);
    expect(smoothCheckpoints(mixed)).toEqual(smoothCheckpoints([...a, ...b]));
  });

  test("a window of one without skip changes nothing", () => {
    expect(smoothCheckpoints(line("a", 4), { skip: 0, window: 1 })).toEqual(line("a", 4));
  });

  test("shares and windows out of their domain are refused", () => {
    expect(() => smoothCheckpoints(line("a", 4), { skip: 10 })).toThrow(
      /skip must lie between 0 and 1, got 10/,
    );
    expect(() => smoothCheckpoints(line("a", 4), { window: 0 })).toThrow(
      /window must be a whole number >= 1, got 0/,
    );
  });
});

describe("the noise between checkpoints", () => {
  test("is the deviation of the last ones around their mean", () => {
    const values = [5, 1, 3].map((taskLoss) => ({ taskLoss, accuracy: taskLoss / 10 }));
    const noise = checkpointNoise(values, { last: 2 });
    expect(noise.lossSd).toBe(1);
    expect(noise.lossRelativeSd).toBe(0.5);
    expect(noise.accuracySd).toBeCloseTo(0.1, 12);
    expect(noise.accuracyRelativeSd).toBeCloseTo(0.5, 12);
  });

  test("needs as many checkpoints as it is told to use", () => {
    expect(() => checkpointNoise([{ taskLoss: 1, accuracy: 0.5 }])).toThrow(
      /at most the 1 checkpoints given, got 10/,
    );
  });
});

describe("accuracy in a single step", () => {
  test("runs that differ hardly more than the interval's width are called degenerate or open", () => {
    const jittered = ladder.map((run, i) => ({ ...run, accuracy: 0.3 + 0.02 * ((i * 7) % 5) }));
    expect(singleStepNote(fit(singleStepAccuracy, jittered), larger)).toMatch(/^(degenerate|not identified)/);
  });

  test("runs that settle it are not spoken of", () => {
    const truth = withParameters(singleStepAccuracy, {
      a: -0.7,
      b: 0.9,
      A: 90,
      B: 200,
      E: -2.5,
      alpha: 0.24,
      beta: 0.24,
    });
    const sizes = [1e8, 1e9, 1e10, 1e11].flatMap((nParams) =>
      [1e9, 1e10, 1e11, 1e12].map((nTokens) => ({ nParams, nTokens })),
    );
    const runs = sizes.map((run) => ({ ...run, accuracy: truth.predict(run) }));
    expect(singleStepNote(fit(singleStepAccuracy, runs), { nParams: 1e11, nTokens: 2e12 })).toBeUndefined();
  });
});
