import { refusal, requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requirePhases, type Schedule } from "./Schedule.ts";

/** How a rate falls: `share` of the way from the peak to the last rate after a share u of the cooldown. */
const fallen = {
  linear: (u: number) => u,
  "1-sqrt": (u: number) => Math.sqrt(u),
  cosine: (u: number) => 0.5 * (1 - Math.cos(Math.PI * u)),
} as const;

/** Shape of a cooldown: in the rate `linear`, `1-sqrt` or `cosine`, or linear in its logarithm, `exponential`. */
export type CooldownShape = keyof typeof fallen | "exponential";

/**
 * Warm-up, a constant rate, and a cooldown to the last rate at the end of the run. With a share u of the cooldown done the
 * rate is, from peak p to last rate q: `p + (q - p) u` (linear), `p + (q - p) sqrt(u)` (1-sqrt), half a cosine, or
 * `p^(1-u) q^u` (exponential).
 *
 * Source: Hägele et al. 2024 (arXiv:2405.18392; linear and 1-sqrt over the last 10 to 20 % of the steps to 0); Luo et al. 2025
 * (arXiv:2503.12811; exponential `wsd` and linear `wsdld` to a tenth). `wsdSchedule` halves by a half-life instead.
 *
 * @param options peak and last rate (default 0, for exponential a tenth of the peak); warm-up, start of the cooldown and total
 * in steps; shape (default `1-sqrt`)
 * @throws RangeError when a rate is out of its domain or the phases do not follow each other
 *
 * @example
 * import { cooldownSchedule } from "isoflop";
 * const schedule = cooldownSchedule({ peak: 1e-3, warmup: 300, decayStart: 8000, total: 10_000 });
 * schedule.learningRate(8500); // => 0.0005
 */
export function cooldownSchedule(options: {
  readonly peak: number;
  readonly last?: number;
  readonly warmup?: number;
  readonly decayStart: number;
  readonly total: number;
  readonly shape?: CooldownShape;
}): Schedule {
  requireOptions("cooldownSchedule", options, ["peak", "last", "warmup", "decayStart", "total", "shape"]);
  const { peak, warmup = 0, decayStart, total, shape = "1-sqrt" } = options;
  requirePositive("peak", peak, "give a learning rate, such as 1e-3");
  requireOneOf("shape", shape, ["1-sqrt", "linear", "cosine", "exponential"]);
  const last = options.last ?? (shape === "exponential" ? peak / 10 : 0);
  requireNonNegative("last", last, "give the last learning rate, such as 0");
  if (shape === "exponential" && last === 0) {
    throw refusal("last", "must be > 0 where the rate falls exponentially", last, "give a tenth of the peak");
  }
  requirePhases({ warmup, decayStart }, total);
  const rate =
    shape === "exponential"
      ? (u: number) => peak ** (1 - u) * last ** u
      : (u: number) => peak + (last - peak) * fallen[shape](u);
  return {
    name: `cooldown, ${shape}`,
    unit: "steps",
    total,
    source: "Hägele et al. 2024 (arXiv:2405.18392); Luo et al. 2025 (arXiv:2503.12811)",
    learningRate(step) {
      if (step < warmup) return (peak * step) / warmup;
      return step <= decayStart ? peak : rate((step - decayStart) / (total - decayStart));
    },
  };
}
