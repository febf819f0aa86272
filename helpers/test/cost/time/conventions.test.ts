import fc from "fast-check";
import {
  accelerators,
  forwardFlops,
  type ModelName,
  mfu,
  modelFlopsPerToken,
  modelShape,
  models,
  readTrainingRow,
  type TimedAccelerator,
} from "isoflop";
import { measuredTraining } from "isoflop-datasets";
import { expect, test } from "vitest";

const names = Object.keys(models) as ModelName[];
const a100: TimedAccelerator = { name: "A100-SXM-80GB", memoryBytesPerS: 2.039e12, peaks: { bf16: 312e12 } };

test("three forward passes, with attention over the pairs that are seen or over all", () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.integer({ min: 1, max: 100_000 }), (name, sequenceTokens) => {
      const shape = modelShape(name);
      for (const convention of ["causal", "full"] as const) {
        const pass = { newTokens: sequenceTokens, causal: convention === "causal" };
        const expected = (3 * forwardFlops(shape, pass).total) / sequenceTokens;
        const counted = modelFlopsPerToken(shape, { sequenceTokens, convention });
        expect(counted / expected).toBeCloseTo(1, 9);
      }
    }),
  );
});

test("Megatron's own formula of a GPT is the full convention", () => {
  const [L, h, s, V] = [96, 12288, 2048, 51200];
  const attention = { kind: "grouped", nHeads: 96, nKvHeads: 96, headSize: 128 } as const;
  const gpt = {
    nLayers: L,
    hiddenSize: h,
    vocabSize: V,
    tiedEmbeddings: true,
    attention,
    ffnSize: 4 * h,
    gated: false,
  };
  const formula = 72 * L * h * h * (1 + s / (6 * h) + V / (12 * h * L));
  expect(modelFlopsPerToken(gpt, { sequenceTokens: s, convention: "full" }) / formula).toBeCloseTo(1, 9);
});

test("frozen weights need no gradients of their own: Megatron-Bridge's formula of the frozen part of Llama 3 70B", () => {
  const [L, h, ffn, V, s] = [80, 8192, 28672, 128256, 4096];
  const frozen = L * h * h * (12 + (12 * 8) / 64 + (18 * ffn) / h + (6 * V) / (L * h));
  // Attention over the pairs that are seen; Megatron-Bridge takes the squares of the lengths of its packed sequences.
  const others = (L * h * h * 12 * s) / h / 2;
  const llama = modelShape("Llama-3-70B");
  const counted = { sequenceTokens: s, frozen: true };
  expect(modelFlopsPerToken(llama, counted) / ((frozen * 2) / 3 + others)).toBeCloseTo(1, 3);
  const params = 70e9;
  const all = modelFlopsPerToken(llama, { sequenceTokens: s, convention: "6nd", params });
  expect(modelFlopsPerToken(llama, { ...counted, convention: "6nd", params }) / all).toBeCloseTo(2 / 3, 12);
});

const rows = measuredTraining().map((row) => ({ ...row, n_devices: row.nDevices }));
const byMeasurement = new Map<string, Record<string, number>>();
for (const { measurement, quantity, value } of rows) {
  byMeasurement.set(measurement, { ...byMeasurement.get(measurement), [quantity]: value });
}

test("every MFU that llm-foundry prints follows from the tokens per second that it prints", () => {
  const foundry = rows.filter((row) => row.source === "llm-foundry" && row.quantity === "MFU");
  expect(foundry.length).toBe(108);
  for (const row of foundry) {
    const run = readTrainingRow(row);
    if ("why" in run) throw new Error(run.why);
    const tokensPerS = byMeasurement.get(row.measurement)!["throughput per device"]! + 0.5;
    const { model, params, sequenceTokens, format, convention } = run;
    // Composer takes half of 1979 TFLOP/s for the H100, which others round to 989.
    const { peaks } = run.accelerator;
    const accelerator = {
      ...run.accelerator,
      peaks: { ...peaks, bf16: peaks.fp8 ? peaks.fp8 / 2 : peaks.bf16! },
    };
    const ours = mfu({
      model,
      params: params!,
      sequenceTokens,
      convention,
      tokensPerS,
      devices: 1,
      accelerator,
      format,
    });
    // Tokens per second are cut to a whole number, MFU is rounded to .01 %.
    const rounding = 0.0051 + (100 * ours * 0.5) / tokensPerS;
    expect(Math.abs(100 * ours - row.value), row.measurement).toBeLessThan(rounding);
  }
});

test("Megatron-Bridge's TFLOP/s are those of the causal convention, but for what is named", () => {
  let counted = 0;
  for (const row of rows) {
    if (row.source !== "Megatron-Bridge" || row.quantity !== "throughput per device") continue;
    const run = readTrainingRow(row);
    const printed = byMeasurement.get(row.measurement)?.["model TFLOP/s per device"];
    if ("why" in run || printed === undefined || run.frozen) continue;
    const { modelKey, model, sequenceTokens, withPrediction } = run;
    const perToken = (printed * 1e12) / row.value;
    const ratio = perToken / modelFlopsPerToken(model, { sequenceTokens, withPrediction });
    // Until 26.04 the windows of gpt-oss were counted otherwise, and Nano's shared experts still are.
    if (modelKey === "gpt-oss-120b" && ratio < 0.9) continue;
    if (/nano|lightning/.test(modelKey)) continue;
    counted++;
    // Some releases round tokens per second to multiples of a power of two; others to whole numbers.
    const step = Math.min(1024, row.value & -row.value);
    expect(Math.abs(ratio - 1), `${row.measurement} ${modelKey}`).toBeLessThan(
      // Padding of the vocabulary, and routers that one counts and the other does not.
      0.0055 + 0.5 / printed + step / 2 / row.value,
    );
  }
  expect(counted).toBeGreaterThan(95);
});

test("70B parameters on 16 A100, 13.5 hours for 16.4 million tokens: 2.84 %", () => {
  const run = { params: 70e9, tokens: 16.4e6, hours: 13.5, devices: 16, accelerator: a100 };
  expect((100 * mfu(run)).toFixed(2)).toBe("2.84");
  const tokensPerS = 16.4e6 / (13.5 * 3600);
  expect(mfu({ params: 70e9, tokensPerS, devices: 16, accelerator: a100 })).toBeCloseTo(mfu(run), 12);
});

test.each([
  [{ devices: 0 }, /devices must be/],
  [{ devices: 1.5 }, /devices must be/],
  [{ tokens: -1 }, /tokens must be/],
  [{ hours: Number.NaN }, /hours must be/],
  [{ hours: undefined }, /give tokensPerS, or both/],
  [{ tokensPerS: 1 }, /not both/],
  [{ params: undefined }, /give a model/],
  [{ params: -7 }, /params must be/],
  [{ format: "fp8" }, /no fp8 peak/],
  [{ convention: "full" }, /needs a model/],
  [{ gpus: 8 }, /gpus/],
])("mfu refuses %j", (change, message) => {
  const run = { params: 70e9, tokens: 16.4e6, hours: 13.5, devices: 16, accelerator: a100 };
  expect(() => mfu({ ...run, ...change } as never)).toThrow(message);
});

test("lengths and conventions are checked", () => {
  const shape = modelShape("Llama-3-8B");
  expect(() => modelFlopsPerToken(shape, { sequenceTokens: 0 })).toThrow(/sequenceTokens must be/);
  expect(() => modelFlopsPerToken(shape, { sequenceTokens: 1, convention: "palm" as never })).toThrow(
    /convention/,
  );
  expect(() =>
    mfu({ model: shape, tokensPerS: 1, devices: 1, accelerator: accelerators["h100-sxm-80gb"] }),
  ).toThrow(/sequenceTokens is missing/);
});
