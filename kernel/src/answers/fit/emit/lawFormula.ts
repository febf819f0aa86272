import type { Law } from "isoflop";

const saturated = "(1/(1/(experts - 1 + 1/(1/start - 1/max)) + 1/max))";
const routed = `10^d*nParams^a*${saturated}^(b + c*log(nParams)/log(10))`;

/** The right sides of the built-in laws, by the kind of their specification, in the names of their fields. */
const formulas: Readonly<Record<string, (law: Law, isRead: boolean) => string>> = {
  chinchilla: () => "E + A/nParams^alpha + B/nTokens^beta",
  chinchillaEqualExponents: () => "E + A/nParams^alpha + B/nTokens^alpha",
  chinchillaInteraction: () => "E + A/nParams^alpha + B/nTokens^beta + G/(nParams^alpha*nTokens^beta)",
  powerLaw: (law) => `E + A/${variable(law)}^alpha`,
  kaplanParamsTokens: () => "((Nc/nParams)^(alphaN/alphaD) + Dc/nTokens)^alphaD",
  kaplanParamsSteps: () => "(Nc/nParams)^alphaN + (Sc/nSteps)^alphaS",
  overTraining: () => "E + (a*tokenMultiplier^eta + b/tokenMultiplier^eta)/flops^eta",
  downstreamError: () => "epsilon - k*exp(-gamma*loss)",
  brokenPowerLaw: (law, isRead) => {
    const x = variable(law);
    const breaks = law.parameters.filter(({ name }) => /^d\d+$/.test(name)).length;
    const factors = Array.from({ length: breaks }, (_, i) => {
      const [c, d, f] = [`c${i + 1}`, `d${i + 1}`, `f${i + 1}`];
      if (isRead) return `(1 + (${x}/${d})^(1/${f}))^(-${c}*${f})`;
      // The same without a number beyond the largest, far from a sharp break.
      return `max(${x}/${d}, 1)^(-${c})*(1 + min(${x}/${d}, ${d}/${x})^(1/${f}))^(-${c}*${f})`;
    });
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
  dataConstrained: () => {
    const decayed = (count: string, base: string, rStar: string) =>
      `min(${count}, ${base})*(1 + ${rStar}*(1 - exp(-max(${count}/${base} - 1, 0)/${rStar})))`;
    const balanced = "((alpha*A/(beta*B))*min(nTokens, uniqueTokens)^beta)^(1/alpha)";
    const tokens = decayed("nTokens", "uniqueTokens", "rStarTokens");
    return `E + A/(${decayed("nParams", balanced, "rStarParams")})^alpha + B/(${tokens})^beta`;
  },
  routedLaw: () => routed,
  flooredRoutedLaw: () => `floor + ${routed}`,
  fineGrainedLaw: () => "c + (g/granularity^gamma + a)/nParams^alpha + b/nTokens^beta",
  sparsityLaw: () =>
    "e + a/nParams^alpha + b/nTokens^beta + c/activeShare^lambda + d/(activeShare^delta*nParams^gamma)",
  jointMoeLaw: () =>
    `c + a*${saturated}^delta*nParams^(-alpha - gamma*log(${saturated}))` +
    ` + b*${saturated}^omega*nTokens^(-beta - zeta*log(${saturated}))`,
  taskLoss: () => "E + A/nParams^alpha + B/nTokens^beta",
  lossToAccuracy: () => "b + a/(1 + exp(-k*(taskLoss - L0)))",
  singleStepAccuracy: () => "b + a/(1 + exp(-(A/nParams^alpha + B/nTokens^beta + E)))",
  familySkill: () => {
    const [n, d] = ["log(nParams/1e9)", "log(nTokens/1e12)"];
    return `c + (1 - c)/(1 + exp(-(family + bN*${n} + bD*${d} + bND*${n}*${d})))`;
  },
  capabilityScore: (law) =>
    `h/(1 + exp(-(${["alpha", ...law.variables.map(({ name }) => `beta_${name}*${name}`)].join(" + ")})))`,
  kaplanJoint: () => "E + ((A/nParams)^(alpha/beta) + B/nTokens)^beta",
  coupledChinchilla: () => "E + (A/nParams^alpha + B/nTokens^beta)^gamma",
  farseerForm: () => "E + A/nParams^alpha + B*(nParams/1e9)^eta*nTokens^(-beta*(nParams/1e9)^(-delta))",
  lossToLoss: (_, isRead) =>
    isRead ? "E1 + K*(sourceLoss - E0)^kappa" : "E1 + K*max(sourceLoss - E0, 1e-9)^kappa",
  parallelLoss: () => "E + A/(nParams*(1 + k*log(streams)))^alpha",
  precisionLoss: (_, isRead) => {
    const share = "1 - exp(offset - bits/gamma)";
    return `E + A/(nParams*(${isRead ? share : `max(${share}, 1e-9)`}))^alpha + B/nTokens^beta`;
  },
  transferredData: () => "k*fineTuningData^alpha*nParams^beta",
  rateBatchValley: () => {
    const at = (name: string) => `${name}*(nParams/1e9)^${name}N*(nTokens/1e11)^${name}D`;
    const v = `log(batchTokens/(${at("batch")}))`;
    const u = `(log(learningRate/(${at("rate")})) - coupling*${v})`;
    const wall = `2*(exp(skew*${u}) - 1 - skew*${u})/skew^2`;
    return `E + (A/nParams^alpha + B/nTokens^beta)*(1 + rateCurvature*${wall} + batchCurvature*${v}^2)`;
  },
  exponentialMixture: (law) => {
    const names = law.variables.map(({ name }) => name);
    const terms = names.slice(0, -1).map((name) => `t_${name}*(${name} - ${names.at(-1)})`);
    return `c + k*exp(${terms.join(" + ")})`;
  },
  additiveMixture: (law) => `E + 1/(${brought(law)}) + A/nParams^alpha + B/nTokens^beta`,
  jointMixture: (law) =>
    `E + 1/(${brought(law)}) + (${weighed(law, "CA")})^gammaA/nParams^alpha + (${weighed(law, "CB")})^gammaB/nTokens^beta`,
  bimix: (law) => `(B/nSteps^beta + C)/${variable(law)}^alpha`,
  ownShareMixture: (law) => `(E + A/nParams^alpha + B/nTokens^beta)/${variable(law)}^gamma`,
};

const variable = (law: Law) => law.variables[0]!.name;

/** The names of the shares, which stand before size and tokens. */
const sources = (law: Law) => law.variables.slice(0, -2).map(({ name }) => name);
const brought = (law: Law) =>
  sources(law)
    .map((name) => `C_${name}*${name}^gamma_${name}`)
    .join(" + ");
const weighed = (law: Law, weight: string) =>
  sources(law)
    .map((name) => `${weight}_${name}*${name}`)
    .join(" + ");

/**
 * A law's right side as a formula in the names of its fields.
 *
 * @param given the right side, where the law was given as a formula
 * @param isRead whether it is for readers, not for a computer
 * @throws RangeError where it has none
 */
export function lawFormula(law: Law, given: string | undefined, isRead: boolean): string {
  const known = law.specification && formulas[law.specification.kind];
  if (given !== undefined) return given;
  if (known) return known(law, isRead);
  throw new RangeError(`${law.name} cannot be written as a function; give it as a formula with --law`);
}
