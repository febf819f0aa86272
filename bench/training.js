// npm run bench -- training: CPU time of the vocabulary law's fit and of its run-level bootstrap.
import { fit, huber, vocabularyFitRuns, vocabularyLoss } from "isoflop";
import { vocabularyRuns } from "isoflop-datasets";

const options = { loss: huber(1e-3), residual: "raw" };

async function cpuSeconds(work) {
  const start = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, result };
}

const median = (values) => [...values].sort((p, q) => p - q)[Math.floor(values.length / 2)];

export async function main() {
  const runs = vocabularyFitRuns(vocabularyRuns(), "as-coded");
  const fits = [];
  for (let i = 0; i < 7; i++) fits.push(await cpuSeconds(() => fit(vocabularyLoss, runs, options)));
  const law = fits[0].result;
  const clusters = runs.map((run) => run.runId);
  const bootstraps = [];
  for (let seed = 0; seed < 3; seed++) {
    const work = () => law.bootstrap({ resamples: 400, seed, kind: "cluster", clusters, threads: 1 });
    bootstraps.push(await cpuSeconds(work));
  }
  const times = (all) => all.map(({ seconds }) => seconds);
  console.log(
    `six-parameter fit of ${runs.length} points   first ${fits[0].seconds.toFixed(3)} s, median ${median(times(fits)).toFixed(3)} s (target 0.1 s)`,
  );
  console.log(`objective                            ${law.objective} (the authors' script: 0.0622914)`);
  console.log(
    `400 resamples of 60 runs, 1 thread   median ${median(times(bootstraps)).toFixed(2)} s (target 3 s)`,
  );
}
