// A machine that exists on paper: engines, accelerators, models and layouts with deviations of their own, drawn anew for
// each seed, of which some never stand in the rows that are calibrated on.
import { hierarchy } from "isoflop";
import { Random } from "../../helpers/dist/numerics/random/Random.js";

const nParts = 12;
const join = (...labels) => labels.join("|");

export const machine = hierarchy({
  parts: Array.from({ length: nParts }, (_, k) => ({ name: `part ${k}`, median: 1.2, deviation: 0.5 })),
  kinds: [
    { name: "ttft", noise: 0.1 },
    { name: "tpot", noise: 0.1 },
  ],
  effects: [
    { name: "engine", key: ({ engine }) => engine, typical: 0.1 },
    { name: "accelerator", key: ({ accelerator }) => accelerator, typical: 0.1 },
    { name: "stack", key: ({ engine, accelerator }) => join(engine, accelerator), typical: 0.08 },
    {
      name: "attention",
      key: ({ engine, accelerator }) => join(engine, accelerator),
      parts: ["part 0", "part 1"],
      typical: 0.2,
    },
    { name: "first token", key: ({ engine }) => engine, kinds: ["ttft"], typical: 0.2 },
    { name: "model", key: ({ model }) => model, typical: 0.1 },
    { name: "group", key: (labels) => join(labels.engine, labels.accelerator, labels.model), typical: 0.06 },
    { name: "layout", key: ({ layout }) => layout, typical: 0.06 },
  ],
  novelties: [
    { name: "group", key: (labels) => join(labels.engine, labels.accelerator, labels.model) },
    { name: "model", key: ({ model }) => model },
    { name: "accelerator", key: ({ accelerator }) => accelerator },
    { name: "engine", key: ({ engine }) => engine },
  ],
});

const spreads = [0.15, 0.12, 0.08, 0.25, 0.25, 0.12, 0.05, 0.08];

/** Rows of a truth of its own for each seed; `rows(n, pick)` draws labels by `pick`. */
export function simulatedTruth(seed) {
  const random = new Random(seed, 17);
  const constants = machine.parts.map(
    ({ median, deviation }) => Math.log(median) + deviation * random.normal(),
  );
  const drawn = new Map();
  const deviation = (e, key) => {
    const name = `${e}|${key}`;
    if (!drawn.has(name)) drawn.set(name, spreads[e] * random.normal());
    return drawn.get(name);
  };
  const row = (labels, i) => {
    const kind = i % 2 ? "tpot" : "ttft";
    const parts = machine.parts.map((_, k) => Math.exp(1.2 * random.normal() - (k % 3)));
    const logs = constants.slice();
    machine.effects.forEach((effect, e) => {
      if (effect.kinds && !effect.kinds.includes(kind)) return;
      const by = deviation(e, effect.key(labels, kind));
      machine.parts.forEach(({ name }, k) => {
        if (!effect.parts || effect.parts.includes(name)) logs[k] += by;
      });
    });
    // One measurement in twenty is four times as loose.
    const noise = 0.07 * random.normal() * (random.uniform() < 0.05 ? 4 : 1);
    const sum = parts.reduce((total, part, k) => total + part * Math.exp(logs[k]), 0);
    return { labels, kind, parts, value: sum * Math.exp(noise) };
  };
  return {
    random,
    /** Some keys have many rows, most have few. */
    labels: (engine, accelerator, model) => {
      const labels = {
        engine: engine ?? `e${random.below(6)}`,
        accelerator: accelerator ?? `a${Math.floor(9 * random.uniform() ** 1.5)}`,
        model: model ?? `m${Math.floor(25 * random.uniform() ** 1.5)}`,
      };
      const group = join(labels.engine, labels.accelerator, labels.model);
      return { ...labels, layout: join(group, `${random.below(3)}`) };
    },
    row,
  };
}
