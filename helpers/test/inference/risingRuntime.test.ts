import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { bootstrapRuntime, fitRuntime, predictRuntime, runtimeInterval } from "isoflop";
import { helmProfiledRuntimes, helmSyntheticApiRuntimes } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

interface Case {
  rising: boolean;
  rows: [number, number, number][];
  prompt: number[];
  base: number;
  rise: number;
  squares: number;
}
const cases: Case[] = JSON.parse(readFileSync(new URL("risingOracle.json", import.meta.url), "utf8"));
const rowsOf = (rows: Case["rows"]) =>
  rows.map(([promptTokens, outputTokens, runtimeS]) => ({ promptTokens, outputTokens, runtimeS }));

describe("F that never falls", () => {
  test("F and G equal scipy's bounded least squares, jointly, constraints binding or not", () => {
    let bound = 0;
    for (const { rising, rows, prompt, base, rise } of cases) {
      const isPossible = base > 0 && rise >= 0;
      const fit = () =>
        fitRuntime(rowsOf(rows), {
          promptTimes: "fitted",
          loss: "squares",
          outputTime: rising ? "rising" : "constant",
        });
      // A rising rule is bounded by 0 as well, which the oracle's slopes are not.
      if (!isPossible) continue;
      const model = fit();
      bound += model.constrained.length > 0 ? 1 : 0;
      expect(model.outputTime.baseS).toBeCloseTo(base, 9);
      expect(model.outputTime.perPromptTokenS).toBeCloseTo(rise, 11);
      model.promptTimes.forEach(({ seconds }, k) => {
        expect(seconds).toBeCloseTo(prompt[k]!, 8);
      });
    }
    expect(bound).toBeGreaterThan(5);
  });

  test("no rows give a time below 0 or a longer prompt less time", () => {
    const row = fc.tuple(
      fc.constantFrom(1, 64, 512, 2048),
      fc.constantFrom(1, 2, 17, 65),
      fc.double({ min: 1e-3, max: 10, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 30 }), (rows) => {
        let model: ReturnType<typeof fitRuntime>;
        try {
          model = fitRuntime(rowsOf(rows), { outputTime: "chosen" });
        } catch (error) {
          expect((error as Error).message).toMatch(/must be > 0|two output sizes|2 different output sizes/);
          return;
        }
        let last = 0;
        for (const promptTokens of [1, 30, 64, 100, 512, 1000, 2048, 5000]) {
          const seconds = predictRuntime(model, { promptTokens, outputTokens: 1 });
          expect(seconds).toBeGreaterThanOrEqual(last - 1e-12);
          last = seconds;
        }
        expect(predictRuntime(model, { promptTokens: 1, outputTokens: 100 })).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  test("no published profile gives a negative time", () => {
    const groups = new Map<string, { promptTokens: number; outputTokens: number; runtimeS: number }[]>();
    const add = (key: string, promptTokens: number, outputTokens: number, runtimeS: number) => {
      groups.set(key, [...(groups.get(key) ?? []), { promptTokens, outputTokens, runtimeS }]);
    };
    for (const run of helmProfiledRuntimes()) {
      add(
        `${run.hardware}/${run.modelKey}`,
        run.promptTokens,
        run.outputTokens,
        run.runtimeS * run.runtimeMultiplier,
      );
    }
    for (const run of helmSyntheticApiRuntimes()) {
      for (const key of [run.model, `${run.model} ${run.date}`]) {
        add(key, run.requestedPromptTokens, run.requestedOutputTokens, run.rawRuntimeS);
      }
    }
    let negative = 0;
    for (const rows of groups.values()) {
      for (const promptTimes of ["measured", "fitted"] as const) {
        const single = new Set(rows.filter((row) => row.outputTokens === 1).map((row) => row.promptTokens));
        if (promptTimes === "measured" && rows.some((row) => !single.has(row.promptTokens))) continue;
        const free = fitRuntime(rows, { promptTimes, loss: "squares", constraints: "none" });
        negative += free.promptTimes.some(({ seconds }) => seconds < 0) ? 1 : 0;
        const model = fitRuntime(rows, { promptTimes });
        expect(Math.min(...model.promptTimes.map(({ seconds }) => seconds))).toBeGreaterThanOrEqual(0);
        expect(model.secondsPerOutputToken).toBeGreaterThan(0);
      }
    }
    // Without constraints some of them do.
    expect(negative).toBeGreaterThan(0);
  });
});

const clean = [256, 1024, 2048].flatMap((promptTokens) =>
  [1, 9, 17, 65].map((outputTokens) => ({
    promptTokens,
    outputTokens,
    runtimeS: promptTokens / 2048 + 0.05 * (outputTokens - 1),
  })),
);

describe("rows that lie off", () => {
  test("one row a thousand times too long is named, and changes F and G by less than a hundredth", () => {
    for (let at = 0; at < clean.length; at++) {
      const rows = clean.map((row, i) => ({
        ...row,
        runtimeS: row.runtimeS + (i === at ? 50 : 1e-4 * ((i * 7) % 5)),
      }));
      const model = fitRuntime(rows);
      expect(model.loss).toBe("huber");
      expect(model.outliers[0]).toMatchObject({ row: at + 1, runtimeS: rows[at]!.runtimeS });
      expect(model.secondsPerOutputToken / 0.05).toBeCloseTo(1, 2);
      expect(model.promptTimes[2]!.seconds).toBeCloseTo(1, 2);
      expect(predictRuntime(model, { promptTokens: 1024, outputTokens: 1 })).toBeGreaterThan(0);
    }
  });

  test.each([
    [
      [256, 512, 1024],
      [1, 17, 65],
    ],
    [
      [512, 4096],
      [1, 8, 64, 256],
    ],
    [
      [128, 512, 2048],
      [5, 17, 65, 129],
    ],
  ])(
    "one of noisy rows, ten times too long or too short, does not move G, at prompts %j and outputs %j",
    (prompts, outputs) => {
      // A long row's noise is largest, and so was its pull: G came out at .0057 for .05, or F at 33.8 s for .5.
      let named = 0;
      const noise = [0.4, -1.1, 0.9, -0.3, 1.6, -0.8, 0.1, -1.7, 1.2, -0.2, 0.7, -0.6];
      for (const factor of [10, 0.1]) {
        for (let at = 0; at < prompts.length * outputs.length; at++) {
          const rows = prompts.flatMap((promptTokens, k) =>
            outputs.map((outputTokens, j) => {
              const i = k * outputs.length + j;
              const runtimeS = promptTokens / 2048 + 0.05 * (outputTokens - 1) + 0.001 * noise[i]!;
              return { promptTokens, outputTokens, runtimeS: runtimeS * (i === at ? factor : 1) };
            }),
          );
          const model = fitRuntime(rows);
          if (model.outliers[0]?.row !== at + 1) continue;
          named += 1;
          expect(Math.abs(model.secondsPerOutputToken / 0.05 - 1)).toBeLessThan(0.01);
          for (const { promptTokens, seconds } of model.promptTimes) {
            expect(Math.abs(seconds - promptTokens / 2048)).toBeLessThan(0.01);
          }
        }
      }
      expect(named).toBeGreaterThan(1.8 * prompts.length * outputs.length);
    },
  );

  test("rounding that leaves nothing of G is named as what did it", () => {
    const rows = clean.map((row) => ({ ...row, runtimeS: row.runtimeS / 1e4 }));
    expect(() => fitRuntime(rows, { decimals: 3 })).toThrow(
      "is 0 at 3 decimals; give more decimals, or none",
    );
  });

  test("clean rows are fitted by squares, exactly as before", () => {
    const model = fitRuntime(clean);
    expect(model).toMatchObject({
      loss: "squares",
      outliers: [],
      constrained: [],
      promptTimesFrom: "measured",
    });
    expect(model.secondsPerOutputToken).toBeCloseTo(0.05, 12);
  });

  test("too few rows to tell an outlier by leave all in", () => {
    const rows = clean
      .filter((row) => row.outputTokens <= 9)
      .map((row, i) => ({ ...row, runtimeS: row.runtimeS + (i === 5 ? 3 : 0) }));
    expect(fitRuntime(rows).outliers).toEqual([]);
  });

  test("a G that is not above 0 is refused with the row to look at", () => {
    const rows = [
      { promptTokens: 8, outputTokens: 1, runtimeS: 0.1 },
      { promptTokens: 8, outputTokens: 11, runtimeS: 0.2 },
      { promptTokens: 8, outputTokens: 21, runtimeS: 0.001 },
    ];
    expect(() => fitRuntime(rows)).toThrow(
      "look at row 3 first (8 prompt tokens, 21 output tokens, 0.001 s), and drop it or measure it again",
    );
  });

  test("an unknown rule, loss or constraint is refused", () => {
    expect(() => fitRuntime(clean, { outputTime: "falling" as never })).toThrow("outputTime must be");
    expect(() => fitRuntime(clean, { loss: "absolute" as never })).toThrow("loss must be");
    expect(() => fitRuntime(clean, { constraints: "some" as never })).toThrow("constraints must be");
    expect(() => fitRuntime(clean, { seed: 1 } as never)).toThrow("no option seed");
  });
});

describe("G that rises with the prompt", () => {
  const rising = [128, 512, 1024, 2048].flatMap((promptTokens, k) =>
    [1, 9, 33, 129].map((outputTokens, j) => ({
      promptTokens,
      outputTokens,
      runtimeS:
        promptTokens / 20_000 +
        (outputTokens - 1) * (0.02 + 5e-6 * promptTokens) +
        1e-4 * ((3 * k + 5 * j) % 7),
    })),
  );

  test("it is chosen where left-out prompt sizes ask for it, and not where they do not", () => {
    const { outputTime } = fitRuntime(rising, { outputTime: "chosen" });
    expect(outputTime.rule).toBe("rising");
    expect(outputTime.perPromptTokenS).toBeCloseTo(5e-6, 8);
    expect(outputTime.crossValidation!.risingS).toBeLessThan(outputTime.crossValidation!.constantS / 10);
    expect(outputTime.crossValidation!.promptSizes).toBe(4);
    expect(fitRuntime(clean, { outputTime: "chosen" }).outputTime.rule).toBe("constant");
  });

  test("a prediction takes the prompt's own G", () => {
    const model = fitRuntime(rising, { outputTime: "rising" });
    const each = (promptTokens: number) =>
      predictRuntime(model, { promptTokens, outputTokens: 101 }) -
      predictRuntime(model, { promptTokens, outputTokens: 1 });
    expect(each(2048) / 100).toBeCloseTo(0.02 + 5e-6 * 2048, 4);
    expect(each(128) / 100).toBeCloseTo(0.02 + 5e-6 * 128, 4);
  });

  test("one prompt size cannot tell, and says so when asked", () => {
    const one = rising.filter((row) => row.promptTokens === 512);
    expect(() => fitRuntime(one, { outputTime: "rising" })).toThrow("two prompt sizes with two output sizes");
    expect(fitRuntime(one, { outputTime: "chosen" }).outputTime).toEqual({
      rule: "constant",
      baseS: expect.any(Number),
      perPromptTokenS: 0,
    });
  });
});

describe("intervals", () => {
  const noisy = clean.map((row, i) => ({ ...row, runtimeS: row.runtimeS + 0.004 * (((i * 5) % 7) - 3) }));

  test("they hold the estimate, do not fall below 0, and the seed settles them", () => {
    const known = bootstrapRuntime(noisy, { seed: 3 });
    for (const { seconds, interval } of known.promptTimes) {
      expect(interval[0]).toBeLessThanOrEqual(seconds);
      expect(interval[1]).toBeGreaterThanOrEqual(seconds);
      expect(interval[0]).toBeGreaterThanOrEqual(0);
    }
    const again = bootstrapRuntime(noisy, { seed: 3 });
    expect(again.secondsPerOutputToken).toEqual(known.secondsPerOutputToken);
    expect(bootstrapRuntime(noisy, { seed: 4 }).secondsPerOutputToken).not.toEqual(
      known.secondsPerOutputToken,
    );
    const request = { promptTokens: 1500, outputTokens: 200 };
    const [low, high] = runtimeInterval(known, request);
    const seconds = predictRuntime(known.model, request);
    expect(low).toBeLessThan(seconds);
    expect(high).toBeGreaterThan(seconds);
    const [narrowLow, narrowHigh] = runtimeInterval(known, request, { level: 0.5 });
    expect(narrowHigh - narrowLow).toBeLessThan(high - low);
  });

  test("the width of G is that of the closed form, within a tenth", () => {
    // One prompt size, fitted: G is the slope of a line, whose standard error least squares knows.
    const rows = Array.from({ length: 60 }, (_, i) => ({
      promptTokens: 8,
      outputTokens: i + 1,
      runtimeS: 1 + 0.05 * i + 0.02 * Math.sin(37 * i),
    }));
    const known = bootstrapRuntime(rows, { promptTimes: "fitted", replicates: 2000 });
    const xs = rows.map((_, i) => i);
    const mean = 29.5;
    const sxx = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    const { secondsPerOutputToken: slope, promptTimes } = known.model;
    const squares = rows.reduce(
      (sum, row, i) => sum + (row.runtimeS - promptTimes[0]!.seconds - slope * i) ** 2,
      0,
    );
    const error = Math.sqrt(squares / 58 / sxx);
    const [low, high] = known.secondsPerOutputToken;
    expect((high - low) / (2 * 2.0017 * error)).toBeGreaterThan(0.9);
    expect((high - low) / (2 * 2.0017 * error)).toBeLessThan(1.1);
  });

  test("no row to spare, and arguments outside their domain are refused", () => {
    expect(() => bootstrapRuntime(clean.slice(0, 2))).toThrow(
      "a row more than unknowns: 2 rows for 1 prompt sizes",
    );
    expect(() => bootstrapRuntime(noisy, { replicates: 3 })).toThrow(
      "replicates must be a whole number >= 20",
    );
    expect(() => bootstrapRuntime(noisy, { level: 1 })).toThrow("level must be between 0 and 1");
    expect(() => bootstrapRuntime(noisy, { seed: 0.5 })).toThrow("seed must be a whole number");
  });
});
