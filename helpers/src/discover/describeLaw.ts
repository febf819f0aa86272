import type { ScoredLaw } from "./choice/scoreLaws.ts";
import type { DiscoveredLaw } from "./DiscoveredLaw.ts";
import { formulaOf } from "./grammar/formulaOf.ts";
import type { DiscoverTable } from "./table/DiscoverTable.ts";

/** A law of the set as users read it: its formula, and the values of its parameters in every response and group. */
export function describeLaw(
  law: ScoredLaw,
  weight: number,
  error: number,
  table: DiscoverTable,
): DiscoveredLaw {
  const { candidate, shared } = law.law;
  const { coordinates } = table.shape;
  const valuesOf = (r: number, g: number) => {
    const fit = law.fits[r]!.fits.find(({ amplitudes }) => amplitudes.has(g))!;
    const own = fit.amplitudes.get(g)!;
    const floor = candidate.floor ? [own.at(-1)!] : [];
    return { nonlinear: [...fit.theta], linear: [...floor, ...own.subarray(0, candidate.terms.length)] };
  };
  // The inner parameters are logarithms, which have no sign in the text.
  const plain = formulaOf(candidate, coordinates, "");
  const isSize = (k: number) => plain.nonlinear[k]!.startsWith("K");
  const first = valuesOf(0, 0);
  const negative = {
    nonlinear: first.nonlinear.map((value, k) => value < 0 && !isSize(k)),
    linear: first.linear.map((value) => value < 0),
  };
  const texts = table.responses.map(({ name }) =>
    formulaOf(candidate, coordinates, name, negative, table.columns),
  );
  const signed = (value: number, isNegative: boolean | undefined) => (isNegative ? -value : value);
  return {
    law: texts[0]!.text,
    shared: shared && table.groupNames.length > 1,
    parameters: law.parameters,
    weight,
    error: Math.exp(error),
    aicc: law.aicc,
    bic: law.bic,
    values: table.responses.flatMap(({ name }, r) =>
      table.groupNames.map((group, g) => {
        const { nonlinear, linear } = valuesOf(r, g);
        const texted = texts[r]!;
        return {
          response: name,
          group,
          parameters: Object.fromEntries([
            ...texted.linear.map((one, k) => [one, signed(linear[k]!, negative.linear[k])]),
            ...texted.nonlinear.map((one, k) => [
              one,
              isSize(k) ? Math.exp(nonlinear[k]!) : signed(nonlinear[k]!, negative.nonlinear[k]),
            ]),
          ]),
        };
      }),
    ),
  };
}
