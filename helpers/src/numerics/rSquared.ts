import { mean } from "./mean.ts";

/**
 * Share of the observations' variance that predictions explain: `1 - sum (y - y')^2 / sum (y - mean y)^2`; negative where
 * their mean alone would predict better. It is taken of the numbers as they are: give logarithms for shares in ln.
 *
 * @throws RangeError when the lists differ in length or the observations do not vary.
 *
 * @example
 * ```ts
 * import { rSquared } from "isoflop";
 * rSquared([1, 2, 3], [1, 2, 4]); // => 0.5
 * ```
 */
export function rSquared(observed: readonly number[], predicted: readonly number[]): number {
  if (observed.length !== predicted.length) {
    throw new RangeError(
      `rSquared needs a prediction for each observation, got ${predicted.length} for ${observed.length}; pair them`,
    );
  }
  const centre = mean(observed);
  const total = observed.reduce((sum, y) => sum + (y - centre) ** 2, 0);
  if (!(total > 0)) {
    throw new RangeError(
      `the observations must vary, got ${observed.length} with a spread of ${total}; give more runs`,
    );
  }
  return 1 - observed.reduce((sum, y, i) => sum + (y - predicted[i]!) ** 2, 0) / total;
}
