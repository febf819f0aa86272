import {
  allocateMoe,
  besiroglu2024,
  clark2022SBase,
  clarkRefit,
  jointMoeLaw,
  krajewski2024,
  krajewski2024Dense,
  type MoeLoss,
  type MoeModel,
  moeFlopsPerToken,
  moeLoss,
  moeParams,
  routedOnDense,
  sparsityLaw,
  withParameters,
} from "isoflop";
import { describe, expect, test } from "vitest";

const joint = withParameters(jointMoeLaw, {
  c: 1.4,
  a: 30,
  b: 40,
  alpha: 0.18,
  beta: 0.18,
  delta: 0.2,
  gamma: 0.01,
  omega: -0.3,
  zeta: -0.01,
  start: 2,
  max: 300,
});
const sparse = withParameters(sparsityLaw, {
  e: 1,
  a: 1e4,
  b: 5e3,
  c: 0.5,
  d: 10,
  alpha: 0.5,
  beta: 0.4,
  lambda: -0.2,
  delta: 0.1,
  gamma: 0.2,
});
const experts = [1, 2, 4, 8, 16, 64];
const granularity = [1, 4, 16];

interface Limits {
  readonly flops: number;
  readonly memoryBytes?: number;
  readonly servingFlopsPerToken?: number;
  readonly inferenceTokens?: number;
  readonly experts: readonly number[];
}

/** The least loss of a fine grid over sizes, of models that keep every limit by their own counts. */
function bruteForce(loss: MoeLoss, limits: Limits): { loss: number; model: MoeModel } {
  const { memoryBytes = Infinity, servingFlopsPerToken = Infinity, inferenceTokens = 0 } = limits;
  let best = { loss: Infinity, model: {} as MoeModel };
  for (const count of limits.experts) {
    for (const grain of count === 1 ? [1] : granularity) {
      for (let n = 1; n < 400; n *= 1.002) {
        const geometry = { dModel: 64 * n, nLayers: n, experts: count, granularity: grain };
        const { active, total, router } = moeParams(geometry);
        const { training, forward } = moeFlopsPerToken(geometry);
        if (2 * (total + router) > memoryBytes || forward > servingFlopsPerToken) continue;
        const nTokens = (limits.flops - forward * inferenceTokens) / training;
        if (nTokens < 1e6) continue;
        const model = {
          nParams: active,
          nParamsTotal: total,
          nTokens,
          experts: count,
          granularity: grain,
        };
        const found = loss(model);
        if (found < best.loss) best = { loss: found, model };
      }
    }
  }
  return best;
}

describe("the optimum equals brute force over size, tokens, experts and granularity", () => {
  const limits: [string, Omit<Limits, "experts">][] = [
    ["equal FLOPs", { flops: 1e21 }],
    ["equal memory", { flops: 1e21, memoryBytes: 8e9 }],
    ["equal cost of a served token", { flops: 1e21, servingFlopsPerToken: 1e9 }],
    ["equal FLOPs over a life", { flops: 1e22, inferenceTokens: 1e12 }],
    [
      "all limits at once",
      { flops: 1e22, inferenceTokens: 1e11, memoryBytes: 3e10, servingFlopsPerToken: 3e9 },
    ],
  ];
  const byExperts: MoeLoss = (model) =>
    model.experts === 1
      ? krajewski2024Dense.predict(model)
      : krajewski2024.predict({ ...model, nParams: model.nParamsTotal });
  const laws: [string, Parameters<typeof allocateMoe>[0]["law"], MoeLoss, readonly number[]][] = [
    ["jointMoeLaw", joint, moeLoss(joint), experts],
    ["sparsityLaw", sparse, moeLoss(sparse), experts],
    ["fineGrainedLaw beside a dense law", byExperts, byExperts, [1, 64]],
  ];
  for (const [law, given, loss, candidates] of laws) {
    test.each(limits)(`${law}, %s`, (_, question) => {
      const { best } = allocateMoe({ ...question, law: given, experts: candidates, granularity });
      const brute = bruteForce(loss, { ...question, experts: candidates });
      expect(best.experts).toBe(brute.model.experts);
      expect(best.granularity).toBe(brute.model.granularity);
      expect(best.loss).toBeLessThanOrEqual(brute.loss * (1 + 1e-12));
      // At a limit the grid stops up to a step below it.
      expect(best.loss / brute.loss).toBeGreaterThan(best.limit === "none" ? 1 - 1e-5 : 1 - 1e-3);
      expect(loss(best)).toBe(best.loss);
      const {
        memoryBytes = Infinity,
        servingFlopsPerToken = Infinity,
        inferenceTokens = 0,
      } = question as Limits;
      expect(best.weightBytes).toBeLessThanOrEqual(memoryBytes * (1 + 1e-9));
      expect(best.servingFlopsPerToken).toBeLessThanOrEqual(servingFlopsPerToken * (1 + 1e-9));
      expect((best.trainingFlops + best.servingFlopsPerToken * inferenceTokens) / question.flops).toBeCloseTo(
        1,
        9,
      );
    });
  }
});

test("Clark's law spends the budget at 130e9 tokens, and the number of experts is all there is to choose", () => {
  const question = { flops: 1e21, law: clarkRefit, experts: [1, 8, 64, 512], geometry: { routedShare: 0.5 } };
  const { best, candidates, notes } = allocateMoe(question);
  expect(best.experts).toBe(512);
  expect(candidates).toHaveLength(4);
  for (const one of candidates) {
    expect(one.nTokens).toBe(130e9);
    expect(one.trainingFlops / 1e21).toBeCloseTo(1, 9);
    expect(one.loss).toBeCloseTo(clarkRefit.predict(one), 12);
  }
  expect(notes).toEqual(["routedLaw has no term for data: every candidate trains on the same tokens"]);
});

test("Clark's law is refused away from 130e9 tokens and beyond 512 experts, unless it is to extrapolate", () => {
  const question = { flops: 1e21, law: clark2022SBase, experts: [1, 64] };
  expect(() => allocateMoe({ ...question, nTokens: 1e12 })).toThrow("nTokens must be about 130e9");
  expect(() => allocateMoe({ ...question, experts: [1024] })).toThrow("experts must be at most 512");
  const { notes } = allocateMoe({ ...question, experts: [1024], nTokens: 1e11, extrapolate: true });
  expect(notes.join("; ")).toContain("experts 1.02K is 2 times above the fitted range 1 to 512");
  expect(notes.join("; ")).toContain("nTokens 100B: every run of the law saw 130B");
});

test("a dense law at effective parameters gives the dense optimum for one expert, and a lower loss for more", () => {
  const law = routedOnDense({ routed: clarkRefit, dense: besiroglu2024 });
  const dense = allocateMoe({ flops: 1e21, law, experts: [1] }).best;
  expect(dense.loss).toBeCloseTo(allocateMoe({ flops: 1e21, law: besiroglu2024, experts: [1] }).best.loss, 9);
  expect(allocateMoe({ flops: 1e21, law, experts: [1, 64] }).best.experts).toBe(64);
});

test("what fits nowhere is named, and refused where nothing fits", () => {
  const question = { flops: 1e21, law: joint, experts: [1, 512], memoryBytes: 1e7 };
  expect(allocateMoe(question).notes).toEqual([
    "no model of one layer or more with 512 experts (granularity 1) fits the limits",
  ]);
  expect(() => allocateMoe({ ...question, experts: [512] })).toThrow("raise flops, memoryBytes");
});

test("hostile questions are refused with the way out", () => {
  const question = { flops: 1e21, law: joint, experts: [1, 8] };
  expect(() => allocateMoe({ ...question, flops: -1 })).toThrow("flops must be a number > 0");
  expect(() => allocateMoe({ ...question, experts: [] })).toThrow("experts must be a list of candidates");
  expect(() => allocateMoe({ ...question, experts: [0.5] })).toThrow("experts must be >= 1");
  expect(() => allocateMoe({ ...question, granularity: [0] })).toThrow("granularity must be >= 1");
  expect(() => allocateMoe({ ...question, memoryBytes: Number.NaN })).toThrow("memoryBytes must be");
  expect(() => allocateMoe({ ...question, law: krajewski2024 })).toThrow(
    "hold for one number of experts, got 1, 8",
  );
  expect(() => allocateMoe({ ...question, law: besiroglu2024 })).toThrow(
    "one number of experts, 1, got 1, 8",
  );
  expect(() => allocateMoe({ ...question, law: jointMoeLaw as never })).toThrow("law without constants");
  for (const none of [Number.NaN, Infinity]) {
    expect(() => allocateMoe({ ...question, law: () => none })).toThrow(
      `the law gives no loss (${none}) for`,
    );
  }
  expect(() => allocateMoe({ ...question, expert: [1] } as never)).toThrow("did you mean experts?");
});
