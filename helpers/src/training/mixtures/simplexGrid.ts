import { requireNames } from "../../numerics/arguments/requireNames.ts";
import { refusal, requireBetween, requireWhole } from "../../numerics/arguments/requireNumber.ts";

const mostPoints = 1e6;

/**
 * All mixtures whose shares are multiples of `1 / steps`: a grid on the simplex, of `(steps + k - 1)! / (steps! (k - 1)!)`
 * points for k sources.
 *
 * @param sources names of the sources
 * @param steps whole number >= 1
 * @param least smallest share of each source, default 0 (Shukor et al. 2025 took .1)
 * @throws RangeError when steps is no whole number >= 1, sources are no different names, least is above what each can have,
 *   or there would be more than a million points
 *
 * @example
 * import { simplexGrid } from "isoflop";
 * simplexGrid(["web", "code"], 2); // => [{ web: 0, code: 1 }, { web: 0.5, code: 0.5 }, { web: 1, code: 0 }]
 * simplexGrid(["web", "code", "books"], 10, 0.1).length; // => 36
 */
export function simplexGrid<Source extends string>(
  sources: readonly Source[],
  steps: number,
  least = 0,
): Record<Source, number>[] {
  requireWhole("steps", steps, 1, "10 makes steps of 0.1");
  requireNames("the sources of simplexGrid", sources, 1, 'such as ["web", "code"]');
  const k = sources.length;
  requireBetween("least", least, 0, 1 / k, `${k} sources cannot all have more`);
  const fewest = Math.ceil(steps * (least - 1e-12));
  const free = steps - k * fewest;
  let points = 1;
  for (let i = 1; i < k; i++) points *= (free + i) / i;
  if (points > mostPoints) {
    throw refusal("steps", `must make ${mostPoints} points at most`, steps, "draw some with dirichletShares");
  }
  const counts: number[][] = [];
  const place = (before: readonly number[], rest: number) => {
    if (before.length === k - 1) counts.push([...before, fewest + rest]);
    else for (let own = 0; own <= rest; own++) place([...before, fewest + own], rest - own);
  };
  if (free >= 0) place([], free);
  return counts.map(
    (own) =>
      Object.fromEntries(sources.map((source, i) => [source, own[i]! / steps])) as Record<Source, number>,
  );
}
