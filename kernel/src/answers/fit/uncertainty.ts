import type { Fit, Interval } from "isoflop";

/** How sure a fit's parameters are without a bootstrap: by the delta method, at once. */
export interface Uncertainty {
  readonly method: "HC3" | "clusters";
  readonly level: number;
  readonly standardErrors: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, Interval>>;
  /** Why they are wide, or narrower than they should be; empty where there is nothing to say. */
  readonly notes: readonly string[];
}

/** A covariance reads every row some thirty times. */
export const rowsForUncertainty = 50_000;

/**
 * Standard errors and intervals of all parameters.
 *
 * @param groups which runs belong together, such as checkpoints of one training run
 * @returns null where there are none: the runs do not determine the law, there are too few groups, or so many runs
 *   that it would take longer than the fit
 */
export function uncertaintyOf(
  fitted: Fit,
  groups: readonly string[] | undefined,
  level: number,
): Uncertainty | null {
  if (fitted.status === "not-identified" || fitted.n > rowsForUncertainty) return null;
  const clusters = groups && { clusters: groups };
  try {
    const covariance = fitted.covariance(clusters);
    const { standardErrors } = covariance;
    const intervals = Object.entries(fitted.parameters).map(([name, value]): [string, Interval] => {
      if (name in (fitted.options.fixed ?? {})) return [name, [value, value]];
      const own = covariance.interval(name, level);
      // What lies on a bound has no width by its curvature; this asks its profile.
      return [name, own[0] < own[1] ? own : fitted.interval(name, { level, ...clusters })];
    });
    return {
      method: clusters ? "clusters" : "HC3",
      level,
      standardErrors,
      intervals: Object.fromEntries(intervals),
      notes: covariance.notes,
    };
  } catch (error) {
    // Fewer than ten groups, or a curvature that has no inverse: the table goes without.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
