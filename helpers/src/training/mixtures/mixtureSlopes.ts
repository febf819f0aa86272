import { requireNames } from "../../numerics/arguments/requireNames.ts";

/**
 * All slopes t of an `exponentialMixture`, the last source's too, which has no parameter because they sum to 0. Differences
 * between two of them are what runs determine: `exp(t_a - t_b)` to the power of 0.1 is the factor on the excess loss when
 * a tenth of the tokens goes from b to a.
 *
 * @param sources as the law has them
 * @param parameters of a fit or published law
 *
 * @example
 * import { mixtureSlopes } from "isoflop";
 * mixtureSlopes(["web", "code", "books"], { t_web: -1, t_code: 0.4 }).books; // => 0.6
 */
export function mixtureSlopes<Source extends string>(
  sources: readonly Source[],
  parameters: Readonly<Partial<Record<`t_${Source}`, number>>>,
): Record<Source, number> {
  requireNames("the sources of mixtureSlopes", sources, 2, 'such as ["web", "code"]');
  const given = sources.slice(0, -1).map((source) => {
    const slope = (parameters as Readonly<Record<string, number | undefined>> | undefined)?.[`t_${source}`];
    if (slope !== undefined && Number.isFinite(slope)) return slope;
    throw new RangeError(
      `t_${source} must be a finite number, got ${slope}; give the parameters of exponentialMixture(sources)`,
    );
  });
  const all = [...given, -given.reduce((sum, slope) => sum + slope, 0)];
  return Object.fromEntries(sources.map((source, i) => [source, all[i]!])) as Record<Source, number>;
}
