/** A law that the rows do not rule out. */
export interface DiscoveredLaw {
  /** As `isoflop fit --law` reads it. */
  readonly law: string;
  /** Whether the exponents are the same in every group. */
  readonly shared: boolean;
  /** In all groups together, for one response. */
  readonly parameters: number;
  /** In the spread that the intervals hold. */
  readonly weight: number;
  /** Extrapolation error in standard deviations of the noise, over the folds; NaN where no rows could be held out. */
  readonly error: number;
  readonly aicc: number;
  readonly bic: number;
  /** For each response and group the values of the parameters. */
  readonly values: readonly {
    readonly response: string;
    readonly group: string;
    readonly parameters: Readonly<Record<string, number>>;
  }[];
}

/** What is predicted of a response at a point, with the intervals of a new run there. */
export interface DiscoveredPrediction {
  readonly prediction: number;
  readonly lo80: number;
  readonly hi80: number;
  readonly lo95: number;
  readonly hi95: number;
  readonly law: string;
  readonly note: string;
}

/** A column that laws read. */
export interface DiscoveredVariable {
  readonly name: string;
  /** Whether laws read its logarithm or the value. */
  readonly kind: "log" | "value";
  /** Whether rows were held out along it. */
  readonly isScale: boolean;
  /** The least and the largest value of the rows. */
  readonly range: readonly [low: number, high: number];
}
