// npm run bench -- design [--sets 60] [--json]
// Synthetic tables from the laws of bench/discover: how far discover's prediction at ten times every scale is off before and
// after runs of a fifth of the target's cost are added, chosen by designRuns, drawn at random, or made as is often done.
import { parseArgs } from "node:util";
import { designRuns, discover } from "isoflop";
import { Random } from "../helpers/dist/numerics/random/Random.js";
import { trueLaws } from "./discover/trueLaws.js";

/** Of the target's cost. */
const budgetShare = 0.2;
const mostRuns = 6;

export async function main(args) {
  const { values } = parseArgs({
    args,
    options: { sets: { type: "string", default: "60" }, json: { type: "boolean", default: false } },
  });
  const sets = Number(values.sets);
  if (!Number.isSafeInteger(sets) || sets < 1)
    throw new RangeError(`--sets must be a whole number from 1, got ${values.sets}`);
  const results = Array.from({ length: sets }, (_, k) => oneSet(k));
  const ways = ["before", "designed", "random", "one run", "four runs"];
  const summary = Object.fromEntries(
    ways.map((way) => {
      const errors = results.map((one) => one.errors[way]);
      const ratios = results.map(({ errors: own }) => Math.log(own.designed / own[way]));
      return [
        way,
        {
          median: median(errors),
          mean: mean(errors),
          rms: Math.sqrt(mean(errors.map((one) => one * one))),
          // Of the design's error to this one's: their geometric mean, and the standard error of its logarithm.
          ratio: Math.exp(mean(ratios)),
          standardError: Math.sqrt(mean(ratios.map((one) => (one - mean(ratios)) ** 2)) / sets),
        },
      ];
    }),
  );
  const promised = median(results.map((one) => one.promised));
  if (values.json) console.log(JSON.stringify({ sets, promised, ...summary, results }, undefined, 1));
  else console.log(textOf(sets, promised, summary));
}

function oneSet(k) {
  const { name, columns, truth } = trueLaws[k % trueLaws.length];
  const random = new Random(41, k);
  const noise = 0.005 * 2 ** random.uniform();
  const run = (setting) => ({ ...setting, loss: truth(setting) * (1 + noise * random.normal()) });
  const drawn = (where) => {
    const row = {};
    for (const { name: own, draw } of columns) row[own] = draw(where, random, row);
    return row;
  };
  const rows = Array.from({ length: 40 }, () => run(drawn("inside")));
  const target = drawn("beyond");
  // Of parameters and tokens their product; other columns cost nothing.
  const cost = ({ N = 1, D = 1 }) => Number(N) * Number(D);
  const found = discover(rows, { response: "loss", points: [target] });
  const design = designRuns(found, { budget: budgetShare * cost(target), cost, target, mostRuns });
  const off = (settings) => {
    // What the rows cannot tell of is as at the target.
    const all = [...rows, ...settings.map((setting) => run({ ...target, ...setting }))];
    const again = settings.length === 0 ? found : discover(all, { response: "loss", points: [target] });
    return Math.abs(again.predict([target]).loss[0].prediction / truth(target) - 1);
  };
  const lot = [];
  let rest = budgetShare * cost(target);
  for (let tries = 0; tries < 1000 && lot.length < mostRuns; tries++) {
    const one = design.candidates[random.below(design.candidates.length)];
    if (one.cost > rest) continue;
    lot.push(one.run);
    rest -= one.cost;
  }
  return {
    name,
    promised: design.left.law,
    errors: {
      before: off([]),
      designed: off(design.runs.map((one) => one.run)),
      random: off(lot),
      "one run": off(design.alternatives[0].runs),
      "four runs": off(design.alternatives[1].runs),
    },
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

function textOf(sets, promised, summary) {
  const percent = (share) => `${(100 * share).toFixed(2)} %`;
  return [
    `${sets} sets, runs for ${100 * budgetShare} % of the target's cost; the design promises to leave ${percent(promised)} of the width (median)`,
    ...Object.entries(summary).map(
      ([way, own]) =>
        `  ${way}: error at the target ${percent(own.median)} (median), ${percent(own.mean)} (mean), ${percent(own.rms)} (rms); the design's is ${own.ratio.toFixed(2)} times it (standard error of the logarithm ${own.standardError.toFixed(2)})`,
    ),
  ].join("\n");
}
