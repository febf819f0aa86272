import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";

const floors = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.995];
const widths = [0.1, 0.3, 1];
const places = 14;

/**
 * Starts for `brokenPowerLaw`: for a given floor E, places d and widths f of the breaks, `ln(y - E)` is linear in
 * `ln A`, c0 and the c_i, so a grid over E, d and f with a small linear solve in each cell covers what a search over
 * all six or nine parameters would miss.
 *
 * @returns the eight best cells as complete parameters in the law's order.
 */
export function brokenStarts(logX: Float64Array, y: Float64Array, breaks: 1 | 2): Float64Array[] {
  const n = y.length;
  const lowest = y.reduce((a, b) => Math.min(a, b), Infinity);
  const from = logX.reduce((a, b) => Math.min(a, b), Infinity);
  const to = logX.reduce((a, b) => Math.max(a, b), -Infinity);
  const size = 2 + breaks;
  const gram = new Float64Array(size * size);
  const solution = new Float64Array(size);
  const row = new Float64Array(size);
  const target = new Float64Array(n);
  const weight = new Float64Array(n);
  const found: { theta: Float64Array; error: number }[] = [];

  for (const f of widths) {
    // ln(1 + ((x / d))^(1 / f)) for every place, shared by all cells of this width.
    const soft = Array.from({ length: places }, (_, k) => {
      const d = from + ((to - from) * (k + 0.5)) / places;
      return { d, values: logX.map((log) => softplus((log - d) / f)) };
    });
    for (const share of floors) {
      const E = share * lowest;
      for (let i = 0; i < n; i++) {
        target[i] = Math.log(y[i]! - E);
        // A change of ln(y - E) moves ln y by (y - E) / y.
        weight[i] = ((y[i]! - E) / y[i]!) ** 2;
      }
      for (let a = 0; a < places; a++) {
        for (let b = breaks === 1 ? places - 1 : a + 1; b < places; b++) {
          const bases = breaks === 1 ? [soft[a]!] : [soft[a]!, soft[b]!];
          gram.fill(0);
          solution.fill(0);
          let total = 0;
          for (let i = 0; i < n; i++) {
            row[0] = 1;
            row[1] = -logX[i]!;
            for (let k = 0; k < breaks; k++) row[2 + k] = -f * bases[k]!.values[i]!;
            for (let j = 0; j < size; j++) {
              const scaled = weight[i]! * row[j]!;
              solution[j] = solution[j]! + scaled * target[i]!;
              for (let l = 0; l <= j; l++) gram[j * size + l] = gram[j * size + l]! + scaled * row[l]!;
            }
            total += weight[i]! * target[i]! ** 2;
          }
          const right = solution.slice();
          if (!choleskyFactor(gram, size)) continue;
          choleskySolve(gram, size, solution);
          let error = total;
          for (let j = 0; j < size; j++) error -= solution[j]! * right[j]!;
          const own = bases.flatMap(({ d }, k) => [solution[2 + k]!, Math.exp(d), f]);
          found.push({ theta: Float64Array.of(E, Math.exp(solution[0]!), solution[1]!, ...own), error });
        }
      }
    }
  }
  return found
    .sort((a, b) => a.error - b.error)
    .slice(0, 8)
    .map(({ theta }) => theta);
}

function softplus(t: number): number {
  return t > 0 ? t + Math.log1p(Math.exp(-t)) : Math.log1p(Math.exp(t));
}
