// node bench/serving/runtime.js: how often the intervals of a runtime fit hold what they are about, on profiles drawn from a
// known truth, each with noise of its own, at 95 %. The noise model was chosen on the first six noises and two designs, so that
// their rows are no test of it; the eight noises and five designs of runtimeDesigns.js were written afterwards by somebody
// else. Three other noise models were tried on them and given up, so that the choice to keep this one was made with them in view.
import { pathToFileURL } from "node:url";
import { bootstrapRuntime, runtimeInterval } from "isoflop";
import { otherDesigns, otherNoises } from "./runtimeDesigns.js";
import { outlierRows } from "./runtimeOutliers.js";

const sets = Number(process.env.SETS ?? 600);
const request = { promptTokens: 1024, outputTokens: 300 };

/** A small seeded generator (mulberry32) with normal draws. */
function seeded(seed) {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

const prompts = [128, 256, 512, 1024, 2048];
/** Flat while a tile is not full, then in proportion, as prefill is. */
const prefill = (p) => Math.max(0.03, p / 20_000);
const designs = {
  "one token and more": { outputs: [1, 9, 33, 129], promptTimes: undefined },
  "no single tokens": { outputs: [5, 17, 65, 129], promptTimes: "fitted" },
};
const student3 = (random) => {
  const chi = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
  return random.normal() / Math.sqrt(chi);
};
const kinds = {
  "the same in seconds": (random, t) => t + 0.01 * random.normal(),
  "in proportion": (random, t) => t * Math.exp(0.04 * random.normal()),
  "heavy tails": (random, t) => t + 0.006 * student3(random),
  "a part of each": (random, t) => t * Math.exp(0.02 * random.normal()) + 0.005 * random.normal(),
  "G differs by prompt": (random, t, _o, own) => t + own + 0.005 * random.normal(),
  "G rises with the prompt": (random, t) => t + 0.01 * random.normal(),
};

export function rows() {
  const results = [];
  for (const [kind, noisy] of Object.entries(kinds)) {
    for (const [design, { outputs, promptTimes }] of Object.entries(designs)) {
      results.push(...coverage(kind, noisy, design, outputs, promptTimes));
    }
  }
  return [...results, ...others(), ...outlierRows(seeded)];
}

/** The same of designs and noises that nothing was chosen on: all together, and the worst pair of each quantity. */
function others() {
  const shares = { F: [], G: [], runtime: [] };
  for (const [design, { requests, prefill, promptTimes }] of Object.entries(otherDesigns)) {
    for (const [noise, noisy] of Object.entries(otherNoises)) {
      const hits = { F: [], G: [], runtime: [] };
      const each = 0.013;
      for (let set = 0; set < otherSets; set++) {
        const random = seeded(7919 * (set + 1));
        const profile = requests(random).map(([promptTokens, outputTokens]) => {
          const truth = prefill(promptTokens) + (outputTokens - 1) * each;
          const runtimeS = Math.max(1e-4, noisy(random, truth, outputTokens));
          return { promptTokens, outputTokens, runtimeS };
        });
        const known = bootstrapRuntime(profile, { promptTimes, seed: set + 1, replicates: 300 });
        for (const { promptTokens, interval } of known.promptTimes) {
          hits.F.push(holds(interval, prefill(promptTokens)));
        }
        hits.G.push(holds(known.secondsPerOutputToken, each));
        const { promptTokens } = known.promptTimes[1];
        const runtime = prefill(promptTokens) + 149 * each;
        hits.runtime.push(holds(runtimeInterval(known, { promptTokens, outputTokens: 150 }), runtime));
      }
      for (const [quantity, values] of Object.entries(hits)) {
        shares[quantity].push({ share: mean(values), at: `${design}, noise ${noise}` });
      }
    }
  }
  return Object.entries(shares).map(([quantity, list]) => {
    const share = mean(list.map((one) => one.share));
    const [least] = [...list].sort((a, b) => a.share - b.share);
    return {
      bar: `${quantity} of a fitted runtime, ${list.length} pairs of design and noise that the noise model was not chosen on: 95 % intervals`,
      wanted: "cover 92 to 97 %",
      got: `${(100 * share).toFixed(1)} %; least ${(100 * least.share).toFixed(0)} % (${least.at})`,
      held: share >= 0.92 && share <= 0.97,
      howHeldOut: `${otherSets} profiles a pair; written after the noise model was chosen`,
    };
  });
}

const otherSets = Math.max(50, Math.round(sets / 4));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const holds = ([low, high], value) => (low <= value && value <= high ? 1 : 0);

function coverage(kind, noisy, design, outputs, promptTimes) {
  const hits = { F: [], G: [], runtime: [] };
  const isRising = kind === "G rises with the prompt";
  const each = (p) => 0.02 + (isRising ? (0.01 * p) / 2048 : 0);
  for (let set = 0; set < sets; set++) {
    const random = seeded(set + 1);
    const profile = prompts.flatMap((promptTokens) => {
      const own = 0.0006 * random.normal();
      return outputs.map((outputTokens) => {
        const truth = prefill(promptTokens) + (outputTokens - 1) * each(promptTokens);
        const runtimeS = Math.max(1e-4, noisy(random, truth, outputTokens, own * (outputTokens - 1)));
        return { promptTokens, outputTokens, runtimeS };
      });
    });
    const outputTime = isRising ? "rising" : "constant";
    const known = bootstrapRuntime(profile, { promptTimes, outputTime, seed: set + 1, replicates: 400 });
    for (const { promptTokens, interval } of known.promptTimes) {
      hits.F.push([set, holds(interval, prefill(promptTokens))]);
    }
    const mean = prompts.reduce((sum, p) => sum + each(p), 0) / prompts.length;
    hits.G.push([set, holds(known.secondsPerOutputToken, mean)]);
    const runtime = prefill(request.promptTokens) + (request.outputTokens - 1) * each(request.promptTokens);
    hits.runtime.push([set, holds(runtimeInterval(known, request), runtime)]);
  }
  return Object.entries(hits).map(([quantity, values]) => {
    // Prompt sizes of one set share its noise: the standard error is that of the sets' means.
    const means = new Map();
    for (const [set, hit] of values) means.set(set, [...(means.get(set) ?? []), hit]);
    const shares = [...means.values()].map((list) => list.reduce((sum, hit) => sum + hit, 0) / list.length);
    const share = shares.reduce((sum, value) => sum + value, 0) / shares.length;
    const spread = shares.reduce((sum, value) => sum + (value - share) ** 2, 0) / (shares.length - 1);
    const error = Math.sqrt(spread / shares.length);
    return {
      bar: `${quantity} of a fitted runtime, noise ${kind}, ${design}: 95 % intervals`,
      wanted: "cover 92 to 97 %",
      got: `${(100 * share).toFixed(1)} % (standard error ${(100 * error).toFixed(1)})`,
      held: share >= 0.92 && share <= 0.97,
      howHeldOut: `${sets} profiles of ${prompts.length * outputs.length} rows drawn from a known truth`,
    };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { bar, got, held } of rows()) console.log(`${held ? "held  " : "MISSED"} ${bar}: ${got}`);
}
