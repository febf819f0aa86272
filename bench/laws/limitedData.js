// node bench/laws/limitedData.js [sets] [seed] [noise], after npm run build: how often 90 % intervals of R_D*, R_N* and of the best
// plan's epochs hold the truth on simulated sets of the size of the public data (182 runs at the same sizes and tokens;
// default 40 sets, seed 1), by two ways to fit: with the law of fresh text held, and from ratios of losses of the pairs
// with at least 1e9 unique tokens, as `repetitionCostReplicates` are made. Noise is drawn from what the ratios' own fit
// leaves of the public pairs (half a per cent in the middle, with long tails); with a third argument such as .02 it is
// normal and of that size. Once the held law is right, once every loss is a tenth above it. About two minutes of one core.
import {
  allocateWithData,
  bootstrapRepetitionCost,
  bootstrapRStar,
  muennighoff2023,
  percentileInterval,
  repetitionCost,
  repetitionCostRefit,
  repetitionPairs,
} from "isoflop";
import { muennighoffRuns } from "isoflop-datasets";
import { Random } from "../../helpers/dist/numerics/random/Random.js";

const [sets, seed, size] = [40, 1, 0].map((usual, k) => Number(process.argv[k + 2] ?? usual));
const [resamples, level] = [100, 0.9];
const truth = muennighoff2023.parameters;
const recommended = (runs) => repetitionPairs(runs).filter(({ repeated }) => repeated.uniqueTokens >= 1e9);
const epochsOf = ({ rStarTokens, rStarParams }) => {
  const law = { parameters: { ...truth, rStarTokens, rStarParams } };
  return allocateWithData({ flops: 9.3e21, uniqueTokens: 25e9, law }).epochs;
};
const quantities = {
  "R_D*": (pair) => pair.rStarTokens,
  "R_N*": (pair) => pair.rStarParams,
  "epochs of the best plan": epochsOf,
};

// A ratio has the noise of two runs.
const residuals = recommended(muennighoffRuns()).map(
  ({ repeated, cost }) =>
    Math.log((1 + cost) / (1 + repetitionCost(repetitionCostRefit, repeated))) / Math.SQRT2,
);
const draw = (random) =>
  size > 0
    ? size * Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
    : residuals[random.below(residuals.length)] * (random.uniform() < 0.5 ? -1 : 1);
const noise = size > 0 ? `normal noise of ${size}` : "noise of the public pairs";

const share = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const middle = (values) => [...values].sort((p, q) => p - q)[Math.floor(values.length / 2)];

// Ratios do not feel a factor, so they are fitted once.
for (const [way, factor] of [
  ["law of fresh text held", 1],
  ["law of fresh text held, every loss a tenth above it", 1.1],
  ["from ratios", 1.1],
]) {
  const results = Array.from({ length: sets }, (_, set) => {
    const random = new Random(seed, set);
    const runs = muennighoffRuns().map((run) => ({
      ...run,
      loss: factor * muennighoff2023.predict(run) * Math.exp(draw(random)),
    }));
    return way === "from ratios"
      ? bootstrapRepetitionCost(recommended(runs), { resamples, seed: set })
      : bootstrapRStar(runs, { resamples, seed: set });
  });
  for (const [name, of] of Object.entries(quantities)) {
    const intervals = results.map((pairs) => percentileInterval(pairs.map(of), level));
    const inside = share(intervals.map(([low, high]) => (low <= of(truth) && of(truth) <= high ? 1 : 0)));
    const error = Math.sqrt((inside * (1 - inside)) / sets);
    console.log(
      `${noise}; ${way}; ${name} = ${of(truth).toFixed(1)}: ${100 * level} % interval holds it in ${(100 * inside).toFixed(0)} % of ` +
        `${sets} sets (standard error ${(100 * error).toFixed(0)}), ends a factor ` +
        `${middle(intervals.map(([low, high]) => high / low)).toPrecision(2)} apart`,
    );
  }
}
