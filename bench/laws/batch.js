// How often intervals of the batch family hold the truth, on simulated sets of the size of the public ones:
// `node bench/laws/batch.js [--sets 200] [--seed 11]` after `npm run build`. 200 sets take about two minutes.
import { parseArgs } from "node:util";
import {
  countedCriticalBatch,
  evaluatePowerLaw,
  fitRateBatch,
  fitStepsToLoss,
  leastSquares,
  rateAndBatch,
  rateBatchConstants,
  rateBatchValley,
  stepLawValley,
  withParameters,
} from "isoflop";
import { stepLawDense, zhangStepsToLoss } from "isoflop-datasets";
import { studentTQuantile } from "../../helpers/dist/numerics/distributions/studentT.js";
import { Random } from "../../helpers/dist/numerics/random/Random.js";

const { values } = parseArgs({
  options: { sets: { type: "string", default: "200" }, seed: { type: "string", default: "11" } },
});
const [sets, seed] = [Number(values.sets), Number(values.seed)];
const runs = stepLawDense();
// Grids of Step Law's design: noise of runs as their residuals have it, levels a few thousandths off, each grid's best
// settings about the law's as the real grids' are.
const noise = fitRateBatch(runs).residualSd;
const ofLevel = 0.003;
const places = [
  ["inside the grids", { nParams: 4e8, nTokens: 3e10 }],
  ["the held-out grid", { nParams: 1073741824, nTokens: 1e11 }],
  ["far outside", { nParams: 7e9, nTokens: 2e12 }],
];

/** A shift of the best rate and batch with the covariance of the real grids' shifts. */
function shiftOf(random) {
  const { scatter } = stepLawValley;
  const shift = [0, 0];
  for (const pair of scatter) {
    const weight = random.normal() / Math.sqrt(scatter.length);
    shift[0] += weight * pair[0];
    shift[1] += weight * pair[1];
  }
  return shift;
}

const moved = (parameters, [rate, batch]) => ({
  ...parameters,
  rate: parameters.rate * Math.exp(rate),
  batch: parameters.batch * Math.exp(batch),
});

const held = new Map();
function count(name, holds) {
  const entry = held.get(name) ?? [0, 0];
  held.set(name, [entry[0] + (holds ? 1 : 0), entry[1] + 1]);
}
const inside = (value, [low, high]) => low <= value && value <= high;

const truth = withParameters(rateBatchValley, stepLawValley.parameters);
const best = (parameters, scale) => {
  const valley = { ...stepLawValley, parameters };
  const { learningRate, batchTokens } = rateAndBatch({ ...scale, valley });
  return [learningRate.value, batchTokens.value];
};

for (let set = 0; set < sets; set++) {
  const random = new Random(seed, set);
  const grids = new Map();
  const simulated = runs.map((run) => {
    const key = `${run.nParamsNonEmbedding} ${run.nTokens}`;
    let grid = grids.get(key);
    if (!grid) {
      const law = withParameters(rateBatchValley, moved(truth.parameters, shiftOf(random)));
      grid = { law, level: Math.exp(ofLevel * random.normal()) };
      grids.set(key, grid);
    }
    const point = { ...run, nParams: run.nParamsNonEmbedding };
    return { ...run, loss: grid.level * grid.law.predict(point) * Math.exp(noise * random.normal()) };
  });
  const valley = rateBatchConstants(simulated, { source: "simulated", conditions: "" });
  for (const [name, scale] of places) {
    const [rate, batch] = best(truth.parameters, scale);
    const ofRun = best(moved(truth.parameters, shiftOf(random)), scale);
    const law = rateAndBatch({ ...scale, valley, intervalOf: "law" });
    const run = rateAndBatch({ ...scale, valley });
    count(`law's best rate, ${name}`, inside(rate, law.learningRate.interval));
    count(`law's best batch, ${name}`, inside(batch, law.batchTokens.interval));
    count(`a run's best rate, ${name}`, inside(ofRun[0], run.learningRate.interval));
    count(`a run's best batch, ${name}`, inside(ofRun[1], run.batchTokens.interval));
  }
  const scale = places[1][1];
  const forced = rateAndBatch({ ...scale, batchTokens: 4e6, valley });
  const bottom = best(truth.parameters, scale);
  const paid =
    truth.predict({ ...scale, learningRate: forced.learningRate.value, batchTokens: 4e6 }) -
    truth.predict({ ...scale, learningRate: bottom[0], batchTokens: bottom[1] });
  count("loss paid for a batch of 4M tokens, the held-out grid", inside(paid, forced.lossPaid.interval));
}

// Counts of steps: five models at nine batches with the real scatter about the curve.
const table = zhangStepsToLoss();
const sizes = [...new Set(table.map((row) => row.nParams))];
const curves = sizes.map((nParams) => {
  const own = table.filter((row) => row.nParams === nParams);
  return {
    batches: own.map((row) => row.batchTokens),
    nTokens: own[0].chinchillaTokens,
    ...fitStepsToLoss(own.map((row) => ({ batch: row.batchTokens, steps: row.stepsLogged }))),
  };
});
const lineOf = (criticals) => {
  const logD = curves.map((curve) => Math.log(curve.nTokens));
  const mean = logD.reduce((sum, value) => sum + value, 0) / logD.length;
  return {
    mean,
    ...leastSquares(
      [logD.map((value) => value - mean)],
      criticals.map((value) => Math.log(value)),
    ),
  };
};
const ofCounts = Math.sqrt(curves.reduce((sum, { residualSd }) => sum + residualSd ** 2, 0) / curves.length);
for (let set = 0; set < 1000; set++) {
  const random = new Random(seed + 1, set);
  const criticals = curves.map((curve) => {
    const truly = evaluatePowerLaw(countedCriticalBatch, { nTokens: curve.nTokens });
    const again = curve.batches.map((batch) => ({
      batch,
      steps: curve.leastSteps * (1 + truly / batch) * Math.exp(ofCounts * random.normal()),
    }));
    const found = fitStepsToLoss(again);
    count("critical batch of one model, nine batches", inside(truly, found.interval));
    return found.criticalBatch;
  });
  const { mean, coefficients, standardErrors } = lineOf(criticals);
  for (const nTokens of [2e10, 1e12]) {
    const away = Math.log(nTokens) - mean;
    const reach = studentTQuantile(0.975, 3) * Math.hypot(standardErrors[0], standardErrors[1] * away);
    const centre = coefficients[0] + coefficients[1] * away;
    const truly = Math.log(evaluatePowerLaw(countedCriticalBatch, { nTokens }));
    count(`critical batch by tokens at ${nTokens}`, Math.abs(centre - truly) <= reach);
  }
}

console.log(
  `${sets} sets of ${runs.length} runs in 17 grids, 1000 sets of 45 counts; seed ${seed}; noise ${noise.toPrecision(3)} of a loss, ${ofCounts.toPrecision(3)} of a count; 95 % intervals`,
);
for (const [name, [hits, total]] of held) {
  const share = hits / total;
  const error = Math.sqrt((share * (1 - share)) / total);
  console.log(`${(100 * share).toFixed(1).padStart(6)} % ± ${(100 * error).toFixed(1)}  ${name}`);
}
