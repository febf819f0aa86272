/** The constants of Chinchilla's law that say which size and data go together. */
interface BalanceConstants {
  readonly A: number;
  readonly B: number;
  readonly alpha: number;
  readonly beta: number;
}

/**
 * ln of the size at which one more per cent of parameters helps as much as one more per cent of fresh tokens,
 * `alpha A N^-alpha = beta B D^-beta`: the compute-optimal size of a model that is trained on D tokens.
 *
 * Solved for N it is `(D G)^(beta/alpha) G` with `G = (alpha A / (beta B))^(1/(alpha+beta))`.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), appendix A, from Hoffmann et al. 2022, eq. 4.
 */
export function logBalancedParams({ A, B, alpha, beta }: BalanceConstants, logTokens: number): number {
  return (Math.log((alpha * A) / (beta * B)) + beta * logTokens) / alpha;
}
