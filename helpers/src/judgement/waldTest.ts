import { refusal } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { chiSquaredTail } from "../numerics/distributions/incompleteGamma.ts";
import { choleskyInverse } from "../numerics/linear/cholesky.ts";
import { covarianceMatrix } from "../numerics/linear/covarianceMatrix.ts";
import { quadraticForm } from "../numerics/linear/quadraticForm.ts";

/** An estimate with its replicates, and somebody's constants. */
export interface WaldOptions<P extends string> {
  /** The fit's parameters. */
  readonly estimate: Readonly<Record<P, number>>;
  /** Replicates of each parameter, such as a bootstrap's `samples`. */
  readonly samples: Readonly<Record<P, Float64Array>>;
  /** The constants in question. */
  readonly hypothesis: Readonly<Record<P, number>>;
  /** Parameters compared by their logarithms, in which skewed ones are closer to Gaussian (default none). */
  readonly logarithms?: readonly P[];
}

/** How far the constants lie from the estimate, in units of its covariance. */
export interface WaldTest {
  /** d' Σ⁻¹ d, d the difference and Σ the replicates' covariance. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Whether constants are compatible with a fit and its bootstrap: the difference measured in the replicates'
 * covariance, chi-squared with one degree of freedom a parameter.
 *
 * Source: Besiroglu et al. 2024 (arXiv 2404.10102), section 3, with ln A, ln B, ln E, alpha, beta.
 *
 * @throws RangeError when the replicates' covariance is singular, or a logarithm does not exist
 * @example
 * import { waldTest } from "isoflop";
 * const test = waldTest({ estimate: { k: 1 }, samples: { k: Float64Array.of(-1, 0, 1) }, hypothesis: { k: 3 } });
 * test.statistic; // => 4
 * test.pValue; // => 0.0455
 */
export function waldTest<P extends string>(options: WaldOptions<P>): WaldTest {
  requireOptions("waldTest", options, ["estimate", "samples", "hypothesis", "logarithms"]);
  const { estimate, samples, hypothesis, logarithms = [] } = options;
  const names = Object.keys(hypothesis) as P[];
  const q = names.length;
  const transform = (name: P, value: number) => {
    if (!logarithms.includes(name)) return value;
    if (!(value > 0)) {
      const wanted = "must be > 0 to be compared by its logarithm";
      throw refusal(name, wanted, value, "leave it out of logarithms");
    }
    return Math.log(value);
  };
  const columns = names.map((name) => samples[name].map((value) => transform(name, value)));
  const inverse = choleskyInverse(covarianceMatrix(columns, (columns[0]?.length ?? 0) - 1), q);
  if (!inverse) {
    throw new RangeError(
      `the covariance of ${names.join(", ")} over ${columns[0]?.length ?? 0} replicates is singular; ` +
        "take more replicates, or leave out parameters that are fixed or tied",
    );
  }
  const difference = names.map((name) => transform(name, estimate[name]) - transform(name, hypothesis[name]));
  const statistic = quadraticForm(difference, inverse);
  return { statistic, degreesOfFreedom: q, pValue: chiSquaredTail(statistic, q) };
}
