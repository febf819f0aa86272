// Writes isoflop's own fits of public runs, with their covariance, into helpers/src/plan/publicFits: a plan draws its
// constants from them, and the helpers may not read tables. Run after `npm run build`; a test fits again and compares.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chinchilla, fit } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";

const folder = new URL("../helpers/src/plan/publicFits/", import.meta.url);

/** A number to eight digits: more than engines agree on, fewer than a reader minds. */
const short = (x) => Number(x.toPrecision(8));

/** A fit as a PublicFitRecord. */
export function recordOf(law, source) {
  const covariance = law.covariance();
  const names = law.law.parameters.map(({ name }) => name);
  const q = names.length;
  const range = (column, { domain }) => {
    const values = domain === "positive" ? Array.from(column, Math.exp) : [...column];
    return [short(Math.min(...values)), short(Math.max(...values))];
  };
  const squares = law.residuals().reduce((sum, residual, i) => sum + law.table.w[i] * residual ** 2, 0);
  return {
    source,
    n: law.n,
    freedom: covariance.freedom,
    noise: short(Math.sqrt(squares / covariance.freedom)),
    isRaw: law.options.residual === "raw",
    fitted: Object.fromEntries(
      law.law.variables.map((variable, v) => [variable.name, range(law.table.x[v], variable)]),
    ),
    parameters: Object.fromEntries(names.map((name) => [name, short(law.parameters[name])])),
    covariance: names.map((_, a) => names.map((_, b) => short(covariance.ofCoordinates[a * q + b]))),
  };
}

/** The fits a plan draws from, by file. */
export function publicFits() {
  const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
  return {
    chinchillaFigure4Record: recordOf(
      fit(chinchilla, runs),
      "isoflop's fit of the 240 runs of Hoffmann et al. 2022 (arXiv 2203.15556), Figure 4",
    ),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, record] of Object.entries(publicFits())) {
    const file = fileURLToPath(new URL(`${name}.ts`, folder));
    writeFileSync(
      file,
      `// Written by scripts/public-fits.js.\n\nexport const ${name} = ${JSON.stringify(record)} as const;\n`,
    );
    execFileSync("npx", ["biome", "format", "--write", file], { stdio: "inherit" });
  }
}
