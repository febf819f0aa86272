import { exp } from "../../numerics/exp.ts";
import { sizeAndDataExponents, sizeAndDataTerms } from "../chinchilla/sizeAndData.ts";
import type { Law } from "../definition/Law.ts";
import { linearParameter, logParameter } from "../definition/parameters.ts";
import { nParams, nTokens } from "../definition/variables.ts";
import { mixtureStarts } from "./mixtureStarts.ts";
import { ofSources } from "./ofSources.ts";

/**
 * The additive mixing law: Chinchilla's law with a third term that falls with what the sources bring,
 * `L(N, D, h) = E + 1 / sum_i C_i h_i^gamma_i + A / N^alpha + B / D^beta`.
 *
 * Losses in nats per token; C_i in tokens per nat. The mixture's term stands by itself, so the best mixture is the same at
 * every size and number of tokens: what small runs find holds for large ones, if the law does.
 *
 * No constants are given: the paper's were not read, and its runs are not public.
 *
 * @param sources the fields of a run that are shares, two or more
 * @throws RangeError when there are fewer than two sources or one comes twice
 *
 * Source: Shukor et al. 2025 (arXiv 2507.09404), the additive law.
 *
 * @example
 * ```ts
 * import { additiveMixture, withParameters } from "isoflop";
 * const constants = { E: 1.2, A: 400, B: 400, alpha: 0.34, beta: 0.28, C_web: 3, C_code: 2, gamma_web: 0.5, gamma_code: 0.5 };
 * withParameters(additiveMixture(["web", "code"]), constants).predict({ web: 0.8, code: 0.2, nParams: 1e9, nTokens: 1e11 }); // => 2.161
 * ```
 */
export function additiveMixture<Source extends string>(
  sources: readonly Source[],
): Law<
  Source | "nParams" | "nTokens",
  "E" | "A" | "B" | "alpha" | "beta" | `C_${Source}` | `gamma_${Source}`,
  "loss"
> {
  const m = sources.length;
  const p = 5 + 2 * m;
  return {
    ...(ofSources("additiveMixture", sources, [nParams, nTokens]) as unknown as ReturnType<
      typeof ofSources
    > & {
      variables: [];
    }),
    tex: "L(N, D, h) = E + \\frac{1}{\\sum_i C_i h_i^{\\gamma_i}} + \\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}}",
    source: "Shukor et al. 2025 (arXiv 2507.09404), the additive law",
    parameters: [
      ...sizeAndDataTerms,
      ...sizeAndDataExponents,
      ...sources.map((source) =>
        logParameter(`C_${source}` as const, "tokens per nat", `what ${source} brings`, [0.1, 30]),
      ),
      ...sources.map((source) =>
        linearParameter(`gamma_${source}` as const, "1", `exponent of the share of ${source}`, [0.05, 1.5]),
      ),
    ],
    linear: [
      { parameter: "E", given: [] },
      { parameter: "A", given: ["alpha"] },
      { parameter: "B", given: ["beta"] },
    ],
    starts: (x, y) =>
      mixtureStarts(x, y).map(({ E, A, B, exponent, C, gamma }) =>
        Float64Array.of(E, A, B, exponent, exponent, ...sources.map(() => C), ...sources.map(() => gamma)),
      ),
    evaluate(theta, x, n, value, jacobian) {
      const [E, A, B, alpha, beta] = [theta[0]!, theta[1]!, theta[2]!, theta[3]!, theta[4]!];
      const logN = x[m]!;
      const logD = x[m + 1]!;
      for (let i = 0, at = 0; i < n; i++, at += p) {
        const u = exp(-alpha * logN[i]!);
        const v = exp(-beta * logD[i]!);
        let brought = 0;
        for (let j = 0; j < m; j++) {
          const h = x[j]![i]!;
          const power = h > 0 ? exp(theta[5 + m + j]! * Math.log(h)) : 0;
          brought += theta[5 + j]! * power;
          jacobian[at + 5 + j] = power;
          jacobian[at + 5 + m + j] = h > 0 ? theta[5 + j]! * power * Math.log(h) : 0;
        }
        value[i] = E + 1 / brought + A * u + B * v;
        const slope = -1 / (brought * brought);
        for (let j = 5; j < p; j++) jacobian[at + j]! *= slope;
        jacobian[at] = 1;
        jacobian[at + 1] = u;
        jacobian[at + 2] = v;
        jacobian[at + 3] = -A * u * logN[i]!;
        jacobian[at + 4] = -B * v * logD[i]!;
      }
    },
  };
}
