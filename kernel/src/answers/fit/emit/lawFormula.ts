import type { Law } from "isoflop";

/** The right sides of the built-in laws, by the kind of their specification, in the names of their fields. */
const formulas: Readonly<Record<string, (law: Law) => string>> = {
  chinchilla: () => "E + A/nParams^alpha + B/nTokens^beta",
  chinchillaEqualExponents: () => "E + A/nParams^alpha + B/nTokens^alpha",
  chinchillaInteraction: () => "E + A/nParams^alpha + B/nTokens^beta + G/(nParams^alpha*nTokens^beta)",
  powerLaw: (law) => `E + A/${variable(law)}^alpha`,
  kaplanParamsTokens: () => "((Nc/nParams)^(alphaN/alphaD) + Dc/nTokens)^alphaD",
  kaplanParamsSteps: () => "(Nc/nParams)^alphaN + (Sc/nSteps)^alphaS",
  overTraining: () => "E + (a*tokenMultiplier^eta + b/tokenMultiplier^eta)/flops^eta",
  downstreamError: () => "epsilon - k*exp(-gamma*loss)",
  brokenPowerLaw: (law) => {
    const x = variable(law);
    const breaks = law.parameters.filter(({ name }) => /^d\d+$/.test(name)).length;
    const factors = Array.from(
      { length: breaks },
      (_, i) => `(1 + (${x}/d${i + 1})^(1/f${i + 1}))^(-c${i + 1}*f${i + 1})`,
    );
    return `E + ${["A", `${x}^(-c0)`, ...factors].join("*")}`;
  },
  saturatingLogistic: (law) => `low + span/(1 + (${variable(law)}/midpoint)^(-slope))`,
  separablePowerLaw: (law) =>
    ["E", ...law.variables.map(({ name }) => `A_${name}/${name}^alpha_${name}`)].join(" + "),
  multiplicativePowerLaw: (law) =>
    `E + ${["A", ...law.variables.map(({ name }) => `${name}^(-alpha_${name})`)].join("*")}`,
  exponentiatedPowerLaw: (law) => `exp(-a/${variable(law)}^b)`,
  vocabularyLoss: () =>
    "A1/(nParamsNonVocab/1e6)^beta + A2/(nParamsVocab/1e6)^alpha2 + B/(nTokens/1e9)^beta - E",
};

const variable = (law: Law) => law.variables[0]!.name;

/**
 * A law's right side as a formula in the names of its fields.
 *
 * @param given the right side, where the law was given as a formula
 * @throws RangeError where it has none
 */
export function lawFormula(law: Law, given: string | undefined): string {
  const known = law.specification && formulas[law.specification.kind];
  if (given !== undefined) return given;
  if (known) return known(law);
  throw new RangeError(`${law.name} cannot be written as a function; give it as a formula with --law`);
}
