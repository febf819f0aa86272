// Writes helpers/src/training/limitedData/rStarPairs.ts: refits of R_D*, R_N* on resamples of the public runs, from which
// plans draw. Run it after `npm run build` when the fit or the table changes; a test refits some of them.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bootstrapRepetitionCost, bootstrapRStar, repetitionPairs } from "isoflop";
import { muennighoffRuns } from "isoflop-datasets";

const runs = muennighoffRuns();
const twins = repetitionPairs(runs).filter(({ repeated }) => repeated.uniqueTokens >= 1e9);
const resamples = 400;
const seed = 1;
const short = (value) => `${Number(value.toPrecision(4))}`;

/** Pairs of R* as lines of ten numbers. */
function lines(pairs) {
  const numbers = pairs.flatMap(({ rStarTokens, rStarParams }) => [short(rStarTokens), short(rStarParams)]);
  const rows = Array.from({ length: numbers.length / 10 }, (_, k) => numbers.slice(10 * k, 10 * k + 10));
  return rows.map((row) => row.join(" ")).join("\n");
}

const path = fileURLToPath(new URL("../helpers/src/training/limitedData/rStarPairs.ts", import.meta.url));
writeFileSync(
  path,
  `// Written by scripts/r-star-replicates.js (${resamples} resamples, seed ${seed}); R_D* and R_N* in turn, 4 digits.

/** With the law of fresh data held. */
export const rStarPairs = \`
${lines(bootstrapRStar(runs, { resamples, seed }))}
\`;

/** With all seven constants fitted. */
export const rStarPairsRefit = \`
${lines(bootstrapRStar(runs, { resamples, seed, fresh: "refit" }))}
\`;

/** From ratios of losses, at least 1e9 unique tokens. */
export const rStarPairsOfCost = \`
${lines(bootstrapRepetitionCost(twins, { resamples, seed }))}
\`;
`,
);
