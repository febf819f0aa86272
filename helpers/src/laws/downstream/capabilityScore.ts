import { requireNames } from "../../numerics/arguments/requireNames.ts";
import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { anySign, linearParameter } from "../definition/parameters.ts";
import { real } from "../definition/variables.ts";

/**
 * Score of a benchmark by a model's capabilities: `score = h / (1 + exp(-(alpha + sum_k beta_k S_k)))`, where S are principal
 * components of its scores on other benchmarks and h, from .8 to 1, is the best score that can be had.
 *
 * @param capabilities fields of the runs, such as `["pc1", "pc2", "pc3"]`
 *
 * @throws RangeError when capabilities are no different names
 *
 * Source: Ruan et al. 2024 (arXiv 2405.10938), equations 3 and 7.
 *
 * @example
 * import { capabilityScore, withParameters } from "isoflop";
 * const law = withParameters(capabilityScore(["pc1"]), { h: 1, alpha: -0.5, beta_pc1: 4 });
 * law.predict({ pc1: 0.125 }); // => 0.5
 */
export function capabilityScore<V extends string>(
  capabilities: readonly V[],
): Law<V, "h" | "alpha" | `beta_${V}`, "score"> {
  requireNames("capabilities", capabilities, 1, 'such as ["pc1", "pc2"]');
  const fields = [...capabilities];
  requireNames("capabilities and score", [...fields, "score"], 2, "give that capability another name");
  const q = fields.length;
  return {
    name: `capabilityScore(${fields.join(", ")})`,
    tex: "\\frac{h}{1 + e^{-(\\alpha + \\sum_k \\beta_k S_k)}}",
    source: "Ruan et al. 2024 (arXiv 2405.10938), eq. 3 and 7",
    specification: { kind: "capabilityScore", arguments: [fields] },
    response: real("score", "1", "share of the benchmark that is solved, 0 to 1"),
    variables: fields.map((name) => real(name, "1", `capability ${name}`)),
    parameters: [
      linearParameter("h", "1", "best score that can be had", [0.8, 1], [0.8, 1]),
      linearParameter("alpha", "1", "logit of a model in the middle", [-3, 2], anySign),
      ...fields.map((name) =>
        linearParameter(`beta_${name}` as const, "1", `weight of ${name}`, [-2, 8], anySign),
      ),
    ],
    linear: [],
    evaluate(theta, x, n, value, jacobian) {
      const h = theta[0]!;
      const p = q + 2;
      for (let i = 0, at = 0; i < n; i++, at += p) {
        let u = theta[1]!;
        for (let k = 0; k < q; k++) u += theta[k + 2]! * x[k]![i]!;
        const s = 1 / (1 + exp(-u));
        const steep = h * s * (1 - s);
        value[i] = h * s;
        jacobian[at] = s;
        jacobian[at + 1] = steep;
        for (let k = 0; k < q; k++) jacobian[at + k + 2] = steep * x[k]![i]!;
      }
    },
  };
}
