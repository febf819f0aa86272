import { choleskyFactor, choleskySolve } from "../../../numerics/linear/cholesky.ts";
import type { PartsFit } from "../PartsFit.ts";
import type { Posterior } from "../posterior/Posterior.ts";

/**
 * Every row predicted without those of its unit, in standard deviations of the prediction: what a few rows change is
 * known in closed form. With residuals r, noise R and H = A C A' of the unit, the prediction by the others is off by
 * R (R - H)⁻¹ r, and its covariance is R (R - H)⁻¹ R.
 *
 * @param rest residuals that are left by the unknowns
 * @param tailFactor variance of the noise over its squared scale
 */
export function leaveOutUnits<L>(
  fit: PartsFit<L>,
  posterior: Posterior,
  rest: Float64Array,
  units: readonly string[],
  tailFactor: number,
): Float64Array {
  const precision = fit.precisions();
  const away = new Float64Array(rest.length);
  const groups = new Map<string, number[]>();
  units.forEach((unit, i) => {
    const own = groups.get(unit);
    if (own) own.push(i);
    else groups.set(unit, [i]);
  });
  for (const own of groups.values()) {
    const q = own.length;
    const reduced = own.map((i) => posterior.reduce(fit.rows[i]!));
    const factor = new Float64Array(q * q);
    for (let a = 0; a < q; a++) {
      for (let b = 0; b <= a; b++) factor[a * q + b] = -posterior.between(reduced[a]!, reduced[b]!);
      factor[a * q + a]! += 1 / precision[own[a]!]!;
    }
    if (!choleskyFactor(factor, q)) {
      // Only rounding can: the rows of the unit alone know some unknown, whose prior is next to nothing beside them.
      for (const i of own) away[i] = 0;
      continue;
    }
    const errors = Float64Array.from(own, (i) => rest[i]!);
    choleskySolve(factor, q, errors);
    own.forEach((i, a) => {
      const unit = new Float64Array(q);
      unit[a] = 1;
      choleskySolve(factor, q, unit);
      const noise = 1 / precision[i]!;
      const level = Math.max(0, noise * noise * unit[a]! - noise);
      const scale = fit.noise[fit.noiseOf[i]!]! ** 2 * tailFactor;
      away[i] = (noise * errors[a]!) / Math.sqrt(level + scale);
    });
  }
  return away;
}
