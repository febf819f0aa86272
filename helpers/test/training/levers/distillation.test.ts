import {
  bestTeacher,
  busbridge2025,
  busbridge2025Supervised,
  chinchilla,
  computeOptimal,
  coupledChinchilla,
  distillationFlops,
  distilledLoss,
  kaplanJoint,
  kaplanParamsTokens,
  predict,
  withParameters,
} from "isoflop";
import { expect, test } from "vitest";

const run = { nParams: 1e9, nTokens: 20e9 };

test("a student without limit comes to its teacher's loss", () => {
  expect(distilledLoss({ nParams: 1e30, nTokens: 1e30, teacherLoss: 2.2 })).toBeCloseTo(2.2, 8);
});

test("where the teacher is d1 times the loss of the student alone the gap's factor is 2^(-c1 f1)", () => {
  const { c0, c1, d1, f1, A, B, alpha, beta, gamma } = busbridge2025;
  const teacherLoss = d1 * busbridge2025Supervised.predict(run);
  const terms = (A / run.nParams ** alpha + B / run.nTokens ** beta) ** gamma;
  const expected = teacherLoss + teacherLoss ** -c0 * 2 ** (-c1 * f1) * terms;
  expect(distilledLoss({ ...run, teacherLoss })).toBeCloseTo(expected, 14);
});

test("a teacher from the best to the worst that can be thought of gives a finite loss", () => {
  for (const teacherLoss of [1e-3, 0.5, 2, 10, 1e3, 1e8]) {
    expect(distilledLoss({ ...run, teacherLoss })).toBeGreaterThan(teacherLoss * (1 - 1e-12));
    expect(distilledLoss({ ...run, teacherLoss })).toBeLessThan(Infinity);
  }
});

test("the best teacher is the one of a scan", () => {
  const { teacherLoss, loss } = bestTeacher(run);
  expect(distilledLoss({ ...run, teacherLoss })).toBeCloseTo(loss, 14);
  for (let other = 1.3; other < 4; other += 0.01) {
    expect(loss).toBeLessThanOrEqual(distilledLoss({ ...run, teacherLoss: other }));
  }
});

test("a large student of few tokens gets the best teacher of a scan, and none is better than the law's floor", () => {
  const student = { nParams: 1e12, nTokens: 1e6 };
  const { loss } = bestTeacher(student);
  for (let other = 1.23; other < 14; other += 0.01) {
    expect(loss).toBeLessThanOrEqual(distilledLoss({ ...student, teacherLoss: other }));
  }
  expect(bestTeacher({ nParams: 1e15, nTokens: 1e15 }).teacherLoss).toBeCloseTo(1.22, 6);
});

test("FLOPs: without a teacher's costs those of the student alone, and each share adds its own", () => {
  const given = { studentForward: 2e9, teacherForward: 6e9, studentTokens: 20e9, teacherTokens: 60e9 };
  expect(distillationFlops({ ...given, logits: 0, pretrain: 0 })).toBe(3 * 2e9 * 20e9);
  const withLogits = distillationFlops({ ...given, logits: 1, pretrain: 0 });
  expect(withLogits - 3 * 2e9 * 20e9).toBe(6e9 * 20e9);
  expect(distillationFlops({ ...given, logits: 1, pretrain: 1 }) - withLogits).toBe(3 * 6e9 * 60e9);
});

test("the coupled form is Chinchilla's at power 1, and Kaplan's joint form where the data's exponent is 1", () => {
  const parameters = { E: 1.7, A: 400, B: 410, alpha: 0.34, beta: 0.28 };
  expect(predict(coupledChinchilla, { ...parameters, gamma: 1 }, run)).toBeCloseTo(
    predict(chinchilla, parameters, run),
    13,
  );
  const joint = predict(kaplanJoint, { E: 1.5, A: 7e7, B: 1e9, alpha: 0.42, beta: 0.46 }, run);
  const inner = { A: 7e7 ** (0.42 / 0.46), B: 1e9, alpha: 0.42 / 0.46, beta: 1, gamma: 0.46 };
  expect(predict(coupledChinchilla, { E: 1.5, ...inner }, run)).toBeCloseTo(joint, 12);
});

test("without its floor Kaplan's joint form is Kaplan's", () => {
  const joint = predict(kaplanJoint, { E: 0, A: 6.4e13, B: 1.8e13, alpha: 0.076, beta: 0.103 }, run);
  const kaplan = predict(kaplanParamsTokens, { Nc: 6.4e13, Dc: 1.8e13, alphaN: 0.076, alphaD: 0.103 }, run);
  expect(joint).toBeCloseTo(kaplan, 12);
});

test("the coupled form's closed optimum is the one of its neighbours, whatever the power", () => {
  for (const gamma of [0.45, 1]) {
    const law = withParameters(coupledChinchilla, { ...busbridge2025Supervised.parameters, gamma });
    const { nParams } = computeOptimal(law, { flops: 1e22 });
    const at = (N: number) => law.predict({ nParams: N, nTokens: 1e22 / 6 / N });
    for (const factor of [0.98, 1.02]) expect(at(nParams)).toBeLessThan(at(nParams * factor));
  }
});

test("what is no loss, size or share is refused", () => {
  expect(() => distilledLoss({ ...run, teacherLoss: -1 })).toThrow(
    "teacherLoss must be a number > 0, got -1",
  );
  expect(() => distilledLoss({ ...run, nParams: 0, teacherLoss: 2 })).toThrow("nParams must be > 0");
  expect(() => bestTeacher({ nParams: 1e9, nTokens: Number.NaN })).toThrow("nTokens");
  const given = { studentForward: 2e9, teacherForward: 6e9, studentTokens: 20e9, teacherTokens: 60e9 };
  expect(() => distillationFlops({ ...given, logits: -1, pretrain: 0 })).toThrow(
    "logits must be a finite number >= 0",
  );
  expect(() => distillationFlops({ ...given, logits: 1, pretraining: 1 } as never)).toThrow("pretrain");
});
