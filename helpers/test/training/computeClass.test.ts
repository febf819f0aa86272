import fc from "fast-check";
import { computeClass, lineCrossing } from "isoflop";
import { languiniBestConfigs, languiniThroughput, matmulFreeLines } from "isoflop-datasets";
import { expect, test } from "vitest";
import { expectReference } from "./reference.ts";

test("tokens of all ten Languini classes equal steps times batch", () => {
  for (const row of languiniBestConfigs()) {
    const { nTokens, steps } = computeClass({ ...row, batchTokens: row.batchSequences * row.seqLen });
    expect(nTokens / (row.steps * row.batchSequences * row.seqLen)).toBeCloseTo(1, 4);
    expect(steps! / row.steps).toBeCloseTo(1, 4);
  }
});

test("the throughput behind each class is the best measured one of its configuration on an RTX 3090", () => {
  for (const row of languiniBestConfigs()) {
    const measured = languiniThroughput().filter(
      (run) =>
        run.model === row.model && run.config === row.config && run.device === "NVIDIA GeForce RTX 3090",
    );
    expect(measured.map((run) => run.tokensPerSecond)).toContain(row.tokensPerSecond);
  }
});

test("the lines of MatMul-free and Transformer++ cross near 7.5e22 FLOPs, where .03 nats move it tenfold or less", () => {
  const [free, transformer] = matmulFreeLines();
  const crossing = lineCrossing(free!, transformer!, 0.03);
  expectReference("matmulfree", { crossing_flops: crossing.flops });
  expect(crossing.factorForError).toBeCloseTo(2.318, 3);
});

test("at the crossing both lines have the same loss, and shifting one by the error moves it by the factor", () => {
  const slope = fc.double({ min: -1, max: -0.01, noNaN: true });
  const intercept = fc.double({ min: 1, max: 12, noNaN: true });
  fc.assert(
    fc.property(slope, slope, intercept, intercept, (s1, s2, i1, i2) => {
      fc.pre(Math.abs(s1 - s2) > 0.05);
      const crossing = lineCrossing({ slope: s1, intercept: i1 }, { slope: s2, intercept: i2 }, 0.01);
      fc.pre(Math.abs(Math.log10(crossing.flops)) < 100);
      expect(i2 + s2 * Math.log10(crossing.flops)).toBeCloseTo(crossing.loss, 6);
      const moved = lineCrossing({ slope: s1, intercept: i1 + 0.01 }, { slope: s2, intercept: i2 });
      expect(Math.abs(Math.log10(moved.flops / crossing.flops))).toBeCloseTo(
        Math.log10(crossing.factorForError),
        6,
      );
    }),
    { seed: 11 },
  );
  expect(() => lineCrossing({ slope: -1, intercept: 1 }, { slope: -1, intercept: 2 })).toThrow(
    "do not cross",
  );
});
