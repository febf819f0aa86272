import type { FitOptions, Prior } from "./objective/FitOptions.ts";

/** Beyond these digits a dispersion says nothing of how sure a belief is. */
const digits = 6;
const rounds = 30;
/** Residuals below this share of the response are rounding; a prior must weigh something beside them. */
const rounding = 1e-9;

/** Whether priors are given whose weight beside the runs is not said. */
export function leavesPriors({ priors = {} }: Pick<FitOptions, "priors">): boolean {
  return Object.values(priors).some((prior) => prior && (prior as Prior).dispersion === undefined);
}

/** The options with that weight for the priors that have none of their own. */
export function weighPriors<O extends Pick<FitOptions, "priors">>(options: O, dispersion: number): O {
  const priors = Object.entries((options.priors ?? {}) as Record<string, Prior | undefined>).flatMap(
    ([name, prior]) => (prior ? [[name, { dispersion, ...prior }] as const] : []),
  );
  return { ...options, priors: Object.fromEntries(priors) };
}

/**
 * The options with the priors weighed by the dispersion that the fit with them leaves: from one too large, so that parameters
 * which only their priors decide never run away, down to where it stays.
 *
 * @param largest the objective of a run that is off by its whole size
 * @param dispersionOf fits with these options and tells the dispersion
 */
export function settlePriors<O extends Pick<FitOptions, "priors">>(
  options: O,
  largest: number,
  dispersionOf: (weighed: O) => number,
): O {
  let dispersion = largest;
  for (let round = 0; round < rounds; round++) {
    const found = Math.max(dispersionOf(weighPriors(options, dispersion)), largest * rounding ** 2);
    const next = Number(found.toPrecision(digits));
    if (next === dispersion) break;
    dispersion = Number.isFinite(next) ? next : dispersion;
  }
  return weighPriors(options, dispersion);
}
