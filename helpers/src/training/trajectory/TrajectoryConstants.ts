/** Constants of L(N, S, B). */
export interface TrajectoryConstants {
  /** Parameters (without embeddings) at which the model term is 1. */
  readonly Nc: number;
  readonly alphaN: number;
  /** Steps at which the time term is 1. */
  readonly Sc: number;
  readonly alphaS: number;
  /** Tokens: critical batch at a loss of 1 nat per token. */
  readonly Bstar: number;
  readonly alphaB: number;
  readonly source: string;
  readonly units: Readonly<Record<"Nc" | "alphaN" | "Sc" | "alphaS" | "Bstar" | "alphaB", string>>;
}

/**
 * Kaplan's constants of L(N, S_min) and of the critical batch. Su et al. 2024 keep these forms and fit their own
 * constants, which we could not reach.
 *
 * @example
 * import { kaplanTrajectory } from "isoflop";
 * kaplanTrajectory.Sc; // => 2100
 */
export const kaplanTrajectory: TrajectoryConstants = Object.freeze({
  Nc: 6.5e13,
  alphaN: 0.077,
  Sc: 2100,
  alphaS: 0.76,
  Bstar: 2e8,
  alphaB: 0.21,
  source: "Kaplan et al. 2020 (arXiv:2001.08361), Table 3 and equation 1.4",
  units: Object.freeze({
    Nc: "parameters without embeddings",
    alphaN: "1",
    Sc: "optimizer steps",
    alphaS: "1",
    Bstar: "tokens",
    alphaB: "1",
  }),
});
