import type { PartsFit } from "./PartsFit.ts";
import type { Posterior } from "./posterior/Posterior.ts";
import { spreadStep } from "./spreadStep.ts";

/** Constants and spreads in turn until neither moves; the posterior and what is left of each row. */
export function settle<L>(
  fit: PartsFit<L>,
  options: { readonly tails: number; readonly spreadDeviation: number; readonly iterations: number },
): { posterior: Posterior; rest: Float64Array } {
  const { tails, spreadDeviation, iterations } = options;
  const typicalNoise = Float64Array.from(fit.noiseGroups, (name) => {
    const kind = fit.columns.hierarchy.kinds.find(
      (one) => name === one.name || name.startsWith(`${one.name}|`),
    );
    return kind!.noise;
  });
  for (let round = 0; ; round++) {
    const before = fit.theta;
    const equations = fit.step(fit.precisions());
    const posterior = fit.posterior(equations);
    const rest = fit.linearResiduals(before);
    if (round === iterations) return { posterior, rest };
    const moved = spreadStep(fit, equations, posterior, rest, typicalNoise, spreadDeviation, tails);
    const byMost = fit.theta.reduce((most, value, c) => Math.max(most, Math.abs(value - before[c]!)), 0);
    // Two more steps without the spreads, which are where they were to a hundredth.
    if (moved < 0.01 && byMost < 0.01) {
      fit.step(fit.precisions());
      const last = fit.theta;
      const final = fit.step(fit.precisions());
      return { posterior: fit.posterior(final), rest: fit.linearResiduals(last) };
    }
  }
}
