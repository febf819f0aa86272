import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireEfficiency, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** A horizon served from the one long run: where it leaves, and what it adds. */
export interface CooldownBranch {
  readonly horizon: number;
  /** Where the cooldown leaves the constant rate. */
  readonly from: number;
  /** What is trained for this horizon alone: its cooldown, or for the longest the whole run. */
  readonly added: number;
}

/** What several horizons cost as runs of their own, and as cooldowns of one run, in the unit of the horizons. */
export interface CooldownCost {
  /** A run for each horizon, as a cosine needs. */
  readonly separate: number;
  /** The longest run, and the cooldowns of the others. */
  readonly reused: number;
  /** `reused / separate`. */
  readonly ratio: number;
  readonly branches: readonly CooldownBranch[];
}

/**
 * What it costs to measure a model at several horizons: cosine needs a run for each, a constant rate one long run and a
 * cooldown for each shorter horizon. `reused = longest + f sum(others)`, `separate = sum(all)`.
 *
 * It counts training only. Whether a cooldown ends where the cosine would have is for the law of the curve, or a run, to say.
 *
 * Source: Hägele et al. 2024 (arXiv:2405.18392), section 5; epfml/schedules-and-scaling, flops.ipynb.
 *
 * @param options horizons in steps, tokens or FLOPs, with any order and repeats; fraction of each that is its cooldown, above 0
 * and at most 1
 * @throws RangeError without horizons, when one is not > 0, or when the fraction is out of its domain
 *
 * @example
 * import { cooldownCost } from "isoflop";
 * cooldownCost({ horizons: [3000, 7000, 10_000], fraction: 0.2 }).ratio; // => 0.6
 */
export function cooldownCost(options: {
  readonly horizons: readonly number[];
  readonly fraction: number;
}): CooldownCost {
  requireOptions("cooldownCost", options, ["horizons", "fraction"]);
  const { horizons, fraction } = options;
  if (!Array.isArray(horizons) || horizons.length === 0) {
    throw new TypeError(
      `horizons must be a list of lengths such as [3000, 10_000], got ${describeGiven(horizons)}; give one a run`,
    );
  }
  horizons.forEach((horizon, i) => {
    requirePositive(`horizons[${i}]`, horizon, "give steps, tokens or FLOPs of the run");
  });
  requireEfficiency("fraction", fraction);
  const sorted = [...horizons].sort((a, b) => b - a);
  const branches = sorted.map((horizon, i) => ({
    horizon,
    from: (1 - fraction) * horizon,
    added: i === 0 ? horizon : fraction * horizon,
  }));
  const separate = sorted.reduce((total, horizon) => total + horizon, 0);
  const reused = branches.reduce((total, { added }) => total + added, 0);
  return { separate, reused, ratio: reused / separate, branches };
}
