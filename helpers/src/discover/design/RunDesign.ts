import type { DiscoveredPrediction } from "../DiscoveredLaw.ts";
import type { DiscoverRow } from "../table/DiscoverOptions.ts";

/** A setting of a run: a number for each variable, and the group where there are groups. */
export type RunSetting = Readonly<Record<string, number | string>>;

/** What a design is asked. */
export interface DesignOptions {
  /** What all runs together may cost, in the unit of `cost`. */
  readonly budget: number;
  /** What a run costs, such as 6 N D FLOPs. */
  readonly cost: (run: RunSetting) => number;
  /**
   * Where the prediction shall become narrower.
   *
   * @default ten times the cost of the dearest row, at the best proportions by the law found, or at those of that row
   */
  readonly target?: DiscoverRow;
  /**
   * Runs to choose among.
   *
   * @default a grid over the scales from the least of the rows to the most of rows and target; other variables as at the target
   */
  readonly candidates?: readonly DiscoverRow[];
  /**
   * The most runs.
   *
   * @default 6
   */
  readonly mostRuns?: number;
}

/** What share of the width of an interval of the prediction at the target is left, a mean over the responses. */
export interface WidthLeft {
  /** Of the interval of what the law says. */
  readonly law: number;
  /** Of the interval of a new run there, whose noise no other run lessens. */
  readonly run: number;
}

/** A run that may be made. */
export interface CandidateRun {
  readonly run: RunSetting;
  readonly cost: number;
  /** After this run alone. */
  readonly alone: WidthLeft;
  /** How far the laws of the set that are furthest apart are from each other there, in standard deviations of a run. */
  readonly disagreement: number;
}

/** A run that is worth making. */
export interface DesignedRun extends CandidateRun {
  /** After this run and those before it. */
  readonly left: WidthLeft;
}

/** Runs that somebody might make instead for the same budget. */
export interface DesignAlternative {
  readonly name: string;
  readonly runs: readonly RunSetting[];
  readonly cost: number;
  readonly left: WidthLeft;
}

/** Which runs to make next. */
export interface RunDesign {
  readonly target: RunSetting;
  /** How the target came about. */
  readonly targetFrom: string;
  /** What the rows say of the target today, for each response. */
  readonly predictions: Readonly<Record<string, DiscoveredPrediction>>;
  /** The one that narrows most first. */
  readonly runs: readonly DesignedRun[];
  /** Of all runs. */
  readonly cost: number;
  readonly left: WidthLeft;
  readonly alternatives: readonly DesignAlternative[];
  readonly candidates: readonly CandidateRun[];
  readonly notes: readonly string[];
}
