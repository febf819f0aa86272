import { builtInLaws } from "isoflop";

/** The built-in laws as plain data, with TeX, units and domains. */
export function lawsJson(): object[] {
  return builtInLaws.map(({ name, tex, source, response, variables, parameters }) => ({
    name,
    tex,
    source,
    response,
    variables,
    parameters: parameters.map(({ domain, ...parameter }) => ({
      ...parameter,
      // JSON has no infinity.
      domain: domain.map((end) => (Number.isFinite(end) ? end : null)),
    })),
  }));
}
