// How often the interval of two chained steps holds, on simulated ladders of the size of the public one: 16 runs, their
// checkpoints, eight tasks.
//   npm run build && node bench/laws/downstream.js [sets a task, 60] [seed, 1]
// The truth of a task is what the ladder's own fit says. A run's loss gets the noise of that fit on its logarithm; the accuracies
// along a run get the residuals of another run, as a whole and with a sign drawn anew, so that they go together as they do there.

import { chain, fit, fitLossToAccuracy, huber, smoothCheckpoints, taskLoss } from "isoflop";
import { olmoLadderCheckpoints, olmoLadderRuns } from "isoflop-datasets";

const sets = Number(process.argv[2] ?? 60);
const seed = Number(process.argv[3] ?? 1);
const fields = {
  mmlu: "mmlu",
  hellaswag: "hellaswag",
  arc_challenge: "arcChallenge",
  arc_easy: "arcEasy",
  piqa: "piqa",
  csqa: "csqa",
  socialiqa: "socialiqa",
  openbookqa: "openbookqa",
};

let state = seed >>> 0;
/** Uniform in (0, 1): mulberry32. */
function uniform() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
}
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
const below = (n) => Math.floor(uniform() * n);

/** The truth of a task, and what its noise looks like. */
function truthOf(task) {
  const all = olmoLadderRuns().filter((row) => row.task === task);
  const ladder = all.filter((row) => row.role === "ladder");
  const points = smoothCheckpoints(
    olmoLadderCheckpoints().map((row) => ({
      run: row.run,
      taskLoss: row[`${fields[task]}Loss`],
      accuracy: row[`${fields[task]}Accuracy`],
    })),
  );
  const step1 = fit(taskLoss, ladder);
  const step2 = fitLossToAccuracy(points).fit;
  const squares = step1.residuals().reduce((sum, r) => sum + r * r, 0);
  const byRun = new Map();
  for (const point of points) {
    const residual = point.accuracy - step2.predict(point);
    byRun.set(point.run, [...(byRun.get(point.run) ?? []), { ...point, residual }]);
  }
  return {
    step1,
    step2,
    ladder,
    beyond: all.filter((row) => row.run === "3B-10xC" || row.role === "target"),
    sd: Math.sqrt(squares / (step1.n - step1.freeParameters)),
    byRun: [...byRun.values()],
  };
}

/** A ladder that might have been, and the runs beyond it. */
function simulate({ step1, step2, ladder, beyond, sd, byRun }) {
  const noisyLoss = (run) => step1.predict(run) * Math.exp(sd * normal());
  const donor = () => {
    const rows = byRun[below(byRun.length)];
    const sign = uniform() < 0.5 ? -1 : 1;
    return (share) => sign * rows[Math.min(rows.length - 1, Math.floor(share * rows.length))].residual;
  };
  const points = byRun.flatMap((rows) => {
    const residual = donor();
    return rows.map(({ run, taskLoss: loss }, i) => ({
      run,
      taskLoss: loss,
      accuracy: step2.predict({ taskLoss: loss }) + residual(i / rows.length),
    }));
  });
  return {
    runs: ladder.map((run) => ({ ...run, taskLoss: noisyLoss(run) })),
    points,
    judged: beyond.map((run) => ({
      run,
      mean: step2.predict({ taskLoss: step1.predict(run) }),
      accuracy: step2.predict({ taskLoss: noisyLoss(run) }) + donor()(1),
    })),
  };
}

const tally = new Map();
function count(key, holds, width) {
  const row = tally.get(key) ?? { n: 0, held: 0, width: 0 };
  row.n++;
  row.held += holds ? 1 : 0;
  row.width += width;
  tally.set(key, row);
}
const holds = ([low, high], value) => low <= value && value <= high;

const began = performance.now();
const withBootstrap = Math.max(1, Math.round(sets / 4));
for (const task of Object.keys(fields)) {
  const truth = truthOf(task);
  for (let set = 0; set < sets; set++) {
    const { runs, points, judged } = simulate(truth);
    const step2 = fitLossToAccuracy(points);
    for (const [name, loss] of [
      ["default loss", undefined],
      ["huber(1e-3)", huber(1e-3)],
    ]) {
      const both = chain(fit(taskLoss, runs, loss ? { loss } : {}), step2);
      const replicates =
        loss === undefined && set < withBootstrap && both.step1.status !== "not-identified"
          ? await both.bootstrap({ resamples: 200, seed: set })
          : undefined;
      for (const { run, mean, accuracy } of judged) {
        const size = run.run.split("-")[0];
        for (const [kind, value] of [
          ["mean", mean],
          ["new-run", accuracy],
        ]) {
          const delta = both.interval(run, { kind });
          count(`delta, ${name} | ${kind} | ${size}`, holds(delta, value), delta[1] - delta[0]);
          if (kind === "new-run" && loss === undefined)
            count(`delta by task | ${task} | ${size}`, holds(delta, value), delta[1] - delta[0]);
          const drawn = replicates?.interval(run, { kind });
          if (drawn)
            count(`bootstrap, ${name} | ${kind} | ${size}`, holds(drawn, value), drawn[1] - drawn[0]);
        }
      }
    }
  }
}
console.log(
  `${sets} simulated ladders a task (bootstrap: ${withBootstrap}, 200 resamples), seed ${seed}; 95 % intervals`,
);
for (const [key, { n, held, width }] of [...tally].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const share = held / n;
  const error = Math.sqrt((share * (1 - share)) / n);
  console.log(
    `${key.padEnd(44)} ${(100 * share).toFixed(1).padStart(5)} % ± ${(100 * error).toFixed(1)} of ${n}, half-width ${((50 * width) / n).toFixed(1)} points`,
  );
}
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);
