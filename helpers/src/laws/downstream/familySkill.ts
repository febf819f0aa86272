import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { anySign, linearParameter } from "../definition/parameters.ts";
import { nParams, nTokens, real } from "../definition/variables.ts";

const logBillion = Math.log(1e9);
const logTrillion = Math.log(1e12);

/**
 * Score of a benchmark by model family, size and training tokens: `score = c + (1 - c) / (1 + exp(-skill))` with
 * `skill = family + bN n + bD d + bND n d`, where n = ln(N / 1e9) and d = ln(D / 1e12).
 *
 * `family` is the skill of the family's model of 1e9 parameters after 1e12 tokens; what size and data add is the same for
 * all families. c is the score of chance. Two families of one size and one count of tokens differ in skill by a constant.
 * `fitFamilySkill` fits all families together.
 *
 * Source: Sloth, Maia Polo et al. 2024 (arXiv 2412.06540), the variant with one skill a benchmark; columns ln T, ln S and
 * their product as in felipemaiapolo/sloth `sloth/experiment.py`.
 *
 * @example
 * import { familySkill, withParameters } from "isoflop";
 * const mmlu = withParameters(familySkill, { c: 0.25, family: -2, bN: 0.8, bD: 0.5, bND: 0 });
 * mmlu.predict({ nParams: 7e9, nTokens: 2e12 }); // => 0.6069
 */
export const familySkill: Law<"nParams" | "nTokens", "c" | "family" | "bN" | "bD" | "bND", "score"> = {
  name: "familySkill",
  tex: "c + \\frac{1 - c}{1 + e^{-(\\theta + b_N n + b_D d + b_{ND} n d)}}",
  source: "Maia Polo et al. 2024 (arXiv 2412.06540), one skill a benchmark",
  specification: { kind: "familySkill", arguments: [] },
  response: real("score", "1", "share of the benchmark that is solved, 0 to 1"),
  variables: [nParams, nTokens],
  parameters: [
    linearParameter("c", "1", "score of chance", [0, 0.4], [0, 0.99]),
    linearParameter("family", "1", "skill of the family at 1e9 parameters and 1e12 tokens", [-4, 1], anySign),
    linearParameter("bN", "1", "skill per e-fold of size", [0.1, 1], anySign),
    linearParameter("bD", "1", "skill per e-fold of tokens", [0.1, 1], anySign),
    linearParameter("bND", "1", "skill per e-fold of both", [-0.1, 0.1], anySign),
  ],
  linear: [],
  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logD = x[1]!;
    const c = theta[0]!;
    const family = theta[1]!;
    const bN = theta[2]!;
    const bD = theta[3]!;
    const bND = theta[4]!;
    for (let i = 0, at = 0; i < n; i++, at += 5) {
      const u = logN[i]! - logBillion;
      const v = logD[i]! - logTrillion;
      const s = 1 / (1 + exp(-(family + bN * u + bD * v + bND * u * v)));
      const steep = (1 - c) * s * (1 - s);
      value[i] = c + (1 - c) * s;
      jacobian[at] = 1 - s;
      jacobian[at + 1] = steep;
      jacobian[at + 2] = steep * u;
      jacobian[at + 3] = steep * v;
      jacobian[at + 4] = steep * u * v;
    }
  },
};
