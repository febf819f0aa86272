// Fits of public tables that bench/bestFits.js compares: a formula each, which isoflop is given as it stands and scipy with
// ranges for its starts that hold the answer.
import {
  baseModelScores,
  chinchillaFigure4,
  gadreTestbed,
  isoflopsPublished,
  porianIsoflops,
  stepLawDense,
  stepLawMoe,
  vlmTokenScaling,
  vocabularyRuns,
} from "isoflop-datasets";

/** Ranges for scipy's starts, by what a parameter's name begins with. */
const usual = { E: [0.05, 2.5], A: [1, 1e6], B: [1, 1e6], a: [0.05, 0.9], b: [0.05, 0.9] };
const terms = "E + A/N^alpha + B/D^beta";

const chinchilla = chinchillaFigure4().filter((run) => !run.isOutlier);
const isoflops = (experiment) =>
  isoflopsPublished().filter((point) => point.experiment === experiment && !point.isQcOutlier);
const porian = (...experiments) => porianIsoflops().filter((point) => experiments.includes(point.experiment));
const gadre = (set) => gadreTestbed().filter((run) => run.trainSet === set);
const marin = ["comma", "dclm", "nemotron"].map((set) => `marin_202603__${set}__llama_2`);
const sizeAndData = { N: "nParams", D: "nTokens" };

const one = (name, source, formula, runs, options = {}) => ({
  name,
  source,
  formula,
  runs,
  variables: sizeAndData,
  response: "loss",
  residual: "log",
  loss: "squared",
  ...options,
  starts: { ...usual, ...options.starts },
});

const visual = vlmTokenScaling().filter((row) => row.meanError > 0);
const hoffmann = "Hoffmann et al. 2022, figure 4";
const scores = baseModelScores()
  .filter((row) => row.mmlu > 0 && row.nParams > 0 && row.nTokens > 0)
  .map((row) => ({ ...row, flops: 6 * row.nParams * row.nTokens }));

export const publicFits = [
  one("two terms, Huber 1e-3", hoffmann, terms, chinchilla, { loss: 1e-3 }),
  one("two terms", hoffmann, terms, chinchilla),
  one("power of the sum", hoffmann, "E + (A/N^alpha + B/D^beta)^g", chinchilla, {
    starts: { g: [0.5, 1.5] },
  }),
  one("Kaplan's form", hoffmann, "((Nc/N)^(aN/aD) + Dc/D)^aD", chinchilla, {
    starts: { N: [1e11, 1e15], D: [1e11, 1e15] },
  }),
  one("data term that grows with size", hoffmann, "E + A/N^alpha + B/D^beta*(1 + (N/Nb)^g)", chinchilla, {
    starts: { N: [1e8, 1e12], g: [0.1, 1.5] },
  }),
  one("size with an offset", hoffmann, "E + A/(N + N0)^alpha + B/D^beta", chinchilla, {
    starts: { N: [1e6, 1e9] },
  }),
  ...["c4", "redpajama", "refinedweb"].map((set) =>
    one(`${set}, Huber 1e-3`, "Gadre et al. 2024", terms, gadre(set), { loss: 1e-3 }),
  ),
  one("over-training", "Gadre et al. 2024", "E + (A*M^eta + B/M^eta)/C^eta", gadre("c4"), {
    variables: { C: "flops", M: "tokenMultiplier" },
    residual: "raw",
    starts: { eta: [0.05, 0.4] },
  }),
  one("refinedweb_0, Huber 1e-3", "Porian et al. 2024", terms, porian("refinedweb_0"), { loss: 1e-3 }),
  one("openwebtext2_0", "Porian et al. 2024", terms, porian("openwebtext2_0")),
  one("isoFLOP curves", "Open-Athena collection: Llama 3", terms, isoflops("llama_3__raw_loss")),
  one("comma", "Open-Athena collection: Marin", terms, isoflops(marin[0])),
  one("dclm, Huber 1e-3", "Open-Athena collection: Marin", terms, isoflops(marin[1]), { loss: 1e-3 }),
  one(
    "fineweb",
    "Open-Athena collection: Misfitting",
    terms,
    isoflops("misfitting__fineweb_c4__transformer"),
  ),
  one("dense, all learning rates", "Step Law (Li et al. 2025)", `${terms} + c*log(lr/k)^2`, stepLawDense(), {
    variables: { N: "nParamsNonEmbedding", D: "nTokens", lr: "learningRate" },
    starts: { c: [1e-4, 0.1], k: [1e-4, 1e-2] },
  }),
  one("mixture of experts", "Step Law (Li et al. 2025)", "E + A/N^alpha + B/D^beta + c/lr^g", stepLawMoe(), {
    variables: { N: "nParamsActive", D: "nTokens", lr: "learningRate" },
    starts: { c: [1e-5, 1e-1], g: [0.1, 1] },
  }),
  one("vocabulary", "Tao et al. 2024", "0 - E + A1/V^a2 + A/N^beta + B/D^beta", vocabularyRuns(), {
    variables: { N: "nParamsNonVocab", V: "nParamsVocab", D: "nTokens" },
    response: "lossUnigramNormalized",
    residual: "raw",
    starts: { E: [2, 8] },
  }),
  one(
    "visual reasoning",
    "Li et al. 2024 (visual tokens)",
    terms,
    visual.filter(({ taskGroup }) => taskGroup === "visual_reasoning"),
    {
      variables: { N: "nParams", D: "visualTokens" },
      response: "meanError",
      starts: { E: [0.01, 0.6], A: [0.01, 1e3], B: [0.001, 1] },
    },
  ),
  one(
    "MMLU, logistic in compute",
    "Ruan et al. 2024 (base models)",
    "low + span/(1 + (mid/C)^slope)",
    scores,
    {
      variables: { C: "flops" },
      response: "mmlu",
      residual: "raw",
      starts: { low: [0.1, 0.4], span: [0.2, 0.8], mid: [1e21, 1e25], slope: [0.2, 2] },
    },
  ),
  one("three data sets, exponents shared", "Gadre et al. 2024", terms, gadreTestbed(), {
    group: "trainSet",
    shared: ["alpha", "beta"],
  }),
  one(
    "three data sets, exponents shared",
    "Open-Athena collection: Marin",
    terms,
    marin.flatMap((set) => isoflops(set)),
    {
      group: "experiment",
      shared: ["alpha", "beta"],
    },
  ),
  one(
    "five schedules, exponents and data term shared",
    "Porian et al. 2024",
    terms,
    porian(...[0, 1, 2, 3, 4].map((k) => `refinedweb_${k}`)),
    { group: "experiment", shared: ["alpha", "beta", "B"] },
  ),
  one("task groups, exponents shared", "Li et al. 2024 (visual tokens)", terms, visual, {
    variables: { N: "nParams", D: "visualTokens" },
    response: "meanError",
    group: "taskGroup",
    shared: ["alpha", "beta"],
    starts: { E: [0.01, 0.6], A: [0.01, 1e3], B: [0.001, 1] },
  }),
  ...["mmlu", "hellaswag"].map((score) => ({
    name: `${score} by ln compute, level of each family`,
    source: "Ruan et al. 2024 (base models)",
    runs: scores.filter((row) => row[score] > 0),
    response: score,
    mixed: true,
  })),
];
