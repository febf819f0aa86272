import { exp } from "../../numerics/exp.ts";
import { linearInTerms, sizeAndDataExponents, sizeAndDataTerms } from "../chinchilla/sizeAndData.ts";
import type { Law } from "../definition/Law.ts";
import { anySign, linearParameter, logParameter } from "../definition/parameters.ts";
import { nParams, nTokens, positive, tokenLoss } from "../definition/variables.ts";
import { linex } from "./linex.ts";
import { valleyStarts } from "./valleyStarts.ts";

/** Where `rate` and `batch` are what they are: the middle of the public sweeps' upper half. */
export const valleyReference = Object.freeze({ nParams: 1e9, nTokens: 1e11 });
const logReference = [Math.log(valleyReference.nParams), Math.log(valleyReference.nTokens)] as const;

/** The constants of `rateBatchValley`. */
export type ValleyParameter =
  | "E"
  | "A"
  | "B"
  | "alpha"
  | "beta"
  | "rate"
  | "rateN"
  | "rateD"
  | "batch"
  | "batchN"
  | "batchD"
  | "coupling"
  | "rateCurvature"
  | "batchCurvature"
  | "skew";

/** What `rateBatchValley` reads. */
export type ValleyVariable = "nParams" | "nTokens" | "learningRate" | "batchTokens";

const byScale = (name: string, of: string) =>
  [
    linearParameter(`${name}N` as never, "1", `exponent of N in the best ${of}`, [-1.2, 0.6], anySign),
    linearParameter(`${name}D` as never, "1", `exponent of D in the best ${of}`, [-0.4, 1], anySign),
  ] as const;

/**
 * The loss over peak learning rate and batch size: a valley whose excess is a share of the reducible loss,
 *
 * `L = E + (A / N^alpha + B / D^beta) (1 + rateCurvature w(u) + batchCurvature v^2)`,
 * `v = ln(batch / batch*)`, `u = ln(learningRate / rate*) - coupling v`.
 *
 * The best settings move as power laws, `rate* = rate (N / 1e9)^rateN (D / 1e11)^rateD` and
 * `batch* = batch (N / 1e9)^batchN (D / 1e11)^batchD`. `coupling` says how the best rate follows a batch that is off its
 * optimum (.5: with its square root). `w(u)` is `u^2` for `skew = 0`; with `skew > 0` it climbs faster towards large
 * rates, where runs diverge: `w = 2 (e^(skew u) - 1 - skew u) / skew^2`.
 *
 * Rates and batches of one optimiser and schedule only. N counts parameters without embeddings where its runs do.
 *
 * Source: isoflop; the valley and its power laws after Li et al. 2025 (arXiv:2503.04715), section 4.
 *
 * @example
 * import { rateBatchValley, withParameters } from "isoflop";
 * const law = withParameters(rateBatchValley, {
 *   E: 1.5, A: 150, B: 200, alpha: 0.28, beta: 0.27, rate: 1.2e-3, rateN: -0.6, rateD: 0.2, batch: 9e5, batchN: 0,
 *   batchD: 0.57, coupling: 0.35, rateCurvature: 0.02, batchCurvature: 0.015, skew: 0.5,
 * });
 * const best = law.predict({ nParams: 1e9, nTokens: 1e11, learningRate: 1.2e-3, batchTokens: 9e5 });
 * const twice = law.predict({ nParams: 1e9, nTokens: 1e11, learningRate: 2.4e-3, batchTokens: 9e5 });
 * twice / best - 1; // => 0.003332
 */
export const rateBatchValley: Law<ValleyVariable, ValleyParameter, "loss"> = {
  name: "rateBatchValley",
  tex: "L = E + \\left(\\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}}\\right)\\left(1 + a\\, w(u) + b\\, v^2\\right),\\; v = \\ln\\frac{b}{b^*},\\; u = \\ln\\frac{\\eta}{\\eta^*} - m v",
  source: "isoflop, after Li et al. 2025 (arXiv:2503.04715), section 4",
  specification: { kind: "rateBatchValley", arguments: [] },
  response: tokenLoss,
  variables: [
    nParams,
    nTokens,
    positive("learningRate", "1", "peak learning rate"),
    positive("batchTokens", "tokens", "tokens of one optimizer step"),
  ],
  parameters: [
    ...sizeAndDataTerms,
    ...sizeAndDataExponents,
    logParameter("rate", "1", "best learning rate at 1e9 parameters and 1e11 tokens", [1e-4, 1e-2]),
    ...byScale("rate", "learning rate"),
    logParameter("batch", "tokens", "best batch at 1e9 parameters and 1e11 tokens", [1e5, 1e7]),
    ...byScale("batch", "batch"),
    linearParameter("coupling", "1", "exponent of the batch in the best learning rate", [0, 1], anySign),
    logParameter("rateCurvature", "1", "share of reducible loss lost at a rate e times off", [1e-3, 0.3]),
    logParameter("batchCurvature", "1", "the same of the batch, the rate being the best for it", [1e-3, 0.3]),
    linearParameter("skew", "1", "how much steeper large rates are than small ones", [0, 1], anySign),
  ],
  linear: linearInTerms.slice(0, 1),
  starts: valleyStarts,
  startsSuffice: true,

  evaluate(theta, x, n, value, jacobian) {
    const [logN, logD, logRate, logBatch] = x as [Float64Array, Float64Array, Float64Array, Float64Array];
    const [E, A, B, alpha, beta, rate, rateN, rateD] = theta as unknown as number[];
    const [batch, batchN, batchD, coupling, steep, deep, skew] = theta.subarray(8) as unknown as number[];
    const logRate0 = Math.log(rate!);
    const logBatch0 = Math.log(batch!);
    const wall = new Float64Array(3);
    for (let i = 0, at = 0; i < n; i++, at += 15) {
      const s = exp(-alpha! * logN[i]!);
      const t = exp(-beta! * logD[i]!);
      const size = logN[i]! - logReference[0];
      const data = logD[i]! - logReference[1];
      const v = logBatch[i]! - logBatch0 - batchN! * size - batchD! * data;
      const u = logRate[i]! - logRate0 - rateN! * size - rateD! * data - coupling! * v;
      linex(u, skew!, wall);
      const share = 1 + steep! * wall[0]! + deep! * v * v;
      const reducible = A! * s + B! * t;
      // How the loss moves with u, and with v by its own term and through u.
      const byU = reducible * steep! * wall[1]!;
      const byV = 2 * reducible * deep! * v - coupling! * byU;
      value[i] = E! + reducible * share;
      jacobian[at] = 1;
      jacobian[at + 1] = s * share;
      jacobian[at + 2] = t * share;
      jacobian[at + 3] = -A! * s * logN[i]! * share;
      jacobian[at + 4] = -B! * t * logD[i]! * share;
      jacobian[at + 5] = -byU / rate!;
      jacobian[at + 6] = -byU * size;
      jacobian[at + 7] = -byU * data;
      jacobian[at + 8] = -byV / batch!;
      jacobian[at + 9] = -byV * size;
      jacobian[at + 10] = -byV * data;
      jacobian[at + 11] = -byU * v;
      jacobian[at + 12] = reducible * wall[0]!;
      jacobian[at + 13] = reducible * v * v;
      jacobian[at + 14] = reducible * steep! * wall[2]!;
    }
  },
};
