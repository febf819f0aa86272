// Writes clarkReplicates.ts and clarkFlooredReplicates.ts of helpers/src/training/experts: refits of Clark's law, as it is
// and with a floor, on the public S-Base runs, and 400 bootstrap refits of each, so that plans can draw constants jointly
// without the runs. Needs `npm run build`; a test derives a part of the tables anew.
import { writeFileSync } from "node:fs";
import { clarkRoutedFinal } from "../datasets/dist/index.js";
import { fit, flooredRoutedLaw, routedLaw, squared } from "../helpers/dist/index.js";

const resamples = 400;
const seed = 1;
const runs = clarkRoutedFinal().filter(
  (run) =>
    run.topK === 1 &&
    run.routedShare === 0.5 &&
    run.seed === 42 &&
    (run.router === "S-Base" || run.router === "Dense"),
);
const folder = new URL("../helpers/src/training/experts/", import.meta.url);

async function write(law, { refit, replicates, about, example, median }) {
  const found = fit(law, runs, { loss: squared() });
  const { samples } = await found.bootstrap({ resamples, seed });
  const names = law.parameters.map(({ name }) => name);
  const rows = Array.from({ length: resamples }, (_, r) =>
    names.map((name) => Number(samples[name][r].toPrecision(6))).join(" "),
  );
  const lines = Array.from({ length: resamples / 4 }, (_, k) => rows.slice(4 * k, 4 * k + 4).join("; "));
  const constants = names.map((name) => `${name}: ${Number(found.parameters[name].toPrecision(10))}`);
  const text = `import type { ParameterName } from "../../laws/definition/Law.ts";
import { withParameters } from "../../laws/definition/withParameters.ts";
import { ${law.name} } from "../../laws/experts/${law.name}.ts";
import { readReplicates } from "../../numerics/readReplicates.ts";

// Written by scripts/write-clark-replicates.js; do not edit.

/**
${about.map((line) => ` * ${line}`).join("\n")}
 *
 * Source: isoflop's fit of the runs of Clark et al. 2022 (arXiv 2202.01169), dataset \`clarkRoutedFinal\`.
 *
 * @example
${example.map((line) => ` * ${line}`).join("\n")}
 */
export const ${refit} = withParameters(
  ${law.name},
  {
    ${constants.join(",\n    ")},
  },
  "isoflop's refit of the ${runs.length} public runs of Clark et al. 2022 (arXiv 2202.01169), S-Base${law === routedLaw ? "" : ", with a floor"}",
);

let replicates: readonly Readonly<Record<ParameterName<typeof ${law.name}>, number>>[] | undefined;

/**
 * ${resamples} bootstrap refits of \`${refit}\` (runs drawn with replacement, seed ${seed}), to draw the law's constants from jointly:
 * they are so correlated that intervals of one constant at a time mean little. They hold the noise of the runs, not the
 * doubt about the form.
 *
 * Source: isoflop's fits of resamples of the runs of Clark et al. 2022 (arXiv 2202.01169), dataset \`clarkRoutedFinal\`.
 *
 * @example
 * import { ${[replicates, "effectiveParameterCount", law.name, "withParameters"].sort().join(", ")} } from "isoflop";
 * const laws = ${replicates}().map((constants) => withParameters(${law.name}, constants));
 * const gains = laws.map((law) => effectiveParameterCount({ nParams: 1e9, experts: 64, law }).gain);
 * gains.sort((a, b) => a - b)[200]; // => ${median}
 */
export function ${replicates}(): readonly Readonly<Record<ParameterName<typeof ${law.name}>, number>>[] {
  replicates ??= readReplicates(table, [${names.map((name) => `"${name}"`).join(", ")}]);
  return replicates;
}

const table = \`
${lines.join("\n")}
\`;
`;
  writeFileSync(new URL(`${replicates}.ts`, folder), text);
}

await write(routedLaw, {
  refit: "clarkRefit",
  replicates: "clarkReplicates",
  about: [
    `Our refit of Clark's law on the ${runs.length} public runs of the S-Base router and of dense models, with more digits than the`,
    "paper prints: least squares of the logarithm of the loss, as the authors fit it. Inside the runs it is as good as the",
    "paper's; for larger models both promise too low a loss, see `clarkFlooredRefit`.",
  ],
  example: ['import { clarkRefit, routedCutoff } from "isoflop";', "routedCutoff(clarkRefit); // => 7.83e11"],
  median: "3.1984",
});
await write(flooredRoutedLaw, {
  refit: "clarkFlooredRefit",
  replicates: "clarkFlooredReplicates",
  about: [
    `Clark's law with a floor, fitted to the same ${runs.length} public runs as \`clarkRefit\`: a quarter of its squared residuals, and no`,
    "size in sight at which experts stop helping.",
  ],
  example: [
    'import { clarkFlooredRefit, clarkRefit } from "isoflop";',
    "const model = { nParams: 1_308_819_456, experts: 1 }; // measured: 2.2420",
    "clarkFlooredRefit.predict(model); // => 2.2493",
    "clarkRefit.predict(model); // => 2.2280",
  ],
  median: "4.7845",
});
