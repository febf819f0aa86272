// What the study varies, and the truth it simulates: Chinchilla's law on a grid of sizes and tokens.
import { adaptiveHuber, chinchilla, huber, predict, squared } from "isoflop";
import { Random } from "../../helpers/dist/numerics/random/Random.js";

export const truth = { E: 1.8, A: 480, B: 2100, alpha: 0.35, beta: 0.37 };
const grids = { 20: [5, 4], 60: [10, 6], 240: [20, 12] };
const [smallest, largest] = [
  { nParams: 2e7, nTokens: 1e9 },
  { nParams: 1e10, nTokens: 3e11 },
];
/** In the middle of the runs, and at ten times their largest compute. */
export const inside = { nParams: 4.5e8, nTokens: 1.7e10 };
export const outside = { nParams: largest.nParams * Math.sqrt(10), nTokens: largest.nTokens * Math.sqrt(10) };

const noises = {
  Gaussian: (random) => random.normal(),
  // Of unit variance, as the others are but for their outliers.
  t3: (random) => {
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    return random.normal() / Math.sqrt(a * a + b * b + c * c);
  },
  "5 % outliers": (random) => {
    const size = random.uniform() < 0.05 ? 10 : 1;
    return size * random.normal();
  },
};
const losses = { default: adaptiveHuber, "huber(1e-3)": () => huber(1e-3), squared };

/** Every cell, the quick ones first. */
export const cells = [20, 60, 240].flatMap((n) =>
  [0.005, 0.02].flatMap((noise) =>
    Object.keys(noises).flatMap((shape) =>
      Object.keys(losses).map((loss) => ({
        key: [n, noise, shape, loss].join("|"),
        n,
        noise,
        shape,
        loss,
        lossOf: losses[loss],
      })),
    ),
  ),
);

const spaced = (low, high, count) =>
  Array.from({ length: count }, (_, k) => low * (high / low) ** (k / (count - 1)));

/** One simulated sweep with one more run at each of the two points; cells that differ in the loss share it. */
export function simulate({ n, noise, shape }, seed, set) {
  const random = new Random(seed * 1e6 + set, n * 1000 + noise * 1e5 + Object.keys(noises).indexOf(shape));
  const [sizes, lengths] = grids[n];
  const observed = (point) => predict(chinchilla, truth, point) * Math.exp(noise * noises[shape](random));
  const runs = spaced(smallest.nParams, largest.nParams, sizes).flatMap((nParams) =>
    spaced(smallest.nTokens, largest.nTokens, lengths).map((nTokens) => {
      const point = { nParams, nTokens };
      return { ...point, loss: observed(point) };
    }),
  );
  return { runs, newInside: observed(inside), newOutside: observed(outside) };
}
