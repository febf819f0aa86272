import type { Law } from "isoflop";

type Range = readonly [number, number];

/** Parameters in each law's usual range, so that terms are of the size they have in practice. */
const typical: Record<string, Record<string, Range>> = {
  chinchilla: { E: [1, 2.5], A: [100, 1000], B: [100, 5000], alpha: [0.2, 0.5], beta: [0.2, 0.5] },
  chinchillaEqualExponents: { E: [1, 2.5], A: [100, 1000], B: [100, 5000], alpha: [0.2, 0.5] },
  chinchillaInteraction: {
    E: [1, 2.5],
    A: [100, 1000],
    B: [100, 5000],
    G: [1e4, 1e5],
    alpha: [0.25, 0.45],
    beta: [0.25, 0.45],
  },
  powerLaw: { E: [1, 2.5], A: [1e2, 1e4], alpha: [0.1, 0.3] },
  kaplanParamsTokens: { Nc: [1e13, 1e14], Dc: [1e13, 1e14], alphaN: [0.06, 0.1], alphaD: [0.08, 0.15] },
  kaplanParamsSteps: { Nc: [1e13, 1e14], Sc: [1e3, 1e4], alphaN: [0.06, 0.1], alphaS: [0.5, 0.9] },
  overTraining: { E: [1, 2.5], a: [100, 300], b: [150, 400], eta: [0.1, 0.16] },
  downstreamError: { epsilon: [0.7, 0.95], k: [1, 4], gamma: [0.5, 1.2] },
  brokenPowerLaw1: {
    E: [0.5, 2],
    A: [20, 80],
    c0: [0.04, 0.1],
    c1: [0.1, 0.4],
    d1: [1e20, 1e21],
    f1: [0.2, 0.8],
  },
  brokenPowerLaw2: {
    E: [0.5, 2],
    A: [20, 80],
    c0: [0.02, 0.1],
    c1: [0.2, 0.4],
    d1: [1e19, 2e19],
    f1: [0.2, 0.5],
    c2: [-0.15, -0.05],
    d2: [5e21, 1e22],
    f2: [0.2, 0.5],
  },
  saturatingLogistic: { low: [0.1, 0.3], span: [0.4, 0.6], slope: [0.5, 1.5], midpoint: [1e20, 1e21] },
  separablePowerLaw: {
    E: [1, 2.5],
    A_nParams: [100, 1000],
    A_nTokens: [100, 5000],
    alpha_nParams: [0.2, 0.5],
    alpha_nTokens: [0.2, 0.5],
  },
  multiplicativePowerLaw: {
    E: [1, 2.5],
    A: [100, 1000],
    alpha_nParams: [0.05, 0.15],
    alpha_nTokens: [0.05, 0.15],
  },
  vocabularyLoss: {
    E: [4, 6],
    A1: [1, 3],
    A2: [0.1, 0.5],
    B: [1, 3],
    alpha2: [0.5, 0.8],
    beta: [0.3, 0.6],
  },
  dataConstrained: {
    E: [1, 2.5],
    A: [300, 1000],
    B: [500, 5000],
    alpha: [0.32, 0.38],
    beta: [0.32, 0.38],
    rStarTokens: [5, 50],
    rStarParams: [2, 10],
  },
  routedLaw: {
    a: [-0.09, -0.07],
    b: [-0.15, -0.08],
    c: [0.006, 0.014],
    d: [1.05, 1.2],
    start: [1.5, 5],
    max: [150, 600],
  },
  flooredRoutedLaw: {
    floor: [1.2, 1.7],
    a: [-0.2, -0.12],
    b: [-0.2, -0.1],
    c: [0.002, 0.01],
    d: [1.3, 1.7],
    start: [1.5, 5],
    max: [150, 600],
  },
  fineGrainedLaw: {
    c: [0.4, 1.5],
    a: [10, 40],
    g: [1, 20],
    b: [20, 80],
    alpha: [0.1, 0.2],
    beta: [0.12, 0.25],
    gamma: [0.4, 1],
  },
  sparsityLaw: {
    e: [0.8, 1.5],
    a: [3e3, 2e4],
    b: [2e3, 8e3],
    c: [0.3, 0.8],
    d: [10, 30],
    alpha: [0.45, 0.6],
    beta: [0.35, 0.45],
    lambda: [-0.3, -0.15],
    delta: [0.1, 0.2],
    gamma: [0.13, 0.18],
  },
  jointMoeLaw: {
    c: [1, 1.6],
    a: [20, 50],
    b: [20, 60],
    alpha: [0.16, 0.25],
    beta: [0.15, 0.25],
    delta: [0.1, 0.3],
    gamma: [-0.015, -0.005],
    omega: [-0.6, -0.3],
    zeta: [0.01, 0.03],
    start: [1.5, 3],
    max: [150, 400],
  },
  taskLoss: { E: [0.3, 1], A: [20, 100], B: [30, 200], alpha: [0.2, 0.4], beta: [0.2, 0.4] },
  lossToAccuracy: { a: [-0.9, -0.5], k: [2, 5], L0: [0.8, 1.5], b: [0.85, 0.99] },
  singleStepAccuracy: {
    a: [-0.8, -0.6],
    b: [0.85, 0.95],
    A: [50, 200],
    B: [100, 400],
    E: [-3, -1.5],
    alpha: [0.2, 0.3],
    beta: [0.2, 0.3],
  },
  familySkill: { c: [0.1, 0.3], family: [-3, -1], bN: [0.4, 0.9], bD: [0.2, 0.6], bND: [-0.05, 0.05] },
  capabilityScore: {
    h: [0.85, 0.95],
    alpha: [-1, 0.5],
    beta_pc1: [2, 5],
    beta_pc2: [-1, 1],
    beta_pc3: [-1, 1],
  },
  kaplanJoint: { E: [0.8, 2.2], A: [2e7, 8e7], B: [3e8, 1e9], alpha: [0.35, 0.5], beta: [0.4, 0.5] },
  coupledChinchilla: {
    E: [1, 2],
    A: [1000, 5000],
    B: [1e4, 3e4],
    alpha: [0.35, 0.45],
    beta: [0.4, 0.5],
    gamma: [0.4, 0.8],
  },
  farseerForm: {
    E: [1, 2.5],
    A: [100, 1000],
    alpha: [0.25, 0.45],
    B: [500, 5000],
    beta: [0.25, 0.4],
    eta: [-0.3, 0.3],
    delta: [-0.05, 0.05],
  },
  // Published powers lie nearer 1, where the floors cannot be told apart.
  lossToLoss: { E0: [0.5, 1.2], E1: [0.5, 2], K: [0.5, 1.2], kappa: [1.3, 1.8] },
  parallelLoss: { E: [0.6, 1.5], A: [20, 80], alpha: [0.15, 0.25], k: [0.2, 0.6] },
  precisionLoss: {
    E: [1, 2.8],
    A: [500, 5000],
    B: [500, 2e4],
    alpha: [0.3, 0.5],
    beta: [0.3, 0.5],
    gamma: [1, 2.5],
    offset: [-0.2, 0.4],
  },
  transferredData: { k: [1e3, 1e6], alpha: [0.05, 0.3], beta: [0.3, 0.5] },
  exponentialMixture: { c: [1, 2.5], k: [0.2, 2], t_web: [-2, -0.3] },
  additiveMixture: {
    E: [1, 2],
    A: [100, 1000],
    B: [100, 5000],
    alpha: [0.2, 0.5],
    beta: [0.2, 0.5],
    C_web: [2, 10],
    C_code: [1, 5],
    gamma_web: [0.3, 0.8],
    gamma_code: [0.3, 0.8],
  },
  jointMixture: {
    E: [1, 2],
    alpha: [0.2, 0.5],
    beta: [0.2, 0.5],
    gammaA: [0.6, 1.5],
    gammaB: [0.6, 1.5],
    C_web: [2, 10],
    C_code: [1, 5],
    gamma_web: [0.3, 0.8],
    gamma_code: [0.3, 0.8],
    CA_web: [100, 1000],
    CA_code: [200, 3000],
    CB_web: [100, 1000],
    CB_code: [200, 3000],
  },
  bimix: { B: [2, 20], C: [1, 3], alpha: [0.02, 0.2], beta: [0.2, 0.6] },
  ownShareMixture: {
    E: [1, 2.5],
    A: [100, 1000],
    B: [100, 5000],
    alpha: [0.2, 0.5],
    beta: [0.2, 0.5],
    gamma: [0.02, 0.2],
  },
  exponentiatedPowerLaw: { a: [1, 4], b: [0.2, 0.8] },
  rateBatchValley: {
    E: [1, 2],
    A: [100, 300],
    B: [100, 400],
    alpha: [0.25, 0.35],
    beta: [0.25, 0.35],
    rate: [8e-4, 2e-3],
    rateN: [-0.7, -0.4],
    rateD: [0.15, 0.3],
    batch: [5e5, 2e6],
    batchN: [-0.2, -0.05],
    batchD: [0.4, 0.6],
    coupling: [0.2, 0.5],
    rateCurvature: [0.015, 0.05],
    batchCurvature: [0.01, 0.04],
    skew: [0.3, 0.6],
  },
};

const variableRange: Record<string, Range> = {
  nParams: [1e7, 1e11],
  nTokens: [1e9, 1e13],
  uniqueTokens: [1e8, 1e12],
  flops: [1e18, 1e23],
  tokenMultiplier: [1, 1000],
  nSteps: [1e3, 1e6],
  nSamples: [1, 1e4],
  nParamsNonVocab: [3e7, 3e9],
  nParamsVocab: [2e6, 2e8],
  loss: [1.8, 5],
  experts: [1, 512],
  granularity: [1, 64],
  activeShare: [0.02, 1],
  learningRate: [1e-4, 3e-2],
  batchTokens: [3e4, 1e7],
  taskLoss: [0.3, 3],
  pc1: [0.05, 0.9],
  pc2: [0.02, 0.5],
  pc3: [0.02, 0.5],
  sourceLoss: [1.8, 5],
  streams: [1, 16],
  bits: [3, 16],
  fineTuningData: [1e5, 1e9],
  web: [0.1, 0.9],
  code: [0.05, 0.6],
};

const place = "helpers/test/laws/typicalRanges.ts";

/** Laws of one family whose members have other parameters are told apart by their second argument. */
function keyOf({ name, specification }: Law): string {
  if (!specification) throw new Error(`${name} has no specification: { kind, arguments }; give it one`);
  const { kind, arguments: values } = specification;
  return kind === "brokenPowerLaw" ? `${kind}${values[1]}` : kind;
}

/** The usual range of each of a law's parameters. */
export function parameterRanges(law: Law): Readonly<Record<string, Range>> {
  const key = keyOf(law);
  const ranges = typical[key] ?? {};
  const names: readonly string[] = law.parameters.map(({ name }) => name);
  const missing = names.filter((name) => !ranges[name]);
  const unknown = Object.keys(ranges).filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new Error(
      `the law ${law.name} has no typical range for ${missing.join(", ")}; add it in ${place}, as ` +
        `typical.${key} = { ${missing.map((name) => `${name}: [low, high]`).join(", ")} }, in the law's units`,
    );
  }
  if (unknown.length > 0) {
    throw new Error(
      `typical.${key} in ${place} gives a range for ${unknown.join(", ")}, but the law has ${names.join(", ")}`,
    );
  }
  return ranges;
}

/** The usual range of each variable of a law. */
export function variableRanges(law: Law): readonly (readonly [string, Range])[] {
  return law.variables.map(({ name, unit }) => {
    const range = variableRange[name];
    if (!range) {
      throw new Error(
        `the law ${law.name} reads ${name}, which has no usual range; add it in ${place}, as ` +
          `variableRange.${name} = [low, high], in ${unit}`,
      );
    }
    return [name, range] as const;
  });
}
