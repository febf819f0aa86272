import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { anySign, linearParameter, logParameter } from "../definition/parameters.ts";
import { exponentialStarts } from "./exponentialStarts.ts";
import { ofSources } from "./ofSources.ts";

/** The slopes that are parameters: of all sources but the last, where the list of sources says which that is. */
type SlopeOf<Sources extends readonly string[]> = Sources extends readonly [
  ...infer First extends string[],
  string,
]
  ? `t_${First[number]}`
  : `t_${Sources[number]}`;

/**
 * The exponential mixing law: the loss on one target by the shares of the training data,
 * `L(h) = c + k exp(sum_j t_j h_j)` with `sum_j t_j = 0`.
 *
 * c is in nats per token, k the excess over c at the even mixture, in nats per token, and t_j says how the logarithm of the
 * excess moves with the share of source j against the mean of all sources.
 *
 * **Gauge.** Shares sum to 1, so a constant added to every t_j and k divided by its exponential change no loss: runs
 * cannot tell them apart. The published form leaves that free; this one fixes it by `sum_j t_j = 0`, which leaves one
 * parameter less and gives k its meaning. The last source has no parameter of its own: its t is minus the sum of the
 * others (`mixtureSlopes` lists all). Published constants go over by subtracting the mean t and multiplying k by `exp(mean t)`.
 *
 * For several targets fit each by itself, or all with `fitResponses`.
 *
 * @param sources the fields of a run that are shares, two or more, in any order but the same one everywhere
 * @throws RangeError when there are fewer than two sources or one comes twice
 *
 * Source: Ye et al. 2024 (arXiv 2403.16952), the law named M4 in Table 1.
 *
 * @example
 * ```ts
 * import { exponentialMixture, withParameters } from "isoflop";
 * const law = withParameters(exponentialMixture(["web", "code"]), { c: 1.5, k: 0.8, t_web: -1.2 });
 * law.predict({ web: 0.5, code: 0.5 }); // => 2.3
 * law.predict({ web: 1, code: 0 }); // => 1.741
 * ```
 */
export function exponentialMixture<const Sources extends readonly string[]>(
  sources: Sources,
): Law<Sources[number], "c" | "k" | SlopeOf<Sources>, "loss"> {
  type Slope = SlopeOf<Sources>;
  const m = sources.length;
  const last = sources[m - 1];
  return {
    ...ofSources("exponentialMixture", sources),
    tex: "L(h) = c + k \\exp\\left(\\sum_j t_j h_j\\right), \\quad \\sum_j t_j = 0",
    source: "Ye et al. 2024 (arXiv 2403.16952), Table 1, M4, in the gauge sum t = 0",
    parameters: [
      linearParameter("c", "nats per token", "loss that no mixture of these sources goes below", [0, 4]),
      logParameter("k", "nats per token", "excess over c at the even mixture (gauge: sum t = 0)", [1e-3, 10]),
      ...sources
        .slice(0, -1)
        .map((source) =>
          linearParameter(
            `t_${source}` as Slope,
            "1",
            `change of the logarithm of the excess with the share of ${source} (all t sum to 0; that of ${last} is what is lacking)`,
            [-6, 6],
            anySign,
          ),
        ),
    ],
    linear: [
      { parameter: "c", given: [] },
      { parameter: "k", given: sources.slice(0, -1).map((source) => `t_${source}` as Slope) },
    ],
    startsSuffice: true,
    starts: exponentialStarts,
    evaluate(theta, x, n, value, jacobian) {
      const c = theta[0]!;
      const k = theta[1]!;
      const rest = x[m - 1]!;
      for (let i = 0, at = 0; i < n; i++, at += m + 1) {
        let u = 0;
        for (let j = 0; j < m - 1; j++) u += theta[j + 2]! * (x[j]![i]! - rest[i]!);
        const e = exp(u);
        value[i] = c + k * e;
        jacobian[at] = 1;
        jacobian[at + 1] = e;
        for (let j = 0; j < m - 1; j++) jacobian[at + 2 + j] = k * e * (x[j]![i]! - rest[i]!);
      }
    },
  };
}
