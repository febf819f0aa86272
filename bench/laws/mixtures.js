// node bench/laws/mixtures.js [seed, 0]: how often 95 % intervals of mixing laws hold the truth, on simulated runs as many and as
// noisy as the public ones: 512 runs of 17 sources (RegMix), 24 runs of 3 sources (Ye et al.).
import {
  dirichletShares,
  exponentialMixture,
  fit,
  fittedMixture,
  lawIntervals,
  mixtureDraws,
  mixtureIntervals,
  mixtureRegression,
  optimalMixture,
  percentileInterval,
  predict,
  squared,
} from "isoflop";
import { regmixRuns } from "isoflop-datasets";

const seed = Number(process.argv[2] ?? 0);
const options = { loss: squared(), residual: "raw" };

/** Standard normal numbers, the same for the same seed. */
function noiseOf(seed) {
  let state = seed * 2654435761 + 12345;
  const uniform = () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

const counts = new Map();
function count(name, holds) {
  const [held, all] = counts.get(name) ?? [0, 0];
  counts.set(name, [held + Number(holds), all + 1]);
}
const holds = ([low, high], value) => low <= value && value <= high;

function intervalsOfLaw(name, law, truth, runs, points, noise, sd) {
  const at = lawIntervals(fit(law, runs, options), 0.95);
  for (const point of points) {
    const value = predict(law, truth, point);
    const found = at(point);
    count(`${name}: the law's value at a new mixture`, holds(found.law, value));
    count(`${name}: one more run there`, holds(found.run, value + sd * noise()));
  }
}

/** The exponential law with RegMix's constants and noise. */
function regmixSize(sets) {
  const all = regmixRuns();
  const sources = Object.keys(all[0]).filter((key) => key.startsWith("share"));
  const small = all.filter((run) => run.role === "train").map((run) => ({ ...run, loss: run.lossPileCc }));
  const law = exponentialMixture(sources);
  const real = fit(law, small, options);
  const sd = Math.sqrt((real.objective * 2) / (real.n - real.freeParameters));
  const points = all.filter((run) => run.role === "test" && run.modelSize === "1M").slice(0, 20);
  const line = mixtureRegression(small, { sources, targets: ["loss"] });
  const lineAt = (point) =>
    line.losses(
      Float64Array.from(sources, (source) => point[source]),
      {},
    )[0];
  for (let set = 0; set < sets; set++) {
    const noise = noiseOf(set + 1 + 10_000 * seed);
    const runs = small.map((run) => ({ ...run, loss: predict(law, real.parameters, run) + sd * noise() }));
    intervalsOfLaw("exponential, 512 runs of 17 sources", law, real.parameters, runs, points, noise, sd);
    if (set >= sets / 2) continue;
    const linear = small.map((run) => ({ ...run, loss: lineAt(run) + 0.13 * noise() }));
    const draws = mixtureDraws(linear, (some) => mixtureRegression(some, { sources, targets: ["loss"] }), {
      resamples: 100,
      seed: set,
    });
    for (const point of points.slice(0, 5)) {
      const shares = Float64Array.from(sources, (source) => point[source]);
      const values = draws.map((draw) => draw.losses(shares, {})[0]);
      count(
        "line, 512 runs of 17 sources: its value at a new mixture, bootstrap",
        holds(percentileInterval(values), lineAt(point)),
      );
    }
  }
}

/** Three targets by three sources, with an optimum inside. */
function yeSize(sets, runsInSet, name) {
  const sources = ["code", "books", "web"];
  const law = exponentialMixture(sources);
  const truths = {
    code: { c: 0.9, k: 0.5, t_code: -2.4, t_books: 1.2 },
    books: { c: 2.6, k: 0.35, t_code: 0.9, t_books: -1.7 },
    web: { c: 2.7, k: 0.3, t_code: 0.8, t_books: 0.5 },
  };
  const targets = Object.keys(truths);
  const sd = 0.015;
  const best = optimalMixture(
    fittedMixture(sources, Object.fromEntries(targets.map((t) => [t, { law, parameters: truths[t] }]))),
  );
  for (let set = 0; set < sets; set++) {
    const noise = noiseOf(1000 + set + 10_000 * seed);
    const mixtures = dirichletShares(
      { code: 1, books: 1, web: 1 },
      { count: runsInSet + 8, seed: set + 10_000 * seed },
    );
    const [train, points] = [mixtures.slice(0, runsInSet), mixtures.slice(runsInSet)];
    const runs = train.map((shares) => ({
      ...shares,
      ...Object.fromEntries(
        targets.map((t) => [`loss ${t}`, predict(law, truths[t], shares) + sd * noise()]),
      ),
    }));
    const runsFor = (some, t) =>
      some.map((run) => ({ code: run.code, books: run.books, web: run.web, loss: run[`loss ${t}`] }));
    intervalsOfLaw(`exponential, ${name}`, law, truths.books, runsFor(runs, "books"), points, noise, sd);
    const whole = Object.fromEntries(targets.map((t) => [t, fit(law, runsFor(runs, t), options)]));
    const fitter = (some) =>
      fittedMixture(
        sources,
        Object.fromEntries(
          targets.map((t) => [t, fit(law, runsFor(some, t), { ...options, start: whole[t].parameters })]),
        ),
      );
    const found = mixtureIntervals(mixtureDraws(runs, fitter, { resamples: 100, seed: set }));
    for (const source of sources) {
      count(
        `best shares of three targets, ${name}, bootstrap`,
        holds(found.shares[source], best.shares[source]),
      );
    }
  }
}

const start = process.cpuUsage();
regmixSize(60);
yeSize(200, 24, "24 runs of 3 sources");
for (const [name, [held, all]] of counts) {
  const share = held / all;
  console.log(`${name.padEnd(75)} ${(100 * share).toFixed(1)} % of ${all}`);
}
const { user, system } = process.cpuUsage(start);
console.log(`${((user + system) / 1e6).toFixed(0)} s of processor time`);
