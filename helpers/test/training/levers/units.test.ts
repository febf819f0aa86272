import {
  busbridge2025Supervised,
  coupledChinchilla,
  farseerForm,
  fit,
  kaplanJoint,
  kumar2024,
  type Law,
  precisionLoss,
  squared,
  withParameters,
} from "isoflop";
import { expect, test } from "vitest";

type AnyLaw = Law<string, string, "loss">;
const { E, A, B, alpha, weights } = kumar2024;
const laws: Record<string, readonly [AnyLaw, Readonly<Record<string, number>>]> = {
  kaplanJoint: [kaplanJoint as AnyLaw, { E: 1.5, A: 6.8e7, B: 9.3e8, alpha: 0.41, beta: 0.45 }],
  coupledChinchilla: [coupledChinchilla as AnyLaw, busbridge2025Supervised.parameters],
  precisionLoss: [precisionLoss as AnyLaw, { E, A, B, alpha, beta: alpha, ...weights }],
  farseerForm: [
    farseerForm as AnyLaw,
    { E: 1.7, A: 400, alpha: 0.34, B: 400, beta: 0.28, eta: 0.1, delta: 0.05 },
  ],
};

const rowsOf = (law: AnyLaw, parameters: Readonly<Record<string, number>>) => {
  const truth = withParameters(law, parameters);
  return [1e8, 3e8, 1e9, 3e9].flatMap((nParams, i) =>
    [3e9, 1e10, 3e10, 1e11].flatMap((nTokens, j) =>
      [3, 5, 16].map((bits, k) => ({
        nParams,
        nTokens,
        bits,
        loss: truth.predict({ nParams, nTokens, bits }) * (1 + 1e-3 * Math.sin(5 * i + 3 * j + 2 * k)),
      })),
    ),
  );
};

function refitted(name: string, unit: { nParams: number; nTokens: number }) {
  const [law, parameters] = laws[name]!;
  const rows = rowsOf(law, parameters);
  const counted = rows.map((row) => ({
    ...row,
    nParams: row.nParams / unit.nParams,
    nTokens: row.nTokens / unit.nTokens,
  }));
  const [plain, scaled] = [rows, counted].map((given) => fit(law, given, { loss: squared() }));
  return Math.max(...rows.map((row, i) => Math.abs(scaled!.predict(counted[i]!) / plain!.predict(row) - 1)));
}

test.each(["kaplanJoint", "coupledChinchilla", "precisionLoss"])(
  "%s fitted to sizes in millions and tokens in billions predicts the same",
  (name) => {
    expect(refitted(name, { nParams: 1e6, nTokens: 1e9 })).toBeLessThan(2e-6);
  },
);

test("farseerForm predicts the same for sizes in millions", () => {
  expect(refitted("farseerForm", { nParams: 1e6, nTokens: 1 })).toBeLessThan(2e-6);
});

test("farseerForm is another law for tokens in billions, as its text says", () => {
  expect(refitted("farseerForm", { nParams: 1, nTokens: 1e9 })).toBeGreaterThan(1e-5);
});
