// Whether the configuration that is predicted best is among the best measured: node bench/serving/best.js
import { calibrateParts, predictParts, servingHierarchy } from "isoflop";
import { median, percent, publishedObservations, share } from "./leftOut.js";

/** Devices by the parallel layouts of a label such as "t8p1d1e8", prefill beside decode. */
const runsOf = (observations) => {
  const runs = new Map();
  for (const one of observations) {
    const key = one.source.measurement;
    runs.set(key, { ...(runs.get(key) ?? {}), [one.kind]: one });
  }
  return [...runs.values()].filter(({ ttft, tpot }) => ttft && tpot && !tpot.labels.split);
};

const devicesOf = (label) => {
  const [, t, p, d] = /t(\d+)p(\d+)d(\d+)/.exec(label).map(Number);
  return t * p * d;
};

/** Output tokens a second of a device, by both times. */
const rate = (run, ttftS, tpotS) => {
  const { batch, osl } = run.tpot.source;
  return (batch * osl) / (ttftS + (osl - 1) * tpotS) / devicesOf(run.tpot.labels.layout);
};

export function rows() {
  const { observations } = publishedObservations();
  const groupOf = (one) => one.source.group;
  const groups = [...new Set(observations.map(groupOf))];
  const found = [];
  groups.forEach((group, i) => {
    const own = runsOf(observations.filter((one) => groupOf(one) === group));
    // Configurations are alike in lengths and requests at a time, and differ in their layouts.
    const questions = new Map();
    for (const run of own) {
      const { isl, osl } = run.tpot.source;
      const key = `${isl} ${osl}`;
      questions.set(key, [...(questions.get(key) ?? []), run]);
    }
    const asked = [...questions.values()].filter((list) => list.length >= 5);
    if (asked.length === 0) return;
    process.stderr.write(`  ${i + 1} of ${groups.length}: without ${group}\n`);
    const rest = observations.filter((one) => groupOf(one) !== group);
    const calibration = calibrateParts(servingHierarchy, rest, { spreadDeviation: 0.35, factors: "none" });
    for (const list of asked) {
      // Under the limit that half of the runs keep by measurement, so that the most requests are not always the answer.
      const limit = median(list.map((run) => run.tpot.value));
      const judged = list.map((run) => {
        const [ttft, tpot] = ["ttft", "tpot"].map((kind) => predictParts(calibration, run[kind]).value);
        return {
          said: rate(run, ttft, tpot),
          saidTpot: tpot,
          got: rate(run, run.ttft.value, run.tpot.value),
          gotTpot: run.tpot.value,
        };
      });
      const chosen = judged.filter(({ saidTpot }) => saidTpot <= limit).sort((a, b) => b.said - a.said)[0];
      const free = [...judged].sort((a, b) => b.said - a.said)[0];
      const best = (all) => Math.max(...all.map(({ got }) => got));
      found.push({
        free: free.got / best(judged),
        limited:
          chosen && chosen.gotTpot <= 1.15 * limit
            ? chosen.got / best(judged.filter(({ gotTpot }) => gotTpot <= limit))
            : 0,
      });
    }
  });
  const near = (list) => share(list, (ratio) => ratio >= 0.85);
  const free = found.map((one) => one.free);
  const limited = found.map((one) => one.limited);
  return [
    {
      bar: "the searched best against the best measured",
      wanted: "within 15 % in >= 80 % of groups with 5 configurations or more",
      got: `${percent(near(free))} of ${found.length} questions (group and lengths), tokens/s a device`,
      held: near(free) >= 0.8,
      howHeldOut:
        "the group (model, machine, precision, engine) left out of the calibration; the search is over its measured configurations",
    },
    {
      bar: "the same under a limit on time per output token",
      wanted: "shown",
      got: `${percent(near(limited))} of ${found.length}: chosen within 15 % of the best that keeps the median time per token, and itself within 15 % of that limit`,
      howHeldOut: "as above",
    },
  ];
}
