// Intervals of the hierarchical calibration on simulated truth, of what is known and of what is new; what five own rows are
// worth; and how fast it is. Each seed is a truth of its own: calibrated on 1,000 rows, judged on rows that it never saw.
//   node bench/serving/calibration.js [seeds]
import { pathToFileURL } from "node:url";
import { calibrateParts, leaveOut, predictParts, updateParts } from "isoflop";
import { machine, simulatedTruth } from "./calibrationTruth.js";

const nRows = 1000;
const perSeed = 200;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const standardError = (values) => {
  const middle = mean(values);
  const square = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(square / (values.length - 1) / values.length);
};
const percent = (value) => `${(100 * value).toFixed(1)} %`;

/** What is new of the rows that are judged. */
const kinds = {
  "nothing new": (truth, train) => train[truth.random.below(train.length)].labels,
  "a new model": (truth, _, i) => truth.labels(undefined, undefined, `new ${i % 10}`),
  "a new accelerator": (truth, _, i) => truth.labels(undefined, `new ${i % 8}`),
  "a new engine": (truth, _, i) => truth.labels(`new ${i % 8}`),
};

export function rows(seeds = 8) {
  const covered = Object.fromEntries(
    Object.keys(kinds).map((name) => [name, { in80: [], in95: [], width: [] }]),
  );
  const left = { in80: [], in95: [] };
  const before = [];
  const after = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const truth = simulatedTruth(seed);
    const train = Array.from({ length: nRows }, (_, i) => truth.row(truth.labels(), i));
    const calibration = calibrateParts(machine, train);
    for (const [name, pick] of Object.entries(kinds)) {
      const judged = Array.from({ length: perSeed }, (_, i) => {
        const row = truth.row(pick(truth, train, i), i);
        return { ...predictParts(calibration, row), value: row.value };
      });
      const inside = (which) =>
        mean(judged.map(({ value, [which]: [low, high] }) => Number(low <= value && value <= high)));
      covered[name].in80.push(inside("interval80"));
      covered[name].in95.push(inside("interval95"));
      covered[name].width.push(mean(judged.map(({ interval80: [low, high] }) => Math.log(high / low) / 2)));
    }
    const out = leaveOut(calibration, ({ model }) => model, { intervals: true });
    for (const [which, low, high] of [
      ["in80", "lower80", "upper80"],
      ["in95", "lower95", "upper95"],
    ]) {
      left[which].push(mean(out.map(({ away, ends }) => Number(away >= -ends[low] && away <= ends[high]))));
    }
    ownRows(truth, calibration, before, after);
  }
  const how = `${seeds} simulated truths, ${nRows} rows each to calibrate on; judged on rows not among them`;
  const found = Object.entries(covered).flatMap(([name, { in80, in95, width }]) => [
    bar(
      `80 % interval, ${name}`,
      in80,
      0.76,
      0.84,
      `${how}; typical half-width a factor ${Math.exp(mean(width)).toFixed(2)}`,
    ),
    bar(`95 % interval, ${name}`, in95, 0.92, 0.97, how),
  ]);
  found.push(
    bar(
      "80 % interval of rows of models left out in turn",
      left.in80,
      0.76,
      0.84,
      `${how}; factors by other models`,
    ),
    bar(
      "95 % interval of rows of models left out in turn",
      left.in95,
      0.92,
      0.97,
      `${how}; factors by other models`,
    ),
  );
  const cut = 1 - mean(after) / mean(before);
  found.push({
    bar: "Error of a new engine, cut by five rows of its own",
    wanted: ">= 40 %",
    got: percent(cut),
    held: cut >= 0.4,
    howHeldOut: `${before.length} new engines in ${seeds} truths, mean |ln| of ten other rows each: ${percent(mean(before))} before, ${percent(mean(after))} after; own noise included`,
  });
  return found;
}

function bar(name, shares, low, high, howHeldOut) {
  const got = mean(shares);
  const wanted = `${percent(low)} to ${percent(high)}`;
  const said = `${percent(got)} ± ${percent(standardError(shares))}`;
  return { bar: name, wanted, got: said, held: got >= low && got <= high, howHeldOut };
}

/** Mean error on ten rows of new engines on a known accelerator and model, without and with five others of them. */
function ownRows(truth, calibration, before, after) {
  for (let k = 0; k < 8; k++) {
    const labels = () => truth.labels(`own ${k}`, `a${k % 5}`, "m1");
    const own = Array.from({ length: 5 }, (_, i) => truth.row(labels(), i));
    const judged = Array.from({ length: 10 }, (_, i) => truth.row(labels(), i));
    const updated = updateParts(calibration, own);
    for (const [one, errors] of [
      [calibration, before],
      [updated, after],
    ]) {
      errors.push(mean(judged.map((row) => Math.abs(Math.log(row.value / predictParts(one, row).value)))));
    }
  }
}

/** Seconds and rates on this machine, in processor time. */
export function speed() {
  const truth = simulatedTruth(1);
  const train = Array.from({ length: 4000 }, (_, i) => truth.row(truth.labels(), i));
  const timed = (what) => {
    const start = process.cpuUsage();
    const result = what();
    const { user, system } = process.cpuUsage(start);
    return { result, seconds: (user + system) / 1e6 };
  };
  const fit = timed(() => calibrateParts(machine, train, { factors: "none" }));
  const whole = timed(() => calibrateParts(machine, train));
  const calibration = fit.result;
  const out = timed(() => leaveOut(calibration, ({ model }) => `${Number(model.slice(1)) % 15}`));
  const own = Array.from({ length: 5 }, (_, i) => truth.row(truth.labels("own"), i));
  updateParts(calibration, own);
  const update = timed(() => updateParts(calibration, own));
  const one = timed(() => {
    for (let i = 0; i < 20_000; i++) predictParts(calibration, train[i % 50]);
  });
  return {
    rows: train.length,
    unknowns: calibration.columns.count,
    fitSeconds: fit.seconds,
    withFactorsSeconds: whole.seconds,
    fifteenGroupsLeftOutSeconds: out.seconds,
    updateMilliseconds: 1e3 * update.seconds,
    predictionMicroseconds: (1e6 * one.seconds) / 20_000,
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { bar: name, wanted, got, held, howHeldOut } of rows(Number(process.argv[2] ?? 8))) {
    console.log(`${held ? "held  " : "missed"} ${name}: ${got} of ${wanted} (${howHeldOut})`);
  }
  console.log(speed());
}
