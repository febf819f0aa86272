// How many of the published measurements of serving are read as scenarios, how often instance counts that a row leaves open
// come out as another dump of the same run states them, and how far apart two measurements of one configuration are.
//   node bench/serving/rows.js
import { pathToFileURL } from "node:url";
import { measuredServingOf, readServingRow } from "isoflop";
import { measuredServing, servingRuns } from "isoflop-datasets";

const label = ({ instances, layout }) => `${instances}x${Object.values(layout).join(".")}`;

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Runs of aiconfigurator's sample with their scenarios. */
function readRuns() {
  return servingRuns()
    .filter(({ source }) => source === "aiconfigurator")
    .map((run) => ({ run, scenario: readServingRow({ ...run, load: "closed" }) }));
}

function groupsOf(items, key) {
  const groups = new Map();
  for (const item of items) {
    const name = key(item);
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups.values()];
}

const isReprint = (a, b) =>
  Math.abs(a.run.tpotMeanMs / b.run.tpotMeanMs - 1) < 2e-3 &&
  Math.abs(a.run.ttftMeanMs / b.run.ttftMeanMs - 1) < 2e-3;

/** Pairs of different measurements of one configuration, and how many runs are printed again. */
export function repetitions() {
  const alike = groupsOf(readRuns(), ({ run, scenario: s }) =>
    [
      s.modelKey,
      s.acceleratorKey,
      s.format,
      s.engine,
      label(s.serve),
      s.prefill ? label(s.prefill) : "",
      run.isl,
      run.osl,
      run.batch,
    ].join(),
  );
  const pairs = [];
  let reprints = 0;
  for (const group of alike) {
    const own = [];
    for (const each of group) {
      if (own.some((other) => isReprint(each, other))) reprints++;
      else own.push(each);
    }
    for (const [i, a] of own.entries()) for (const b of own.slice(i + 1)) pairs.push([a, b]);
  }
  return { pairs, reprints };
}

/** Runs that stand twice, once with counts of instances and once without: whether both are read alike. */
export function splitTwice() {
  const same = groupsOf(readRuns(), ({ run, scenario }) =>
    [
      scenario.modelKey,
      run.hardware,
      run.isl,
      run.osl,
      run.batch,
      Math.round(run.ttftMeanMs),
      run.tpotMeanMs.toFixed(2),
    ].join(),
  );
  const found = [];
  for (const group of same) {
    const stated = group.find(({ run }) => /prefill \d/.test(run.parallel));
    const open = group.find(({ run }) => /prefill x/.test(run.parallel));
    if (!stated || !open) continue;
    const whole = ({ scenario }) => `${label(scenario.prefill)} ${label(scenario.serve)}`;
    found.push(whole(stated) === whole(open));
  }
  return found;
}

function spread(pairs, quantity) {
  const apart = pairs.map(([a, b]) => Math.exp(Math.abs(Math.log(a.run[quantity] / b.run[quantity]))));
  return `x ${quantile(apart, 0.5).toFixed(3)} median, x ${quantile(apart, 0.9).toFixed(2)} in nine of ten (${apart.length} pairs)`;
}

export function rows() {
  const figures = measuredServing();
  const byRun = new Map(
    groupsOf(figures, (row) => row.measurement).map((group) => [group[0].measurement, group]),
  );
  const isRead = (row) => !("why" in measuredServingOf(row, byRun.get(row.measurement)));
  const sample = figures.filter(({ source }) => source.startsWith("aiconfigurator"));
  const [read, readSample] = [figures.filter(isRead).length, sample.filter(isRead).length];
  const twice = splitTwice();
  const exact = twice.filter(Boolean).length;
  const { pairs, reprints } = repetitions();
  const one = pairs.filter(
    ([a, b]) => !a.scenario.prefill && a.scenario.speculative === false && b.scenario.speculative === false,
  );
  const sameRelease = one.filter(([a, b]) => a.run.engine === b.run.engine);
  const otherRelease = one.filter(([a, b]) => a.run.engine !== b.run.engine);
  const drafting = pairs
    .filter(
      ([a, b]) => a.scenario.speculative !== undefined && b.scenario.speculative === !a.scenario.speculative,
    )
    .map(([a, b]) =>
      a.scenario.speculative ? b.run.tpotMeanMs / a.run.tpotMeanMs : a.run.tpotMeanMs / b.run.tpotMeanMs,
    );
  const none = "nothing is fitted";
  return [
    {
      bar: "rows of aiconfigurator's sample read as scenarios",
      wanted: ">= 95 %",
      got: `${readSample} of ${sample.length}`,
      held: readSample / sample.length >= 0.95,
      howHeldOut: none,
    },
    {
      bar: "figures of the table read, MLPerf and TensorRT-LLM among them",
      wanted: "no bar",
      got: `${read} of ${figures.length}`,
      held: true,
      howHeldOut: none,
    },
    {
      bar: "instance counts that a row leaves open, as another dump of the run states them",
      wanted: "no bar",
      got: `${exact} of ${twice.length} exact`,
      held: true,
      howHeldOut: "launch settings are from another source than the dumps",
    },
    {
      bar: "noise floor: one configuration measured twice, time per output token",
      wanted: "no bar",
      got: `same release ${spread(sameRelease, "tpotMeanMs")}; another ${spread(otherRelease, "tpotMeanMs")}; ${reprints} runs are printed again and left out`,
      held: true,
      howHeldOut: none,
    },
    {
      bar: "noise floor: time to first token",
      wanted: "no bar",
      got: `same release ${spread(sameRelease, "ttftMeanMs")}; another ${spread(otherRelease, "ttftMeanMs")}`,
      held: true,
      howHeldOut: none,
    },
    {
      bar: "time per output token without drafted tokens over that with them",
      wanted: "no bar",
      got: `${Math.min(...drafting).toFixed(2)} to ${Math.max(...drafting).toFixed(2)}, median ${quantile(drafting, 0.5).toFixed(2)} (${drafting.length} pairs)`,
      held: true,
      howHeldOut: "which runs draft is read from launch settings, not from the figures",
    },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.table(rows());
