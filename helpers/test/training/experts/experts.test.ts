import {
  besiroglu2024,
  clark2022Hash,
  clark2022RlR,
  clark2022SBase,
  clarkFlooredRefit,
  clarkFlooredReplicates,
  clarkRefit,
  clarkReplicates,
  countParams,
  effectiveParameterCount,
  fit,
  flooredRoutedLaw,
  forwardFlops,
  type Law,
  moeFlopsPerToken,
  moeLoss,
  moeParams,
  moeShape,
  routedCutoff,
  routedLaw,
  routedOnDense,
  squared,
  weightBytes,
} from "isoflop";
import { clarkRoutedFinal } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const published = [clark2022SBase, clark2022RlR, clark2022Hash, clarkRefit];

describe("effectiveParameterCount", () => {
  test("one expert gives the model's own parameters", () => {
    for (const law of published) {
      const { effective, gain } = effectiveParameterCount({ nParams: 370e6, experts: 1, law });
      expect(effective / 370e6).toBeCloseTo(1, 12);
      expect(gain).toBeCloseTo(1, 12);
    }
  });

  test("the dense model of that size has the loss of the routed one", () => {
    for (const law of [...published, clarkFlooredRefit]) {
      for (const experts of [2, 64, 512]) {
        const model = { nParams: 370e6, experts };
        const { effective } = effectiveParameterCount({ ...model, law });
        expect(law.predict({ nParams: effective, experts: 1 })).toBeCloseTo(law.predict(model), 10);
      }
    }
  });

  test("at the cutoff more experts change nothing, and beyond it the notes say that they harm", () => {
    for (const law of published) {
      const nParams = routedCutoff(law);
      const [few, many] = [2, 512].map((experts) => law.predict({ nParams, experts }));
      expect(few! / many!).toBeCloseTo(1, 12);
      const beyond = effectiveParameterCount({ nParams: 2 * nParams, experts: 64, law });
      expect(beyond.gain).toBeLessThan(1);
      expect(beyond.notes.join("; ")).toContain("this law says that experts harm");
    }
  });

  test("a law whose slope in experts does not fall has no cutoff", () => {
    expect(routedCutoff({ parameters: { ...clarkRefit.parameters, c: -0.001 } })).toBe(Infinity);
  });

  test("is refused beyond 512 experts and away from 130e9 tokens, unless it is to extrapolate", () => {
    const question = { nParams: 1e9, experts: 64, law: clarkRefit };
    expect(effectiveParameterCount({ ...question, nTokens: 131e9 }).notes).toEqual([]);
    expect(() => effectiveParameterCount({ ...question, experts: 1024 })).toThrow(
      "experts must be at most 512, the most in the runs of this law, got 1024; set extrapolate",
    );
    expect(() => effectiveParameterCount({ ...question, nTokens: 1e12 })).toThrow(
      "nTokens must be about 130e9",
    );
    const { notes } = effectiveParameterCount({ ...question, nTokens: 1e12, extrapolate: true });
    expect(notes).toEqual(["nTokens 1T: every run of the law saw 130B, and it has no term for data"]);
    expect(effectiveParameterCount({ ...question, nParams: 70e9 }).notes[0]).toContain(
      "times above the fitted range",
    );
    expect(() => effectiveParameterCount({ ...question, experts: 0.5 })).toThrow("experts must be >= 1");
    expect(() => effectiveParameterCount({ ...question, nParams: 0 })).toThrow(
      "nParams must be a number > 0",
    );
  });
});

describe("counts of a mixture", () => {
  test("are Krajewski's: 12 d² n active, d² (8 E + 4) n in all, 6 of each active one and 14 d E G n for routing", () => {
    const [d, n, E, G] = [1024, 16, 64, 8];
    const geometry = { dModel: d, nLayers: n, experts: E, granularity: G };
    const { active, total, router } = moeParams(geometry);
    expect(active).toBe(12 * d * d * n);
    expect(total).toBe(d * d * (8 * E + 4) * n);
    expect(router).toBe(d * E * G * n);
    expect(moeFlopsPerToken(geometry).training).toBe((12 * d * d * 6 + d * E * G * 14) * n);
    expect(moeFlopsPerToken(geometry, { routing: 0 }).training).toBe(6 * active);
  });

  test("one expert is a dense model without a router, whatever its granularity", () => {
    const dense = moeParams({ dModel: 512, nLayers: 8, experts: 1, granularity: 4 });
    expect(dense).toEqual({ active: 12 * 512 ** 2 * 8, total: 12 * 512 ** 2 * 8, router: 0 });
  });

  test("what experts add to Clark's 25M model comes out within a thousandth of the authors' counts", () => {
    const runs = clarkRoutedFinal().filter(
      ({ nParams, routedShare, topK, experts, router }) =>
        nParams === 27_279_360 && routedShare === 0.5 && topK === 1 && experts > 1 && router === "S-Base",
    );
    expect(runs.length).toBeGreaterThan(5);
    for (const { experts, nParams, nParamsTotal } of runs) {
      const { active, total } = moeParams({ dModel: 512, nLayers: 8, experts, routedShare: 0.5 });
      expect((total - active) / (nParamsTotal - nParams)).toBeCloseTo(1, 2.7);
    }
  });

  test("shared experts and more experts a token are active too, at the width of one expert", () => {
    const base = { dModel: 1024, nLayers: 8, experts: 8, granularity: 4 };
    const plain = moeParams(base);
    const more = moeParams({ ...base, expertsPerToken: 6, sharedExperts: 1 });
    const oneExpert = (8 * 1024 ** 2) / 4;
    expect(more.active - plain.active).toBe(3 * oneExpert * 8);
    expect(more.total - plain.total).toBe(oneExpert * 8);
  });

  test("the cost helpers count the same, and their forward pass is two FLOPs an active weight", () => {
    for (const extra of [
      {},
      { gated: true },
      { sharedExperts: 2 },
      { routedShare: 0.5 },
      { expertsPerToken: 2 },
    ]) {
      const geometry = { dModel: 1024, nLayers: 16, experts: 16, granularity: 4, ...extra };
      const shape = moeShape(geometry);
      const { active, total, router } = moeParams(geometry);
      const count = countParams(shape);
      expect(count.attention + count.feedForward).toBe(total + router);
      expect(count.attention + count.activeFeedForward).toBe(active + router);
      expect(forwardFlops(shape, { newTokens: 1 }).weights).toBe(2 * (active + router));
      expect(weightBytes(shape) - 2 * (count.embedding + count.head + count.norms)).toBe(
        2 * (total + router),
      );
    }
  });

  test("hostile geometries are refused with the way out", () => {
    const geometry = { dModel: 1024, nLayers: 16, experts: 8 };
    expect(() => moeParams({ ...geometry, experts: 0 })).toThrow("experts must be >= 1");
    expect(() => moeParams({ ...geometry, dModel: Number.NaN })).toThrow("dModel must be a number > 0");
    expect(() => moeParams({ ...geometry, expertsPerToken: 9 })).toThrow("more experts than there are");
    expect(() => moeParams({ ...geometry, routedShare: 2 })).toThrow("routedShare must lie between 0 and 1");
    expect(() => moeParams({ ...geometry, granularty: 2 } as never)).toThrow("did you mean granularity?");
    expect(() => moeShape({ ...geometry, nLayers: 16.5 })).toThrow("nLayers must be a whole number");
    expect(() => moeShape({ ...geometry, granularity: 3 })).toThrow(
      "width of an expert must be a whole number",
    );
  });
});

test("laws that are none, and constants that are none, are refused with the way out", () => {
  const question = { nParams: 1e9, experts: 64 };
  const withConstant = (name: string, value: unknown) =>
    ({ parameters: { ...clarkRefit.parameters, [name]: value } }) as never;
  for (const name of ["a", "b", "c"]) {
    for (const bad of [Number.NaN, Infinity, undefined, "0.1", null]) {
      const law = withConstant(name, bad);
      const message = `${name} of the routed law must be a finite number, got ${bad}; give a fit`;
      expect(() => effectiveParameterCount({ ...question, law })).toThrow(message);
      expect(() => routedCutoff(law)).toThrow(message);
      expect(() => routedOnDense({ routed: law, dense: besiroglu2024 })).toThrow(message);
    }
  }
  expect(() => effectiveParameterCount({ ...question, law: withConstant("a", 0.1) })).toThrow(
    "by this law a larger dense model is no better",
  );
  for (const none of [null, undefined, 1, "law", {}]) {
    expect(() => routedCutoff(none as never)).toThrow("routedCutoff needs a routed law");
    expect(() => moeLoss(none as never)).toThrow("moeLoss needs a fit or published constants");
    expect(() => routedOnDense({ routed: clarkRefit, dense: none as never })).toThrow(
      "routedOnDense needs a fit",
    );
  }
});

test("a vocabulary and a head size that are no counts are refused", () => {
  const geometry = { dModel: 1024, nLayers: 16, experts: 8 };
  for (const bad of [Number.NaN, Infinity, -1, 0, 1.5, "64", null]) {
    expect(() => moeShape(geometry, { vocabSize: bad as never })).toThrow(
      "vocabSize must be a whole number >= 1",
    );
    expect(() => moeShape(geometry, { headSize: bad as never })).toThrow(
      "headSize must be a whole number >= 1",
    );
  }
  expect(() => moeParams({ ...geometry, routedShare: null as never })).toThrow(
    "routedShare must lie between",
  );
});

test("moeLoss refuses a law that reads what a model with experts does not have", () => {
  const law = { ...routedLaw, variables: [{ ...routedLaw.variables[0]!, name: "nSteps" }] } as unknown as Law;
  expect(() => moeLoss({ ...clarkRefit, law } as never)).toThrow("reads nSteps, which a model with experts");
});

describe("the tables of refits are what fits of the public runs give", () => {
  const runs = clarkRoutedFinal().filter(
    ({ topK, routedShare, seed, router }) =>
      topK === 1 && routedShare === 0.5 && seed === 42 && (router === "S-Base" || router === "Dense"),
  );
  test.each([
    ["clarkReplicates", routedLaw as Law, clarkRefit, clarkReplicates()],
    ["clarkFlooredReplicates", flooredRoutedLaw as Law, clarkFlooredRefit, clarkFlooredReplicates()],
  ] as const)("%s", async (_, law, refit, table) => {
    expect(table).toHaveLength(400);
    const found = fit(law, runs, { loss: squared() });
    const boot = await found.bootstrap({ resamples: 20, seed: 1, threads: 1 });
    for (const { name } of law.parameters) {
      const constants = refit.parameters as Record<string, number>;
      expect(found.parameters[name]! / constants[name]!, name).toBeCloseTo(1, 5);
      for (const [k, replicate] of table.slice(0, 20).entries()) {
        const drawn = replicate as Record<string, number>;
        const distance = Math.abs(drawn[name]! - boot.samples[name]![k]!);
        expect(distance, `${name} of row ${k}`).toBeLessThan(
          1e-4 * (Math.abs(constants[name]!) + Math.abs(drawn[name]!)),
        );
      }
    }
  });
});
