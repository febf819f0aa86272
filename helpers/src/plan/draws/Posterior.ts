import type { Random } from "../../numerics/random/Random.ts";

/** What is known of a law's constants: draws of all of them together, and how far runs lie about the law. */
export interface Posterior {
  /** One draw of the law's parameters, in the law's order. */
  draw(random: Random): Float64Array;
  /** Standard deviation of a run about the law: of ln(response), or of the response where `isRaw`. */
  readonly noise: number;
  readonly isRaw: boolean;
  /** Degrees of freedom that the noise was estimated with. */
  readonly freedom: number;
  /** Runs behind it. */
  readonly n: number;
  /** Smallest and largest value of each variable among those runs. */
  readonly fitted: Readonly<Record<string, readonly [low: number, high: number]>>;
}
