// Writes helpers/src/training/limitedData/rStarPairs.ts: refits of R_D*, R_N* on resamples of the public runs, from which
// plans draw. Run it after `npm run build` when the fit or the table changes; a test refits some of them.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bootstrapRStar } from "isoflop";
import { muennighoffRuns } from "isoflop-datasets";

const resamples = 400;
const seed = 1;
const pairs = bootstrapRStar(muennighoffRuns(), { resamples, seed });
const short = (value) => `${Number(value.toPrecision(4))}`;
const lines = [];
for (let i = 0; i < pairs.length; i += 5) {
  const cells = pairs
    .slice(i, i + 5)
    .flatMap(({ rStarTokens, rStarParams }) => [short(rStarTokens), short(rStarParams)]);
  lines.push(`  ${cells.join(", ")},`);
}
const path = fileURLToPath(new URL("../helpers/src/training/limitedData/rStarPairs.ts", import.meta.url));
writeFileSync(
  path,
  `// Written by scripts/r-star-replicates.js (${resamples} resamples, seed ${seed}); R_D* and R_N* in turn, 4 digits.
// biome-ignore format: ten numbers a line
export const rStarPairs: readonly number[] = [
${lines.join("\n")}
];
`,
);
