// Tables of datasets/ whose authors published a law, as discover() reads them, and the form of that law.
import {
  chinchillaFigure4,
  gadreTestbed,
  porianOptimalPairs,
  stepLawDense,
  vocabularyRuns,
} from "isoflop-datasets";

const pick = (rows, names) =>
  rows.map((row) => Object.fromEntries(Object.entries(names).map(([to, from]) => [to, row[from]])));

/** For each pair of sizes the settings of the run with the least loss. */
function bestSettings(runs) {
  const best = new Map();
  for (const run of runs) {
    const key = `${run.nParamsNonEmbedding} ${run.nTokens}`;
    if (!best.has(key) || run.loss < best.get(key).loss) best.set(key, run);
  }
  return [...best.values()];
}

export const publishedTables = [
  {
    name: "Chinchilla (Hoffmann et al. 2022, figure 4)",
    rows: () =>
      pick(
        chinchillaFigure4().filter((run) => !run.isOutlier),
        { N: "nParams", D: "nTokens", loss: "loss" },
      ),
    options: { response: "loss", scale: ["N", "D"] },
    form: ["E", "N^p", "D^p"],
    parameters: 5,
  },
  {
    name: "Gadre et al. 2024, three training sets",
    rows: () => pick(gadreTestbed(), { N: "nParams", D: "nTokens", set: "trainSet", loss: "loss" }),
    options: { response: "loss", scale: ["N", "D"], group: "set" },
    form: ["E", "N^p", "D^p"],
    parameters: 5,
  },
  {
    name: "Porian et al. 2024, compute-optimal sizes",
    rows: () => pick(porianOptimalPairs(), { C: "flops", N: "nParams", experiment: "experiment" }),
    options: { response: "N", scale: ["C"], group: "experiment" },
    form: ["C^p"],
    parameters: 2,
  },
  {
    name: "Vocabulary (Tao et al. 2024)",
    rows: () =>
      pick(vocabularyRuns(), {
        N: "nParamsNonVocab",
        V: "vocabSize",
        H: "nCharacters",
        loss: "lossUnigramNormalized",
      }),
    options: { response: "loss", scale: ["N", "V", "H"] },
    form: ["E", "N^p", "V^p", "H^p"],
    parameters: 7,
  },
  {
    name: "Step Law (Li et al. 2025), best learning rate of each grid",
    rows: () =>
      pick(bestSettings(stepLawDense()), { N: "nParamsNonEmbedding", D: "nTokens", lr: "learningRate" }),
    options: { response: "lr", scale: ["N", "D"] },
    form: ["D^p*N^p"],
    parameters: 3,
  },
];

/** The terms of a law without its numbers, in an order of their own: E + A1*(N/2)^(-p1) is E, N^p. */
export function formOf(law) {
  return law
    .slice(law.indexOf("=") + 1)
    .replace(/\/[\d.]+(e[+-]?\d+)?/g, "")
    .replace(/\(-(\w+)\)/g, "$1")
    .replace(/\((\w+)\)/g, "$1")
    .split(/ [+-] /)
    .map((term) =>
      term
        .trim()
        .replace(/^-/, "")
        .split("*")
        .filter((factor) => !/^A\d+_?$/.test(factor))
        .map((factor) => factor.replace(/\bp\d+_?\b/g, "p").replace(/\bE_*\b/, "E"))
        .sort()
        .join("*"),
    )
    .sort();
}
