// Left-out predictions of the time of training steps: constants, spreads and factors of the intervals are calibrated anew
// without each group (model, accelerator, format, software), and never see a row that they are scored on.
import { calibrateTime, runGroup, TimePrediction } from "isoflop";
import { Random } from "../../helpers/dist/numerics/random/Random.js";

/**
 * Every run as it is predicted by a calibration without the runs that share its key.
 *
 * @param runs runs to calibrate on
 * @param keyOf what is left out together; default the group
 * @param onFold called after each fold
 */
export function leftOutRuns(runs, keyOf = (run) => runGroup(run.labels), onFold = () => {}) {
  const keys = runs.map(keyOf);
  // Only where the search begins comes from all runs; four steps of it lead away from there.
  const start = calibrateTime(runs);
  const folds = [...new Set(keys)];
  const predicted = new Array(runs.length);
  folds.forEach((key, fold) => {
    const calibration = calibrateTime(
      runs.filter((_, i) => keys[i] !== key),
      { start, rounds: 1, iterations: 4 },
    );
    runs.forEach((run, i) => {
      if (keys[i] !== key) return;
      predicted[i] = predictedBy(calibration, run);
    });
    onFold(fold + 1, folds.length);
  });
  return predicted;
}

/**
 * Half of the keys predicted by a calibration on the other half, over and over: every run that was predicted, of all splits.
 * Constants, spreads and factors come from one half alone, beginning at the priors.
 *
 * @param keyOf what stays together in one half
 * @param splits how many random halves
 */
export function otherHalves(runs, keyOf, splits = 30) {
  const keys = runs.map(keyOf);
  return Array.from({ length: splits }, (_, split) => {
    const random = new Random(16, split);
    const order = [...new Set(keys)].map((key) => ({ key, at: random.uniform() }));
    order.sort((a, b) => a.at - b.at);
    const first = new Set(order.slice(0, order.length >> 1).map(({ key }) => key));
    const calibration = calibrateTime(runs.filter((_, i) => first.has(keys[i])));
    return runs.filter((_, i) => !first.has(keys[i])).map((run) => predictedBy(calibration, run));
  }).flat();
}

/** A run as a calibration predicts it that has not seen it. */
function predictedBy(calibration, run) {
  const prediction = new TimePrediction(calibration, run.labels);
  const logSeconds = prediction.logMean(run.ideal, run.bubble);
  const deviation = Math.sqrt(prediction.variance());
  const away = Math.abs(Math.log(run.seconds) - logSeconds) / deviation;
  const { p80, p95 } = prediction.factors;
  return {
    run,
    seconds: Math.exp(logSeconds),
    // Of tokens a second, as of MFU: predicted over measured, less 1.
    error: run.seconds / Math.exp(logSeconds) - 1,
    in80: away <= p80,
    in95: away <= p95,
    reach95: p95 * deviation,
  };
}
