// How often the intervals of a plan hold the truth: sweeps of the size of Chinchilla's Figure 4 are made from a known law, each
// is fitted and planned on, and the law's own optimum and one more run are looked up in the plan's intervals.
//   node bench/laws/plan.js [sets] [seed] [runs a sweep, spread over the figure's]
import { chinchilla, chinchillaFigure4Fit, computeOptimal, drawLaws, fit, planTraining } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";

const [sets = 200, seed = 1, size = 240] = process.argv.slice(2).map(Number);
const figure = chinchillaFigure4().filter((run) => !run.isOutlier);
const spread = figure.sort((a, b) => a.nParams * a.nTokens - b.nParams * b.nTokens);
const design = Array.from({ length: size }, (_, k) => spread[Math.floor(((k + 0.5) * spread.length) / size)]);
const { noise } = chinchillaFigure4Fit.posterior;
// Another truth a set, since one law alone may be easy.
const truths = drawLaws(chinchillaFigure4Fit, { draws: sets, seed });

let state = seed;
function uniform() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
const measure = (law, run) => law.predict(run) * Math.exp(noise * normal());

function planned(flops, law) {
  try {
    return planTraining({ flops, law });
  } catch {
    return undefined;
  }
}

const budgets = [1e21, 1e22, 1e24, 1e26];
const held = budgets.map(() => ({ nParams: 0, nTokens: 0, loss: 0, regret: 0, plans: 0 }));
for (const truth of truths) {
  const law = fit(
    chinchilla,
    design.map((run) => ({ ...run, loss: measure(truth, run) })),
  );
  for (const [k, flops] of budgets.entries()) {
    // Of few runs a fit may have no best split or not be determined: nothing is planned then.
    const plan = planned(flops, law);
    if (!plan) continue;
    held[k].plans++;
    const best = computeOptimal(truth, { flops });
    const point = { nParams: plan.nParams.value, nTokens: plan.nTokens.value };
    const inside = ({ interval: [low, high] }, value) => (value >= low && value <= high ? 1 : 0);
    held[k].nParams += inside(plan.nParams, best.nParams);
    held[k].nTokens += inside(plan.nTokens, best.nTokens);
    held[k].loss += inside(plan.loss, measure(truth, point));
    held[k].regret += truth.predict(point) - best.loss <= plan.regret.interval[1] ? 1 : 0;
  }
}
const share = (count, plans) => `${((100 * count) / plans).toFixed(1)} %`;
console.log(
  `${sets} sweeps of ${design.length} runs, noise ${noise}, seed ${seed}; standard error of a share about 1.5 %`,
);
console.table(
  held.map((one, k) => ({
    flops: budgets[k].toExponential(0),
    plans: one.plans,
    "best size held": share(one.nParams, one.plans),
    "best tokens held": share(one.nTokens, one.plans),
    "loss of the run held": share(one.loss, one.plans),
    "regret below its upper end": share(one.regret, one.plans),
  })),
);
