/** Two ends of an interval, in the unit of the quantity; infinite on a side that stays open. */
export type Interval = readonly [low: number, high: number];

/** How `Bootstrap.interval` reads limits off its replicates. */
export interface IntervalOptions {
  /**
   * `percentile` (default): quantiles of the replicates (type 7). `basic`: those mirrored at the estimate. `bca`:
   * corrected for bias and for a spread that changes with the parameter; needs a leave-one-out pass, made once.
   * `studentized`: each replicate measured in its own standard errors, for `residual` and `wild` bootstraps.
   */
  readonly method?: "percentile" | "basic" | "bca" | "studentized";
}

/** What `predictionInterval` shall cover: the law's value at a point or one more run there, and how surely. */
export interface PredictionOptions {
  readonly level?: number;
  /** `mean` (default): where the law's value lies. `new-run`: where one more run would land, with its noise. */
  readonly kind?: "mean" | "new-run";
  /**
   * Weight of the new run, on the scale of the fit's weights: its noise has the variance `sigma^2 / weight`. Default: the
   * median weight of the runs, so that a common factor of the weights changes no interval.
   */
  readonly weight?: number;
}
