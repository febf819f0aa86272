// Writes helpers/src/training/experts/clarkReplicates.ts: the refit of Clark's law on the public S-Base runs and 400
// bootstrap refits, so that plans can draw its constants jointly without the runs. Needs `npm run build`; a test derives a
// part of the table anew.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { clarkRoutedFinal } from "../datasets/dist/index.js";
import { fit, routedLaw, squared } from "../helpers/dist/index.js";

const resamples = 400;
const seed = 1;
const runs = clarkRoutedFinal().filter(
  (run) =>
    run.topK === 1 &&
    run.routedShare === 0.5 &&
    run.seed === 42 &&
    (run.router === "S-Base" || run.router === "Dense"),
);
const found = fit(routedLaw, runs, { loss: squared() });
const { samples } = await found.bootstrap({ resamples, seed });
const names = routedLaw.parameters.map(({ name }) => name);
const row = (r) => names.map((name) => Number(samples[name][r].toPrecision(6))).join(" ");
const rows = Array.from({ length: resamples }, (_, r) => row(r));
const lines = Array.from({ length: resamples / 4 }, (_, k) => rows.slice(4 * k, 4 * k + 4).join("; "));
const refit = names.map((name) => `${name}: ${Number(found.parameters[name].toPrecision(10))}`).join(", ");

const text = `import type { ParameterName } from "../../laws/definition/Law.ts";
import { withParameters } from "../../laws/definition/withParameters.ts";
import { routedLaw } from "../../laws/experts/routedLaw.ts";

// Written by scripts/write-clark-replicates.js; do not edit.

/**
 * Our refit of Clark's law on the ${runs.length} public runs of the S-Base router and of dense models, with more digits than the paper
 * prints: least squares of the logarithm of the loss, as the authors fit it.
 *
 * Source: isoflop's fit of the runs of Clark et al. 2022 (arXiv 2202.01169), dataset \`clarkRoutedFinal\`.
 *
 * @example
 * import { clarkRefit, routedCutoff } from "isoflop";
 * routedCutoff(clarkRefit); // => 7.83e11
 */
export const clarkRefit = withParameters(
  routedLaw,
  { ${refit} },
  "isoflop's refit of the ${runs.length} public runs of Clark et al. 2022 (arXiv 2202.01169), S-Base",
);

/** Constants of \`routedLaw\`. */
export type RoutedConstants = Readonly<Record<ParameterName<typeof routedLaw>, number>>;

let parsed: readonly RoutedConstants[] | undefined;

/**
 * ${resamples} bootstrap refits of \`clarkRefit\` (runs drawn with replacement, seed ${seed}), to draw the law's constants from jointly: they
 * are so correlated that intervals of one constant at a time mean little.
 *
 * Source: isoflop's fits of resamples of the runs of Clark et al. 2022 (arXiv 2202.01169), dataset \`clarkRoutedFinal\`.
 *
 * @example
 * import { clarkReplicates, effectiveParameterCount, routedLaw, withParameters } from "isoflop";
 * const laws = clarkReplicates().map((constants) => withParameters(routedLaw, constants));
 * const gains = laws.map((law) => effectiveParameterCount({ nParams: 1e9, experts: 64, law }).gain);
 * gains.sort((a, b) => a - b)[200]; // => 3.1984
 */
export function clarkReplicates(): readonly RoutedConstants[] {
  parsed ??= Object.freeze(
    table
      .trim()
      .split(/[;\\n]/)
      .map((row) => {
        const [a, b, c, d, start, max] = row.trim().split(" ").map(Number) as number[];
        return Object.freeze({ a, b, c, d, start, max }) as RoutedConstants;
      }),
  );
  return parsed;
}

// a b c d start max
const table = \`
${lines.join("\n")}
\`;
`;
writeFileSync(
  fileURLToPath(new URL("../helpers/src/training/experts/clarkReplicates.ts", import.meta.url)),
  text,
);
