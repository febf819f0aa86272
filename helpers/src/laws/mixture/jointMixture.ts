import { exp } from "../../numerics/exp.ts";
import { sizeAndDataExponents } from "../chinchilla/sizeAndData.ts";
import type { Law } from "../definition/Law.ts";
import { floor, linearParameter, logParameter } from "../definition/parameters.ts";
import { nParams, nTokens } from "../definition/variables.ts";
import { divisions, mixtureStarts } from "./mixtureStarts.ts";
import { ofSources } from "./ofSources.ts";

/** Exponents of the mixture that the search starts from: from one alone it may end elsewhere in other units of size and data. */
const bends = [1, 2];

/**
 * The joint mixing law: as the additive one, but the mixture also sets the sizes of the terms of parameters and data,
 * `L(N, D, h) = E + 1 / sum_i C_i h_i^gamma_i + A(h) / N^alpha + B(h) / D^beta` with `A(h) = (sum_i CA_i h_i)^gammaA` and
 * `B(h) = (sum_i CB_i h_i)^gammaB`.
 *
 * Losses in nats per token. The best mixture moves with size and tokens. No constants are given: the paper's were not read,
 * and its runs are not public. It has 5 + 4 k constants for k sources, more than most sets of runs determine.
 *
 * @param sources the fields of a run that are shares, two or more
 * @throws RangeError when there are fewer than two sources or one comes twice
 *
 * Source: Shukor et al. 2025 (arXiv 2507.09404), the joint law.
 *
 * @example
 * ```ts
 * import { jointMixture } from "isoflop";
 * jointMixture(["web", "code", "books"]).parameters.length; // => 17
 * ```
 */
export function jointMixture<Source extends string>(
  sources: readonly Source[],
): Law<
  Source | "nParams" | "nTokens",
  | "E"
  | "alpha"
  | "beta"
  | "gammaA"
  | "gammaB"
  | `C_${Source}`
  | `gamma_${Source}`
  | `CA_${Source}`
  | `CB_${Source}`,
  "loss"
> {
  const m = sources.length;
  const p = 5 + 4 * m;
  return {
    ...(ofSources("jointMixture", sources, [nParams, nTokens]) as unknown as ReturnType<typeof ofSources> & {
      variables: [];
    }),
    tex:
      "L(N, D, h) = E + \\frac{1}{\\sum_i C_i h_i^{\\gamma_i}} + \\frac{(\\sum_i C^A_i h_i)^{\\gamma_A}}{N^{\\alpha}} + " +
      "\\frac{(\\sum_i C^B_i h_i)^{\\gamma_B}}{D^{\\beta}}",
    source: "Shukor et al. 2025 (arXiv 2507.09404), the joint law",
    parameters: [
      floor("E", "nats per token"),
      ...sizeAndDataExponents,
      linearParameter("gammaA", "1", "exponent of the mixture in the term of parameters", [0.2, 3]),
      linearParameter("gammaB", "1", "exponent of the mixture in the term of data", [0.2, 3]),
      ...sources.map((source) =>
        logParameter(`C_${source}` as const, "tokens per nat", `what ${source} brings`, [0.1, 30]),
      ),
      ...sources.map((source) =>
        linearParameter(`gamma_${source}` as const, "1", `exponent of the share of ${source}`, [0.05, 1.5]),
      ),
      ...sources.map((source) =>
        logParameter(`CA_${source}` as const, "1", `weight of ${source} in the term of parameters`, [1, 1e5]),
      ),
      ...sources.map((source) =>
        logParameter(`CB_${source}` as const, "1", `weight of ${source} in the term of data`, [1, 1e5]),
      ),
    ],
    linear: [{ parameter: "E", given: [] }],
    starts: (x, y) =>
      mixtureStarts(x, y, divisions.slice(0, 1)).flatMap(({ E, A, B, exponent, C, gamma }) => {
        const all = (value: number) => sources.map(() => value);
        return bends.map((bend) =>
          Float64Array.of(
            E,
            ...[exponent, exponent, bend, bend],
            ...[...all(C), ...all(gamma), ...all(A ** (1 / bend)), ...all(B ** (1 / bend))],
          ),
        );
      }),
    evaluate(theta, x, n, value, jacobian) {
      const [E, alpha, beta, gammaA, gammaB] = [theta[0]!, theta[1]!, theta[2]!, theta[3]!, theta[4]!];
      const logN = x[m]!;
      const logD = x[m + 1]!;
      for (let i = 0, at = 0; i < n; i++, at += p) {
        let [brought, a, b] = [0, 0, 0];
        for (let j = 0; j < m; j++) {
          const h = x[j]![i]!;
          const power = h > 0 ? exp(theta[5 + m + j]! * Math.log(h)) : 0;
          brought += theta[5 + j]! * power;
          jacobian[at + 5 + j] = power;
          jacobian[at + 5 + m + j] = h > 0 ? theta[5 + j]! * power * Math.log(h) : 0;
          a += theta[5 + 2 * m + j]! * h;
          b += theta[5 + 3 * m + j]! * h;
        }
        const ofSize = exp(gammaA * Math.log(a) - alpha * logN[i]!);
        const ofData = exp(gammaB * Math.log(b) - beta * logD[i]!);
        value[i] = E + 1 / brought + ofSize + ofData;
        const slope = -1 / (brought * brought);
        for (let j = 5; j < 5 + 2 * m; j++) jacobian[at + j]! *= slope;
        for (let j = 0; j < m; j++) {
          jacobian[at + 5 + 2 * m + j] = (gammaA * ofSize * x[j]![i]!) / a;
          jacobian[at + 5 + 3 * m + j] = (gammaB * ofData * x[j]![i]!) / b;
        }
        jacobian[at] = 1;
        jacobian[at + 1] = -ofSize * logN[i]!;
        jacobian[at + 2] = -ofData * logD[i]!;
        jacobian[at + 3] = ofSize * Math.log(a);
        jacobian[at + 4] = ofData * Math.log(b);
      }
    },
  };
}
