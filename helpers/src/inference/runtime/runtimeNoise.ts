import type { RisingRuntimes } from "./risingRuntimes.ts";
import type { RuntimeRowColumns } from "./runtimeColumns.ts";
import { runtimeResiduals } from "./runtimeResiduals.ts";

/** How measurements scatter around F and G. */
export interface RuntimeNoise {
  /** Noise grows with this power of the runtime: 0 the same in seconds, 1 in proportion. */
  readonly power: number;
  /** Residuals over measured runtime^power, their shrinkage by the fit undone, to be drawn from. */
  readonly residuals: Float64Array;
  /** Rows more than unknowns. */
  readonly spare: number;
  /** Standard deviation of a prompt size's own G around the rule, in seconds a token. */
  readonly slopes: number;
  /** Prompt sizes whose own G is known. */
  readonly sizes: number;
}

const powers = [0, 0.5, 1];

/**
 * The noise of rows around a fit of squares: its power by the likelihood of the residuals, and a spread of G between prompt
 * sizes, beyond what the noise of single rows makes of it, by moments (DerSimonian and Laird 1986): rows of one size were
 * often measured together, and the rule for G is but a rule. Weighing rows by the power before it is known would make F of
 * short prompts look better known than it is, so residuals are those of equal weights.
 *
 * @param weights of the rows; those of weight 0 are left out
 * @param fit of squares, without constraints
 * @returns undefined without a row to spare
 */
export function runtimeNoise(
  rows: RuntimeRowColumns,
  weights: Float64Array,
  fit: RisingRuntimes,
  rule: "constant" | "rising",
): RuntimeNoise | undefined {
  const found = runtimeResiduals(rows, weights, fit, rule);
  if (found === undefined) return undefined;
  const seconds = Float64Array.from(found.row, (i) => rows.seconds[i]!);
  const scaled = (power: number) => found.residuals.map((value, at) => value / seconds[at]! ** power);
  let [power, best] = [0, Number.NEGATIVE_INFINITY];
  for (const tried of powers) {
    let [squares, logs] = [0, 0];
    for (const value of scaled(tried)) squares += value * value;
    for (const value of seconds) logs += Math.log(value);
    const likelihood = -0.5 * seconds.length * Math.log(squares / seconds.length + 1e-300) - tried * logs;
    if (likelihood > best) [power, best] = [tried, likelihood];
  }
  const residuals = centred(scaled(power));
  let variance = 0;
  for (const value of residuals) variance += (value * value) / residuals.length;
  const variances = rows.seconds.map((value) => variance * value ** (2 * power));
  return { power, residuals, spare: found.spare, ...slopeSpread(rows, weights, fit, variances) };
}

function centred(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  return values.map((value) => value - sum / values.length);
}

/** How far the prompt sizes' own slopes lie from the rule, beyond their noise. */
function slopeSpread(
  rows: RuntimeRowColumns,
  weights: Float64Array,
  fit: RisingRuntimes,
  variances: Float64Array,
): { slopes: number; sizes: number } {
  const n = rows.promptSizes.length;
  const columns = () => new Float64Array(n);
  const [mass, steps, seconds] = [columns(), columns(), columns()];
  const [xx, xy, noise] = [columns(), columns(), columns()];
  const off = (i: number) => {
    const k = rows.group[i]!;
    return rows.seconds[i]! - rows.steps[i]! * (fit.base + fit.rise * rows.promptSizes[k]!);
  };
  for (let i = 0; i < weights.length; i++) {
    const k = rows.group[i]!;
    mass[k]! += weights[i]!;
    steps[k]! += weights[i]! * rows.steps[i]!;
    seconds[k]! += weights[i]! * off(i);
  }
  for (let i = 0; i < weights.length; i++) {
    const k = rows.group[i]!;
    if (!(mass[k]! > 0)) continue;
    const x = rows.steps[i]! - steps[k]! / mass[k]!;
    xx[k]! += weights[i]! * x * x;
    xy[k]! += weights[i]! * x * (off(i) - seconds[k]! / mass[k]!);
    noise[k]! += (weights[i]! * x) ** 2 * variances[i]!;
  }
  let [sizes, q, first, second] = [0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    if (!(xx[k]! > 0)) continue;
    sizes += 1;
    const precision = xx[k]! ** 2 / Math.max(noise[k]!, 1e-300);
    q += (xy[k]! / xx[k]!) ** 2 * precision;
    first += precision;
    second += precision * precision;
  }
  if (sizes < 3) return { slopes: 0, sizes };
  const excess = (q - (sizes - 1)) / (first - second / first);
  return { slopes: Math.sqrt(Math.max(0, excess)), sizes };
}
