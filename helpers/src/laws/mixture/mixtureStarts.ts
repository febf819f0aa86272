import type { Columns } from "../definition/Law.ts";

/** A start of the laws with a term of the mixture beside those of size and data. */
interface MixtureStart {
  readonly E: number;
  readonly A: number;
  readonly B: number;
  /** Of both terms. */
  readonly exponent: number;
  /** C and gamma of every source. */
  readonly C: number;
  readonly gamma: number;
}

/** Which parts of the least loss a start gives to the floor and to the mixture; size and data have the rest. */
export const divisions = [
  { floor: 0.6, mixture: 0.3 },
  { floor: 0.85, mixture: 0.1 },
] as const;

/**
 * Starts in which all sources are alike: a search from scattered constants ends where one source brings nothing at any share.
 *
 * @param x the shares, then ln N and ln D
 */
export function mixtureStarts(
  x: Columns,
  y: Float64Array,
  parts: readonly { readonly floor: number; readonly mixture: number }[] = divisions,
): MixtureStart[] {
  const k = x.length - 2;
  const mean = (column: Float64Array) => column.reduce((sum, one) => sum + one, 0) / column.length;
  const [logN, logD, least] = [mean(x[k]!), mean(x[k + 1]!), y.reduce((a, b) => Math.min(a, b))];
  return parts.flatMap(({ floor, mixture }) =>
    [0.25, 0.4].flatMap((exponent) =>
      [0.3, 0.7].map((gamma) => ({
        E: floor * least,
        A: 0.1 * least * Math.exp(exponent * logN),
        B: 0.1 * least * Math.exp(exponent * logD),
        exponent,
        C: 1 / (mixture * least * k ** (1 - gamma)),
        gamma,
      })),
    ),
  );
}
