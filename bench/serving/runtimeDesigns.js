// Designs and noises for bench/serving/runtime.js that played no part when the noise model of bootstrapRuntime was chosen.

const linear = (p) => 0.05 + p / 8000;
const bent = (p) => 0.015 + p / 25_000 + 4 * (p / 60_000) ** 2;
const grid = (prompts, outputs, times = 1) =>
  prompts.flatMap((p) => outputs.flatMap((o) => Array.from({ length: times }, () => [p, o])));

/** Requests of a profile, the truth of F, and where F is to come from. */
export const otherDesigns = {
  "3 prompts × 3 outputs": { requests: () => grid([256, 1024, 4096], [1, 17, 65]), prefill: linear },
  "8 × 3, each twice": {
    requests: () => grid([64, 128, 256, 512, 1024, 2048, 4096, 8192], [1, 16, 128], 2),
    prefill: bent,
  },
  "2 × 6": { requests: () => grid([512, 4096], [1, 4, 16, 64, 256, 512]), prefill: bent },
  "4 × 3, no single tokens": {
    requests: () => grid([200, 800, 3200, 12_800], [8, 64, 512]),
    prefill: linear,
    promptTimes: "fitted",
  },
  "16 requests of any length": {
    requests: ({ uniform }) =>
      Array.from({ length: 16 }, (_, i) => [[300, 900, 2700][i % 3], 1 + Math.floor(200 * uniform())]),
    prefill: linear,
    promptTimes: "fitted",
  },
};

/** What a clock shows of a true time. */
export const otherNoises = {
  "3 % of the time": ({ normal }, t) => t * Math.exp(0.03 * normal()),
  "15 % of the time": ({ normal }, t) => t * Math.exp(0.15 * normal()),
  "20 ms": ({ normal }, t) => t + 0.02 * normal(),
  "by the root of the time": ({ normal }, t) => t + 0.01 * Math.sqrt(t) * normal(),
  "Laplace's": ({ uniform }, t) => t + 0.008 * (uniform() < 0.5 ? -1 : 1) * -Math.log(1 - uniform()),
  "delays only": ({ uniform }, t) => t + 0.01 * (-Math.log(1 - uniform()) - 1),
  "by the token": ({ normal }, t, o) => t + 0.003 * Math.sqrt(o) * normal(),
  "one in twenty 1.3 times as slow": ({ normal, uniform }, t) =>
    t * (1 + 0.01 * normal()) * (uniform() < 0.05 ? 1.3 : 1),
};
