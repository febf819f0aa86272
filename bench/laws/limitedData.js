// node bench/laws/limitedData.js, after npm run build: how often 90 % intervals of R_D* and R_N* hold the truth on simulated
// sets of the size of the public data (182 runs at the same sizes and tokens), by two ways to fit: with the law of fresh text
// held, and from ratios of losses. Once the held law is right, once every loss is a tenth above it.
import {
  bootstrapRepetitionCost,
  bootstrapRStar,
  muennighoff2023,
  percentileInterval,
  repetitionPairs,
} from "isoflop";
import { muennighoffRuns } from "isoflop-datasets";

const [sets, resamples, level, noise] = [40, 40, 0.9, 0.02];
const { rStarTokens, rStarParams } = muennighoff2023.parameters;

/** A generator of numbers from 0 to 1 for a seed (mulberry32). */
function mulberry(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Whether the percentiles of some replicates hold the truth, and by what factor their ends differ. */
function held(replicates, name, truth) {
  const [low, high] = percentileInterval(
    replicates.map((one) => one[name]),
    level,
  );
  return { inside: low <= truth && truth <= high ? 1 : 0, width: high / low };
}

const share = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const middle = (values) => [...values].sort((p, q) => p - q)[Math.floor(values.length / 2)];

function main() {
  for (const factor of [1, 1.1]) {
    const found = { held: [], ratios: [] };
    for (let set = 0; set < sets; set++) {
      const random = mulberry(1000 + set);
      const runs = muennighoffRuns().map((run) => ({
        ...run,
        loss: factor * muennighoff2023.predict(run) * Math.exp(noise * normal(random)),
      }));
      found.held.push(bootstrapRStar(runs, { resamples, seed: set }));
      found.ratios.push(bootstrapRepetitionCost(repetitionPairs(runs), { resamples, seed: set }));
    }
    for (const [way, all] of Object.entries(found)) {
      for (const [name, truth] of Object.entries({ rStarTokens, rStarParams })) {
        const results = all.map((replicates) => held(replicates, name, truth));
        const coverage = share(results.map(({ inside }) => inside));
        const error = Math.sqrt((coverage * (1 - coverage)) / sets);
        console.log(
          `losses ${factor} of the law, noise ${noise}: ${way}, ${name} = ${truth.toFixed(1)}: ${level * 100} % interval holds it in ` +
            `${(100 * coverage).toFixed(0)} % of ${sets} sets (standard error ${(100 * error).toFixed(0)}), ends a factor ` +
            `${middle(results.map(({ width }) => width)).toPrecision(2)} apart`,
        );
      }
    }
  }
}

main();
