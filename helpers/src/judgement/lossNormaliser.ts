import type { Loss, LossSpecification } from "../fit/losses/Loss.ts";
import { upperGamma } from "../numerics/distributions/incompleteGamma.ts";

/**
 * ln Z with Z = ∫ exp(−ρ(z)) dz, which makes exp(−ρ(z)) / Z a probability density: the noise under which
 * minimising the loss is maximum likelihood.
 *
 * For Huber's loss Z = √(2π) erf(δ/√2) + 2 exp(−δ²/2) / δ, as in the code of Besiroglu et al. 2024.
 */
export function lossNormaliser(loss: Loss): number {
  return Math.log(closedForm(loss.specification) ?? quadrature(loss));
}

function closedForm({ kind, scale, over, base }: LossSpecification): number | undefined {
  if (kind === "squared") return Math.sqrt(Math.PI);
  if (kind === "l1") return 2;
  if (kind === "huber") {
    const delta = scale!;
    const core = Math.sqrt(2 * Math.PI) * (1 - upperGamma(0.5, (delta * delta) / 2));
    return core + (2 * Math.exp((-delta * delta) / 2)) / delta;
  }
  // exp(−c |z|) and exp(−c z²) scale with c; Huber's does not, since its corner stays where it is.
  if (kind === "asymmetric" && base?.kind === "l1") return 1 + 1 / over!;
  if (kind === "asymmetric" && base?.kind === "squared") {
    return (Math.sqrt(Math.PI) / 2) * (1 + 1 / Math.sqrt(over!));
  }
  return undefined;
}

/**
 * The trapezoidal rule after z = sinh t, which spreads the points over all magnitudes; on a smooth integrand that
 * falls off doubly exponentially it is exact to rounding.
 */
function quadrature(loss: Loss): number {
  const step = 1e-3;
  const half = 40_000;
  const n = 2 * half + 1;
  const one = new Float64Array(1).fill(1);
  const z = new Float64Array(1);
  const influence = new Float64Array(1);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const t = (i - half) * step;
    z[0] = Math.sinh(t);
    total += Math.exp(-loss.sum(z, one, 1, influence)) * Math.cosh(t);
  }
  return total * step;
}
