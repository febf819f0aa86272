import { requireNames } from "../../numerics/arguments/requireNames.ts";
import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, exponent, linearParameter } from "../definition/parameters.ts";
import { nSteps, positiveVariable, tokenLoss } from "../definition/variables.ts";

/**
 * BiMix: the loss on a source by its own share and the steps of training, `L(h, S) = (B / S^beta + C) / h^alpha`.
 *
 * The other sources' shares do not count. Losses in nats per token, S in optimizer steps.
 *
 * **Gauge.** The paper writes a factor A in front, which B and C absorb: runs cannot tell the three apart, so it is 1 here.
 * No constants are given: the paper's were not read.
 *
 * @param source the field of a run that is this source's share, > 0
 *
 * @throws RangeError when source is no name, or that of another field
 *
 * Source: Ge et al. 2024 (arXiv 2405.14908v4), eq. 3.
 *
 * @example
 * ```ts
 * import { bimix, withParameters } from "isoflop";
 * const law = withParameters(bimix("wiki"), { B: 8, C: 2, alpha: 0.1, beta: 0.3 });
 * law.predict({ wiki: 0.1, nSteps: 1e4 }); // => 3.153
 * ```
 */
export function bimix<Source extends string>(
  source: Source,
): Law<Source | "nSteps", "B" | "C" | "alpha" | "beta", "loss"> {
  requireShareName("bimix", source, ["nSteps"]);
  return {
    name: `bimix(${source})`,
    specification: { kind: "bimix", arguments: [source] },
    tex: "L(h, S) = \\frac{1}{h^{\\alpha}} \\left(\\frac{B}{S^{\\beta}} + C\\right)",
    source: "Ge et al. 2024 (arXiv 2405.14908v4), eq. 3, with A = 1",
    response: tokenLoss,
    variables: [shareOf(source), nSteps],
    parameters: [
      amplitude("B", "nats per token", "steps"),
      linearParameter("C", "nats per token", "loss after endless steps on this source alone", [0, 4]),
      exponent("alpha", "share", [0.005, 1]),
      exponent("beta", "steps"),
    ],
    linear: [
      { parameter: "B", given: ["alpha", "beta"] },
      { parameter: "C", given: ["alpha"] },
    ],
    evaluate(theta, x, n, value, jacobian) {
      const [B, C, alpha, beta] = [theta[0]!, theta[1]!, theta[2]!, theta[3]!];
      const logShare = x[0]!;
      const logSteps = x[1]!;
      for (let i = 0, at = 0; i < n; i++, at += 4) {
        const u = exp(-alpha * logShare[i]!);
        const v = exp(-beta * logSteps[i]!);
        const loss = u * (B * v + C);
        value[i] = loss;
        jacobian[at] = u * v;
        jacobian[at + 1] = u;
        jacobian[at + 2] = -loss * logShare[i]!;
        jacobian[at + 3] = -u * B * v * logSteps[i]!;
      }
    },
  };
}

/** Throws unless `source` is a name that no other field of the law has. */
export function requireShareName(law: string, source: string, others: readonly string[]): void {
  requireNames(`the source of ${law} and its other fields`, [source, "loss", ...others], 1, 'such as "web"');
}

/** A source's own share as a variable that must be positive, for laws that are powers of it. */
export function shareOf<Source extends string>(source: Source) {
  return {
    ...positiveVariable(source),
    unit: "share of the tokens",
    description: `share of ${source}`,
  };
}
