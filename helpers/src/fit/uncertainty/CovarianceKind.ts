/**
 * What is assumed of the noise. `hessian`: the same for every run. The others are sandwiches, which hold also where it
 * differs between runs; they differ in how they make up for residuals being smaller than the noise: `HC1` by n / (n - p)
 * for all, `HC2` and `HC3` run by run, by its leverage h: 1 / (1 - h) and 1 / (1 - h)^2. `sandwich` is `HC1`.
 */
export type CovarianceKind = "sandwich" | "HC1" | "HC2" | "HC3" | "hessian";

export const covarianceKinds = [
  "sandwich",
  "HC1",
  "HC2",
  "HC3",
  "hessian",
] as const satisfies readonly CovarianceKind[];

/** What holds the truth most nearly as often as it says (docs/coverage.md); by clusters there is one kind only. */
export const defaultKind = (clusters?: readonly unknown[]): CovarianceKind => (clusters ? "HC1" : "HC3");
