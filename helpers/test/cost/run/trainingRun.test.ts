import fc from "fast-check";
import {
  accelerators,
  batchedScaling,
  countParams,
  findAccelerator,
  impliedMfu,
  modelShape,
  type Ranged,
  scalingExponent,
  type TrainingRunQuestion,
  trainingFlops,
  trainingRun,
} from "isoflop";
import { measuredTraining } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { Random } from "../../../src/numerics/random/Random.ts";

const middleOf = (given: Ranged) =>
  typeof given === "number" ? given : "value" in given ? given.value : Math.sqrt(given[0] * given[1]);

const base = { flops: 1e24, accelerator: "h100-sxm", gpus: 1000, mfu: 0.4, goodput: 0.9 } as const;

describe("a training run", () => {
  test("has the hours, energy, carbon and money of the closed forms", () => {
    const run = trainingRun({ ...base, usdPerHour: 2, powerShare: 0.8, pue: 1.1, carbonIntensity: 0.4 });
    const deviceHours = 1e24 / (989e12 * 0.4 * 0.9 * 3600);
    expect(run.deviceHours.value).toBeCloseTo(deviceHours, 3);
    expect(run.hours.value).toBeCloseTo(deviceHours / 1000, 6);
    expect(run.days.value).toBeCloseTo(deviceHours / 24000, 6);
    expect(run.energy!.value).toBeCloseTo(deviceHours * 700e-6 * 0.8 * 1.1, 6);
    expect(run.carbon!.value).toBeCloseTo(run.energy!.value * 0.4, 6);
    expect(run.usd!.value).toBeCloseTo(2 * deviceHours, 3);
    expect(run.usd!.interval[0]).toBeCloseTo(run.usd!.interval[1], 3);
  });

  test("says what it took where nothing was given, and has no carbon without an intensity", () => {
    const { accelerator, gpus, mfu } = base;
    const run = trainingRun({ params: 7e9, tokens: 1e12, accelerator, gpus, mfu });
    expect(run.carbon).toBeUndefined();
    const said = run.assumptions.join("\n");
    for (const word of [
      "goodput 85 to 97 %",
      "6 FLOPs a parameter",
      "on 2026-11-09",
      "boards alone",
      "all of their power",
    ]) {
      expect(said).toContain(word);
    }
  });

  test("without a known power or price has no energy or money, and says so", () => {
    const run = trainingRun({ ...base, accelerator: "tpu-v4" });
    expect([run.energy, run.usd]).toEqual([undefined, undefined]);
    expect(run.assumptions.join("\n")).toMatch(/no price of TPU-v4.*\n.*power of TPU-v4 is not known/);
    const own = { name: "own", memoryBytes: 1, memoryBytesPerS: 1, peakFlopsPerS: { 16: 1e15 } };
    expect(trainingRun({ ...base, accelerator: own, boardWatts: 500 }).energy!.value).toBeGreaterThan(0);
  });

  const ranged = fc
    .tuple(fc.double({ min: 0.2, max: 0.9, noNaN: true }), fc.double({ min: 1, max: 1.1, noNaN: true }))
    .map(([low, ratio]): Ranged => [low, low * ratio]);

  test("a wider input never narrows a result, and the result lies in its interval", () => {
    fc.assert(
      fc.property(ranged, ranged, (mfu, goodput) => {
        const both = trainingRun({ ...base, mfu, goodput });
        const one = trainingRun({
          ...base,
          mfu,
          goodput: Math.sqrt((goodput as number[])[0]! * (goodput as number[])[1]!),
        });
        const width = ([low, high]: readonly [number, number]) => Math.log(high / low);
        expect(width(both.hours.interval)).toBeGreaterThanOrEqual(width(one.hours.interval) - 1e-12);
        expect(both.hours.interval[0]).toBeLessThanOrEqual(both.hours.value * (1 + 1e-12));
        expect(both.hours.interval[1]).toBeGreaterThanOrEqual(both.hours.value * (1 - 1e-12));
      }),
    );
  });

  test("a range of equal ends is a value", () => {
    expect(trainingRun({ ...base, mfu: [0.2, 0.2] }).hours).toEqual(trainingRun({ ...base, mfu: 0.2 }).hours);
  });

  test("one uncertain input passes its ends through, turned round where it divides", () => {
    const { hours } = trainingRun({ ...base, mfu: { value: 0.4, interval: [0.32, 0.5] } });
    expect(hours.interval[0]).toBeCloseTo((hours.value * 0.4) / 0.5, 9);
    expect(hours.interval[1]).toBeCloseTo((hours.value * 0.4) / 0.32, 9);
  });

  test("half-widths of logarithms add up in squares", () => {
    const { usd } = trainingRun({ ...base, mfu: [0.4 / 1.3, 0.4 * 1.3], usdPerHour: [2 / 1.4, 2 * 1.4] });
    expect(Math.log(usd!.interval[1] / usd!.value)).toBeCloseTo(Math.hypot(Math.log(1.3), Math.log(1.4)), 12);
  });

  // Shares of simulated products in the interval; z of 80 % is 1.2816.
  describe("simulated", () => {
    const random = new Random(7, 0);
    const draw = () => random.uniform();
    const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    const split = (low: number, value: number, high: number) => {
      const z = normal() / 1.2815515655446;
      return value * (z < 0 ? low / value : high / value) ** Math.abs(z);
    };
    const evenly = (low: number, high: number) => low * (high / low) ** draw();
    const held = (question: Partial<TrainingRunQuestion>, mfu: () => number, goodput: () => number) => {
      const { hours } = trainingRun({ ...base, ...question });
      const scale = hours.value * middleOf(question.mfu!) * middleOf(question.goodput!);
      let inside = 0;
      for (let i = 0; i < 40_000; i++) {
        const one = scale / (mfu() * goodput());
        if (one >= hours.interval[0] && one <= hours.interval[1]) inside++;
      }
      return inside / 40_000;
    };

    test("80 % intervals give one of 80 %", () => {
      const mfu = { value: 0.4, interval: [0.4 / 1.16, 0.4 * 1.16] } as const;
      const goodput = { value: 0.8, interval: [0.8 / 1.1, 0.8 * 1.1] } as const;
      const share = held(
        { mfu, goodput },
        () => split(0.4 / 1.16, 0.4, 0.4 * 1.16),
        () => split(0.8 / 1.1, 0.8, 0.8 * 1.1),
      );
      expect(Math.abs(share - 0.8)).toBeLessThan(0.01);
    });

    test("an 80 % interval with sides of 1 to 5 stays within 4 points", () => {
      const mfu = { value: 0.4, interval: [0.38, 0.4 * (0.4 / 0.38) ** 5] } as const;
      const goodput = { value: 0.7, interval: [0.7 / (0.4 / 0.38) ** 5, 0.7 * (0.4 / 0.38)] } as const;
      const share = held(
        { mfu, goodput },
        () => split(...([0.38, 0.4, mfu.interval[1]] as const)),
        () => split(...([goodput.interval[0], 0.7, goodput.interval[1]] as const)),
      );
      expect(share).toBeGreaterThan(0.78);
      expect(share).toBeLessThan(0.86);
    });

    test("ranges that hold everything give one that does not, but 91 %", () => {
      const share = held(
        { mfu: [0.35, 0.45], goodput: [0.7, 0.9] },
        () => evenly(0.35, 0.45),
        () => evenly(0.7, 0.9),
      );
      expect(Math.abs(share - 0.914)).toBeLessThan(0.01);
    });
  });

  test.each([
    [{ mfu: 40 }, "mfu must lie in (0, 1], got 40; divide percentages by 100"],
    [{ mfu: [0.5, 0.4] }, "mfu's range must hold its value"],
    [{ mfu: [0.5] }, "mfu must be a number with or without a range"],
    [{ mfu: "0.4" }, "mfu must be a number with or without a range"],
    [{ mfu: { value: 0.3, interval: [0.4, 0.5] } }, "mfu's range must hold its value"],
    [{ mfu: Number.NaN }, "mfu must lie in (0, 1], got NaN"],
    [{ gpus: 1.5 }, "gpus must be a whole number"],
    [{ gpus: -1 }, "gpus must be a whole number"],
    [{ flops: -1 }, "flops must be a finite number > 0"],
    [{ params: 1e9, tokens: 1e9 }, "give the compute once"],
    [{ flops: undefined }, "give the compute once"],
    [{ flops: undefined, params: 1e9 }, "tokens must be a number > 0"],
    [{ usdPerHour: 0 }, "usdPerHour must be a finite number > 0"],
    [{ carbonIntensity: -0.4 }, "carbonIntensity must lie in (0, 3], got -0.4"],
    [{ carbonIntensity: 400 }, "carbonIntensity must lie in (0, 3], got 400; give kilograms"],
    [{ pue: 0.9 }, "pue must be >= 1, got 0.9"],
    [{ accelerator: "h100" }, "ambiguous"],
    [{ accelerator: 5 }, "accelerator must be a name such as h100-sxm or a data sheet with name"],
    [{ accelerator: null }, "accelerator must be a name such as h100-sxm or a data sheet with name"],
    [{ accelerator: { name: "own" } }, "got an object with name; give one of accelerators"],
    [{ accelerator: { name: "own", peakFlopsPerS: { 16: "9e14" } } }, "the 16-bit peak of own must be"],
    [
      { accelerator: { name: "own", peaks: { bf16: -5 } } },
      "the bf16 peak of own must be a number > 0, got -5",
    ],
    [{ accelerator: "a100-sxm-80gb", format: "fp8" }, "has no fp8 peak"],
    [{ goodPut: 0.9 }, "did you mean goodput?"],
  ])("%j is refused", (change, message) => {
    expect(() => trainingRun({ ...base, ...change } as TrainingRunQuestion)).toThrow(message);
  });
});

describe("published runs", () => {
  const rows = measuredTraining();
  const hours = (model: string) => rows.find((row) => row.model === model && row.unit === "GPU h")!.value;
  const params = (name: Parameters<typeof modelShape>[0]) => countParams(modelShape(name)).active;

  test("70B parameters on 16 A100 for 13.5 hours and 16.4M tokens are an MFU of 2.84 %", () => {
    const mfu = impliedMfu({
      params: 70e9,
      tokens: 16.4e6,
      hours: 13.5,
      gpus: 16,
      accelerator: "a100-sxm-80gb",
    });
    expect((100 * mfu).toFixed(2)).toBe("2.84");
  });

  // 7.0M hours stand in the model card of Llama 3.1; 15.6T tokens in the paper, of the 405B model.
  test.each([
    ["Llama-3-8B", hours("Llama-3.1-8B"), 15e12, "h100-sxm", "13.9"],
    ["Llama-3-70B", 7.0e6, 15e12, "h100-sxm", "25.5"],
    ["Llama-3.1-405B", hours("Llama-3.1-405B"), 15.6e12, "h100-sxm", "34.6"],
    ["DeepSeek-V3", hours("DeepSeek-V3"), 14.8e12, "h800", "35.2"],
  ] as const)(
    "%s took %d device hours, an MFU of %s %%",
    (name, deviceHours, tokens, accelerator, percent) => {
      const mfu = impliedMfu({ params: params(name), tokens, hours: deviceHours, accelerator });
      expect((100 * mfu).toFixed(1)).toBe(percent);
    },
  );

  test("an MFU above the peak is refused: some figure is another's", () => {
    const few = { params: 70e9, tokens: 1e12, hours: 10, gpus: 8, accelerator: "h100-sxm" };
    expect(() => impliedMfu(few)).toThrow(
      /^the MFU must be at most 1 of the bf16 peak of H100-SXM-80GB, got .*; check hours, gpus/,
    );
  });

  test("an implied MFU, without downtime, gives the hours back", () => {
    const size = { params: params("Llama-3-70B"), tokens: 15e12 };
    const mfu = impliedMfu({ ...size, hours: 7e6, accelerator: "h100-sxm" });
    const run = trainingRun({ ...size, accelerator: "h100-sxm", gpus: 16000, mfu, goodput: 1 });
    expect(run.deviceHours.value).toBeCloseTo(7e6, 3);
  });
});

describe("FLOPs of a training", () => {
  test("attention adds 12 L d s a token, half of it by the causal convention", () => {
    const size = { params: 7e9, tokens: 1e12 };
    const attention = { nLayers: 32, width: 4096, context: 4096 };
    const plain = trainingFlops(size);
    const full = trainingFlops({ ...size, attention });
    expect(plain).toBe(6 * 7e9 * 1e12);
    expect((full - plain) / 1e12).toBeCloseTo(12 * 32 * 4096 * 4096, -3);
    expect(trainingFlops({ ...size, attention: { ...attention, convention: "causal" } })).toBeCloseTo(
      (plain + full) / 2,
      -12,
    );
    expect(() =>
      trainingFlops({ ...size, attention: { ...attention, convention: "half" as never } }),
    ).toThrow("convention must be full or causal");
    expect(() => trainingFlops({ ...size, attention: { ...attention, nLayers: 1.5 } })).toThrow(
      "nLayers must be a whole number",
    );
  });

  // The table's own MFU, so that a change of convention or of a peak would show.
  test("llm-foundry's MFU comes out of its tokens a second with attention in full", () => {
    const shapes: Record<string, readonly [nLayers: number, width: number]> = {
      "MPT-1b": [24, 2048],
      "MPT-3b": [32, 2560],
      "MPT-7b": [32, 4096],
      "MPT-13b": [40, 5120],
      "MPT-30b": [48, 7168],
    };
    const all = rowsByRun().filter(({ mfu, rate, row }) => mfu && rate && shapes[row.model]);
    expect(all.length).toBeGreaterThan(50);
    const off = all.map(({ mfu, rate, row }) => {
      const [nLayers, width] = shapes[row.model]!;
      const params = Number(/params (\d+)/.exec(row.notes!)![1]);
      const flops = trainingFlops({
        params,
        tokens: rate!,
        attention: { nLayers, width, context: row.isl! },
      });
      const sheet = findAccelerator(row.hardware);
      const peak = row.precision === "amp_fp8" ? sheet.peaks.fp8! : sheet.peaks.bf16!;
      return Math.abs((100 * flops) / peak / mfu! - 1);
    });
    expect(off.sort((a, b) => a - b)[Math.floor(off.length / 2)]).toBeLessThan(0.005);
  });

  const rowsByRun = () => {
    const rows = measuredTraining().filter(({ source }) => source === "llm-foundry");
    const keys = [...new Set(rows.map(({ measurement }) => measurement))];
    return keys.map((key) => {
      const own = rows.filter(({ measurement }) => measurement === key);
      const value = (what: string) => own.find(({ quantity }) => quantity === what)?.value;
      return { row: own[0]!, mfu: value("MFU"), rate: value("throughput per device") };
    });
  };
});

describe("scaling with accelerators", () => {
  test("an exact power law gives its exponent and scale back", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 1e4, noNaN: true }),
        (e, scale) => {
          const rows = [8, 64, 512].map((nDevices) => ({ nDevices, time: scale / nDevices ** e }));
          const found = scalingExponent(rows);
          expect(found.exponent).toBeCloseTo(e, 9);
          expect(found.scale / scale).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  test("a law with batches gives its exponents and each system's scale back, and the exponents of its two ends", () => {
    const row = (system: string, scale: number, nDevices: number, batch: number) => ({
      system,
      nDevices,
      batch,
      time: (scale / nDevices) * (nDevices / batch) ** 0.12 * batch ** 0.54,
    });
    const rows = [row("a", 200, 8, 8), row("a", 200, 64, 8), row("b", 90, 16, 8), row("b", 90, 512, 64)];
    const law = batchedScaling(rows);
    expect([law.split, law.batch]).toEqual([expect.closeTo(0.12, 9), expect.closeTo(0.54, 9)]);
    expect(law.scales).toEqual({ a: expect.closeTo(200, 6), b: expect.closeTo(90, 6) });
    for (const each of rows) expect(law.time(each) / each.time).toBeCloseTo(1, 9);
    const fixed = [8, 64].map((nDevices) => ({ nDevices, batch: 8 }));
    const grown = [8, 64].map((nDevices) => ({ nDevices, batch: nDevices }));
    expect(law.exponent(fixed)).toBeCloseTo(1 - 0.12, 9);
    expect(law.exponent(grown)).toBeCloseTo(1 - 0.54, 9);
    expect(() => law.time({ system: "c", nDevices: 8, batch: 8 })).toThrow(
      'no row is of the system "c"; there are a, b',
    );
    expect(() => batchedScaling(rows.filter(({ batch }) => batch === 8))).toThrow("leave an exponent open");
    expect(() => batchedScaling([{ ...rows[0]!, batch: 0 }])).toThrow(
      "batch must be a whole number >= 1, got 0 in row 1",
    );
  });

  test("what is no time or count is refused", () => {
    expect(() => scalingExponent([{ nDevices: 8, time: 0 }])).toThrow(
      "time must be a finite number > 0, got 0 in row 1",
    );
    expect(() => scalingExponent([{ nDevices: 8.5, time: 1 }])).toThrow("nDevices must be a whole number");
    expect(() =>
      scalingExponent([
        { nDevices: 8, time: 1 },
        { nDevices: 8, time: 2 },
      ]),
    ).toThrow("two numbers of accelerators");
  });
});

test("an H100's board power is the one that Meta counts", () => {
  expect(accelerators["h100-sxm-80gb"].boardWatts).toBe(700);
});
