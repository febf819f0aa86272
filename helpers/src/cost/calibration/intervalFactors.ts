/** What the predicted standard deviation is multiplied by at the ends of the intervals. */
export interface IntervalEnds {
  readonly lower80: number;
  readonly upper80: number;
  readonly lower95: number;
  readonly upper95: number;
}

/** Factors by novelty (`known` for none), and by kind or stratum within. */
export type FactorTable = Readonly<Record<string, Readonly<Record<string, IntervalEnds>>>>;

/** Of a normal distribution. */
export const normalEnds: IntervalEnds = { lower80: 1.2816, upper80: 1.2816, lower95: 1.96, upper95: 1.96 };
