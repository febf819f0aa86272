import { exp } from "../../numerics/exp.ts";
import { type StraightLine, straightLine } from "../../numerics/lines/straightLine.ts";
import { mean } from "../../numerics/mean.ts";
import type { Law } from "../definition/Law.ts";
import { exponent, logParameter } from "../definition/parameters.ts";
import { positive, positiveVariable } from "../definition/variables.ts";

/**
 * Coverage by number of samples: `c(k) = exp(-a k^-b)`, the share of problems that k samples solve at least once.
 *
 * -ln c falls as a power law, so c rises from exp(-a) at one sample towards 1. The paper writes `exp(a k^b)` with
 * negative a and b.
 *
 * @param variable field of the runs that holds the number of samples.
 * @param response field that holds the coverage, from 0 (excluded) to 1.
 *
 * Source: Brown et al. 2024 (arXiv 2407.21787), the law of coverage.
 *
 * @example
 * ```ts
 * import { exponentiatedPowerLaw, withParameters } from "isoflop";
 * const coverage = withParameters(exponentiatedPowerLaw(), { a: 2, b: 0.5 });
 * coverage.predict({ nSamples: 100 }); // => 0.81873
 * ```
 */
export function exponentiatedPowerLaw<V extends string = "nSamples", R extends string = "coverage">(
  variable: V = "nSamples" as V,
  response: R = "coverage" as R,
): Law<V, "a" | "b", R> {
  return {
    name: `exponentiatedPowerLaw(${variable})`,
    tex: "c(k) = \\exp\\left(-a k^{-b}\\right)",
    source: "Brown et al. 2024 (arXiv 2407.21787), the law of coverage",
    specification: { kind: "exponentiatedPowerLaw", arguments: [variable, response] },
    response: positive(response, "share, 0 to 1", response),
    variables: [positiveVariable(variable)],
    parameters: [
      logParameter("a", "1", "-ln of the coverage of one sample", [1e-3, 100]),
      exponent("b", "sample", [0, 3]),
    ],
    linear: [],
    starts,
    evaluate,
  };
}

/** A straight line through ln(-ln c) against ln k. */
function starts(x: readonly Float64Array[], y: Float64Array): Float64Array[] {
  const inside = Array.from(y.keys()).filter((i) => y[i]! > 0 && y[i]! < 1);
  const logK = inside.map((i) => x[0]![i]!);
  const z = inside.map((i) => Math.log(-Math.log(y[i]!)));
  let line: StraightLine = { slope: -0.3, intercept: 0 };
  if (new Set(logK).size > 1) line = straightLine(logK, z);
  else if (z.length > 0) line = { slope: -0.3, intercept: mean(z) + 0.3 * mean(logK) };
  return [Float64Array.of(Math.exp(line.intercept), Math.max(-line.slope, 1e-3))];
}

const evaluate: Law["evaluate"] = (theta, x, n, value, jacobian) => {
  const logK = x[0]!;
  const a = theta[0]!;
  const b = theta[1]!;
  for (let i = 0, at = 0; i < n; i++, at += 2) {
    const u = exp(-b * logK[i]!);
    const c = exp(-a * u);
    value[i] = c;
    jacobian[at] = -c * u;
    jacobian[at + 1] = c * a * u * logK[i]!;
  }
};
