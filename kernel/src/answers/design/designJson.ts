import type { AskedDesign } from "./designText.ts";

/** What `isoflop design --json` writes. */
export function designJson({ found, design, budget, cost, notes }: AskedDesign): string {
  // Hundreds of runs that might be made say little beside those that should.
  const { candidates: _, ...answer } = design;
  const { law, decided, set } = found;
  const laws = set.map(({ law, weight }) => ({ law, weight }));
  return JSON.stringify(
    { law, decided, laws, budget, costOfARun: cost.formula, unit: cost.unit, ...answer, notes },
    undefined,
    2,
  );
}
