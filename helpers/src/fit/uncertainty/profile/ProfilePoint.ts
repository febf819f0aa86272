/** One point of a profile: the quantity held, and what that costs. */
export interface ProfilePoint {
  /** The quantity, held at this value. */
  readonly value: number;
  /** The lowest objective with it held there. */
  readonly objective: number;
  /** Signed root of the rise, in standard errors: straight where a Wald interval would do. */
  readonly signedRoot: number;
}
