// Writes helpers/src/training/batch/stepLawValley.ts from the public runs of Step Law: run after `npm run build` when the
// fit changes. A test fits anew and compares.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fitRateBatch, rateBatchConstants, valleyShape } from "isoflop";
import { stepLawDense } from "isoflop-datasets";

const runs = stepLawDense();
const fit = fitRateBatch(runs);
const { replicates, scatter } = rateBatchConstants(runs, { source: "", conditions: "" });
const digits = (value) => Number(value.toPrecision(7));
const row = (shape) => valleyShape.map((name) => digits(shape[name])).join(" ");
const parameters = Object.entries(fit.law.parameters)
  .map(([name, value]) => `    ${name}: ${digits(value)},`)
  .join("\n");
const batches = runs.map((run) => run.batchTokens);
const range = (key) => {
  const values = fit.grids.map((grid) => grid[key]);
  return `[${Math.min(...values)}, ${Math.max(...values)}]`;
};
const text = `import { readReplicates } from "../../numerics/readReplicates.ts";
import { valleyShape } from "./fitRateBatch.ts";
import type { RateBatchConstants } from "./RateBatchConstants.ts";

// Written by scripts/write-step-law-valley.js. One row without each of the ${fit.grids.length} grids, in the order of valleyShape.
const rows = \`
${replicates.map(row).join("\n")}
\`;

/**
 * isoflop's fit of the valley of loss over learning rate and batch to the ${fit.n} runs within 4 % of the best of their grid, of
 * the ${fit.grids.length} grids that Li et al. 2025 released, and the same without each grid.
 *
 * Source: runs of Li et al. 2025 (arXiv:2503.04715), repository step-law/steplaw at 32a8f4c; the fit is isoflop's.
 *
 * @example
 * import { stepLawValley } from "isoflop";
 * stepLawValley.parameters.batchD; // => ${fit.shape.batchD.toPrecision(4)}
 * stepLawValley.replicates.length; // => ${fit.grids.length}
 */
export const stepLawValley: RateBatchConstants & { readonly units: Readonly<Record<string, string>> } = Object.freeze({
  parameters: Object.freeze({
${parameters}
  }),
  replicates: readReplicates(rows, valleyShape),
  scatter: Object.freeze([
${scatter.map(([rate, batch]) => `    [${rate.toFixed(4)}, ${batch.toFixed(4)}] as const,`).join("\n")}
  ]),
  source: "isoflop's fit of the ${fit.grids.length} public grids of Li et al. 2025 (arXiv:2503.04715)",
  fitted: Object.freeze({
    nParams: ${range("nParams")} as const,
    nTokens: ${range("nTokens")} as const,
    batchTokens: [${Math.min(...batches)}, ${Math.max(...batches)}] as const,
  }),
  units: Object.freeze({ rate: "peak learning rate", batch: "tokens", E: "nats per token" }),
  conditions: "AdamW, cosine to 1e-5, 2,000 warm-up steps, sequences of 2048; N without embeddings",
});
`;
writeFileSync(
  fileURLToPath(new URL("../helpers/src/training/batch/stepLawValley.ts", import.meta.url)),
  text,
);
