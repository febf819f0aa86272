import { requireWhole } from "../../numerics/arguments/requireNumber.ts";

/**
 * All mixtures whose shares are multiples of `1 / steps`: a grid on the simplex, of `(steps + k - 1)! / (steps! (k - 1)!)`
 * points for k sources.
 *
 * @param sources names of the sources
 * @param steps whole number >= 1
 * @param least smallest share of each source, default 0 (Shukor et al. 2025 took .1)
 * @throws RangeError when steps is no whole number >= 1, or there is no source
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
  if (sources.length === 0) throw new RangeError('sources must be one or more, got none; such as ["web"]');
  const counts: number[][] = [];
  const place = (before: readonly number[], rest: number) => {
    if (before.length === sources.length - 1) counts.push([...before, rest]);
    else for (let own = 0; own <= rest; own++) place([...before, own], rest - own);
  };
  place([], steps);
  return counts
    .filter((own) => own.every((count) => count / steps >= least - 1e-12))
    .map(
      (own) =>
        Object.fromEntries(sources.map((source, i) => [source, own[i]! / steps])) as Record<Source, number>,
    );
}
