// node bench/laws/curves.js [--sets 200] [--seed 1]
// How often intervals of the multi-power law hold the truth: simulated curves of the public schedules at their logged steps, with
// noise of .1 % of the loss that is new at every point, or handed on from point to point (correlation .9). Then how often
// forecasts from parts of simulated curves hold their end, where the constants of every run are drawn around those of the runs
// that are known. Takes about a minute and a half.
import { parseArgs } from "node:util";
import { fit, forecastCurve, luo2025, luoSchedule, multiPowerLaw, squared, withParameters } from "isoflop";
import { multiPowerCurves } from "isoflop-datasets";

const { values } = parseArgs({
  options: { sets: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});
const [sets, seed] = [Number(values.sets), Number(values.seed)];

/** mulberry32, and normal numbers by Box and Muller. */
function randomOf(state) {
  let a = state >>> 0;
  const uniform = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

const noise = 1e-3;
const fitted = ["cosine_24000", "constant_24000", "wsdcon_9"];
const unseen = "wsd_20000_24000";
const law = multiPowerLaw([...fitted, unseen].map(luoSchedule));
const steps = fitted.map((name) =>
  multiPowerCurves().filter((row) => row.model === "100M" && row.schedule === name && row.step < 24_000),
);
const truth = luo2025["100M"];
const { predict } = withParameters(law, truth);
const end = { run: 3, step: 23_999 };
const truths = {
  "the end of an unseen cooldown": { of: (p) => withParameters(law, p).predict(end), value: predict(end) },
  alpha: { of: "alpha", value: truth.alpha },
};
const count = (held, of = sets) => {
  const share = held / of;
  const error = Math.sqrt((share * (1 - share)) / of);
  return `${(100 * share).toFixed(1)} % of ${of} (standard error ${(100 * error).toFixed(1)})`;
};

for (const correlation of [0, 0.9]) {
  // Correlated noise takes four times as many steps of the search.
  const tried = correlation === 0 ? sets : sets / 2;
  const normal = randomOf(seed);
  const held = {};
  for (let set = 0; set < tried; set++) {
    const runs = steps.flatMap((rows, run) => {
      let error = normal();
      return rows.map(({ step }) => {
        error = correlation * error + Math.sqrt(1 - correlation ** 2) * normal();
        return { run, step, loss: predict({ run, step }) * Math.exp(noise * error) };
      });
    });
    const found = fit(law, runs, { loss: squared(), start: truth });
    // Stretches of 3,000 steps as clusters: eight a long curve, five of the short one.
    const clusters = runs.map(({ run, step }) => `${run}, ${Math.floor(step / 3000)}`);
    for (const [name, { of, value }] of Object.entries(truths)) {
      for (const [how, options] of Object.entries({ "": {}, ", clustered": { clusters } })) {
        const [low, high] = found.interval(of, options);
        const key = `${name}${how}`;
        held[key] = (held[key] ?? 0) + (low <= value && value <= high ? 1 : 0);
      }
    }
  }
  for (const [name, n] of Object.entries(held)) {
    console.log(
      `fit of three curves, correlation ${correlation}: 95 % interval of ${name} holds ${count(n, tried)}`,
    );
  }
}

const schedules = ["cosine_24000", "constant_24000", "wsdld_20000_24000", "wsdcon_3"].map((name) => ({
  name,
  rates: luoSchedule(name),
}));
for (const part of [0.2, 0.4, 0.6]) {
  const normal = randomOf(seed + 1);
  const held = [0, 0];
  for (let set = 0; set < sets; set++) {
    const { rates } = schedules[set % schedules.length];
    const shifted = (name, sd) => truth[name] * Math.exp(sd * normal());
    const constants = {
      L0: truth.L0 + 0.1 * normal(),
      A: shifted("A", 0.15),
      B: shifted("B", 0.25),
      C: shifted("C", 0.5),
      alpha: truth.alpha + 0.06 * normal(),
      beta: shifted("beta", 0.3),
      gamma: truth.gamma + 0.1 * normal(),
    };
    const run = withParameters(multiPowerLaw([rates]), constants);
    const total = rates.length - 1;
    const seen = Array.from({ length: Math.floor((part * total - 2176) / 128) }, (_, i) => {
      const step = 2176 + 128 * i;
      return { step, loss: run.predict({ run: 0, step }) * Math.exp(noise * normal()) };
    });
    const end = run.predict({ run: 0, step: total });
    const { loss, sd } = forecastCurve(seen, { rates, like: [truth] }).end();
    if (Math.abs(end - loss) <= 1.2816 * sd) held[0] += 1;
    if (Math.abs(end - loss) <= 1.96 * sd) held[1] += 1;
  }
  console.log(
    `forecast from ${100 * part} %: 80 % band holds ${count(held[0])}, 95 % band ${count(held[1])}`,
  );
}
console.log(`${sets} sets, seed ${seed}, noise ${noise}`);
