// How often the estimate of a step has two published runs of Megatron-Bridge in the right order, within a group of the
// dataset measuredTraining (model, machine, precision, software), with the whole group left out of the calibration.
//   node bench/cost/order.js
import { calibrateTime, TimePrediction } from "isoflop";
import { publishedTimedRuns } from "../../scripts/cost-calibration.js";

/** Pairs of runs of a group, log ratio of seconds a token as measured and as predicted: layouts that differ, and alike. */
export function pairs() {
  const runs = publishedTimedRuns();
  const start = calibrateTime(runs);
  const groups = new Map();
  for (const run of runs) {
    if (run.row.source !== "Megatron-Bridge") continue;
    const { group } = run.row;
    groups.set(group, [...(groups.get(group) ?? []), run]);
  }
  const alike = [];
  const found = [];
  for (const [group, members] of groups) {
    if (members.length < 2) continue;
    const others = runs.filter((run) => run.row.source !== "Megatron-Bridge" || run.row.group !== group);
    const calibration = calibrateTime(others, { start, rounds: 1, iterations: 4 });
    const predicted = members.map((run) => {
      const prediction = new TimePrediction(calibration, run.labels);
      // Seconds of a token on one device: steps of other batches are compared, too.
      const perToken = Math.log(run.seconds) - Math.log(run.row.value ** -1);
      const log = prediction.logMean(run.ideal, run.bubble) - perToken;
      return { log, measured: -Math.log(run.row.value), layout: run.labels.layout };
    });
    for (let i = 0; i < predicted.length; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [predicted[i], predicted[j]];
        // A table repeats runs from release to release; those of one layout say nothing of layouts.
        const isSame = a.layout === b.layout && Math.abs(members[i].bubble - members[j].bubble) < 1e-9;
        const layouts = [a, b].map(({ layout }, k) => `${layout} ${members[k ? j : i].bubble.toFixed(6)}`);
        const pair = { group, layouts, measured: a.measured - b.measured, predicted: a.log - b.log };
        if (pair.measured !== 0) (isSame ? alike : found).push(pair);
      }
    }
  }
  return { found, alike };
}

/** Each two layouts of a group once, with the means of their pairs: a table repeats both from release to release. */
export function contrasts(found) {
  const sums = new Map();
  for (const { group, layouts, measured, predicted } of found) {
    const sign = layouts[0] < layouts[1] ? 1 : -1;
    const key = [group, ...[...layouts].sort()].join(" ");
    const sum = sums.get(key) ?? { measured: 0, predicted: 0 };
    sums.set(key, {
      measured: sum.measured + sign * measured,
      predicted: sum.predicted + sign * predicted,
    });
  }
  return [...sums.values()];
}

export function rows() {
  const { found, alike } = pairs();
  const right = (all) => all.filter(({ measured, predicted }) => measured * predicted > 0).length;
  const far = found.filter(({ measured }) => Math.abs(measured) > Math.log(1.1));
  const share = right(found) / found.length;
  const releases = alike.filter(({ measured }) => Math.abs(measured) > Math.log(1.02));
  const distinct = contrasts(found);
  const percent = (value) => `${(100 * value).toFixed(1)} %`;
  return [
    {
      bar: "order of two runs within Megatron-Bridge groups",
      wanted: ">= 75 %",
      got:
        `${percent(share)} of ${found.length} pairs in ${new Set(found.map(({ group }) => group)).size} groups; ` +
        `releases repeat layouts, so that they are ${distinct.length} contrasts of two layouts, of which ${right(distinct)} are right on average; ` +
        `${percent(right(far) / far.length)} of the ${far.length} that differ by more than 10 %; apart from these ${alike.length} pairs of one layout in two releases, ` +
        `of which ${percent(right(alike) / alike.length)} are in order (${percent(right(releases) / releases.length)} of the ${releases.length} that differ by more than 2 %)`,
      held: share >= 0.75,
      howHeldOut: "calibration without the whole group of the pair",
    },
  ];
}

if (import.meta.url === `file://${process.argv[1]}`) {
  console.table(rows());
}
