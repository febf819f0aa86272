// Rows of `npm run bench -- cost` on whole runs: emissions, the MFU that published hours imply, MLPerf's minutes over accelerators.
//   node bench/cost/runs.js
import { batchedScaling, findAccelerator, impliedMfu, scalingExponent, trainingRun } from "isoflop";
import { measuredTraining } from "isoflop-datasets";

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
};
const percent = (share) => `${(100 * share).toFixed(1)} %`;

// The row of the 70B stands on the model card of Llama 3.1, the table holds the other two.
const card = [
  { model: "8B", params: 8.03e9, tokens: 15e12, hours: 1.46e6, tons: 420 },
  { model: "70B", params: 70.55e9, tokens: 15e12, hours: 7.0e6, tons: 2040 },
  { model: "405B", params: 405.85e9, tokens: 15.6e12, hours: 30.84e6, tons: 8930 },
];

function emissions() {
  const watts = findAccelerator("h100-sxm").boardWatts;
  const off = card.map((row) => {
    const others = card.filter((other) => other !== row);
    const tons = others.reduce((sum, other) => sum + other.tons, 0);
    const kilowattHours = others.reduce((sum, other) => sum + (other.hours * watts) / 1000, 0);
    const flops = 6 * row.params * row.tokens;
    const mfu = flops / (row.hours * 3600 * 989e12);
    const question = { flops, mfu, goodput: 1, gpus: 1024, accelerator: "h100-sxm" };
    const { carbon } = trainingRun({ ...question, carbonIntensity: (1000 * tons) / kilowattHours });
    return carbon.value / row.tons - 1;
  });
  return {
    bar: "emissions of Llama 3.1 8B, 70B, 405B from hours x 700 W",
    wanted: "each within 5 %",
    got: off.map(percent).join(", "),
    held: off.every((error) => Math.abs(error) <= 0.05),
    howHeldOut: "each by the intensity that the other two imply; no source states one",
  };
}

function implied() {
  const deepSeek = { params: 37.55e9, tokens: 14.8e12, hours: 2.664e6, accelerator: "h800" };
  const runs = [
    ...card.map(({ tons: _, model: __, ...run }) => ({ ...run, accelerator: "h100-sxm" })),
    deepSeek,
  ];
  const shares = runs.map((run) => (100 * impliedMfu(run)).toFixed(1));
  return {
    bar: "MFU that the hours of Llama 3.1 8B, 70B, 405B and DeepSeek-V3 imply",
    wanted: "13.9, 25.5, 34.6, 35.2 %",
    got: `${shares.join(", ")} %`,
    held: shares.join() === "13.9,25.5,34.6,35.2",
    howHeldOut:
      "arithmetic; which of them lie in the interval of the time model is said in the notebook time-and-money",
  };
}

/** Medians of MLPerf's results by benchmark, system, accelerators and batch. */
function points() {
  const rows = measuredTraining().filter((row) => row.quantity.startsWith("time to train (") && row.nDevices);
  const groups = new Map();
  for (const row of rows) {
    const key = `${row.model}|${row.hardware}|${row.nDevices}|${row.batch}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((same) => {
    const [{ model, hardware, nDevices, batch }] = same;
    return { task: model, system: hardware, nDevices, batch, time: median(same.map(({ value }) => value)) };
  });
}

const sizesOf = (rows) => new Set(rows.map(({ nDevices }) => nDevices)).size;
const systemsOf = (rows) =>
  [...new Set(rows.map(({ system }) => system))].map((system) => rows.filter((row) => row.system === system));

function exponents() {
  const all = points();
  const training = systemsOf(all.filter(({ task }) => task === "Llama-3.1-405B")).filter(
    (rows) => sizesOf(rows) > 2,
  );
  const moved = training.flatMap((rows) =>
    rows.map((out) =>
      Math.abs(scalingExponent(rows.filter((row) => row !== out)).exponent - scalingExponent(rows).exponent),
    ),
  );
  const tuning = all.filter(({ task }) => task.includes("LoRA"));
  const off = systemsOf(tuning)
    .filter((rows) => sizesOf(rows) > 1)
    .map((rows) => {
      const others = batchedScaling(tuning.filter((row) => row.system !== rows[0].system));
      return Math.abs(others.exponent(rows) - scalingExponent(rows).exponent);
    });
  const inside = (values) => values.filter((value) => value <= 0.05).length;
  return [
    {
      bar: "MLPerf, Llama 3.1 405B: exponent of minutes over accelerators within .05",
      wanted: `${moved.length} of ${moved.length}`,
      got: `${inside(moved)} of ${moved.length}, largest ${Math.max(...moved).toFixed(3)}`,
      held: inside(moved) === moved.length,
      howHeldOut: "a size left out moves the exponent so much",
    },
    {
      bar: "MLPerf, Llama 2 70B LoRA: exponent of a system within .05",
      wanted: `${off.length} of ${off.length}`,
      got: `${inside(off)} of ${off.length}, largest ${Math.max(...off).toFixed(3)}`,
      held: inside(off) === off.length,
      howHeldOut:
        "law with batches of the other systems; that it has batches was chosen with these rows in view",
    },
  ];
}

export function rows() {
  return [emissions(), implied(), ...exponents()];
}

if (import.meta.url === `file://${process.argv[1]}`) {
  for (const { bar, got, held } of rows()) console.log(`${held ? "held  " : "MISSED"} ${bar}: ${got}`);
}
