import type { MultiPowerParameter } from "../../laws/curves/multiPowerLaw.ts";
import { exp } from "../../numerics/exp.ts";

/**
 * The multi-power law's loss at the last step of a schedule, and its slope by the rate of every step: what is needed to make a
 * schedule better. One pass forth and one back, so it costs as much as the law's sum itself.
 *
 * @param rates of steps 0 to the last, all > 0 but for step 0
 * @param areaBefore summed rate of what was trained before step 0
 * @param slope written: the derivative of the loss by each rate
 */
export function finalLoss(
  constants: Readonly<Record<MultiPowerParameter, number>>,
  rates: Float64Array,
  areaBefore: number,
  slope: Float64Array,
): number {
  const { L0, A, B, C, alpha, beta, gamma } = constants;
  const n = rates.length;
  const logC = Math.log(C);
  // First `slope` holds what the change of each step has used up.
  const speeds = new Float64Array(n);
  let since = 0;
  let used = 0;
  for (let k = n - 1; k > 0; k--) {
    since += rates[k]!;
    speeds[k] = k > 1 && rates[k] === rates[k + 1] ? speeds[k + 1]! : exp(logC - gamma * Math.log(rates[k]!));
    slope[k] = 1 - exp(-beta * Math.log(1 + speeds[k]! * since));
    used += (rates[k - 1]! - rates[k]!) * slope[k]!;
  }
  slope[0] = 0;
  const area = areaBefore + since + rates[0]!;
  const power = A * exp(-alpha * Math.log(area));
  const byArea = (-alpha * power) / area;
  // Every rate lengthens the sums of all changes up to its step.
  let lengthened = 0;
  let before = 0;
  for (let k = 0; k < n; k++) {
    const share = slope[k]!;
    let byRate = 0;
    if (k > 0) {
      const drop = rates[k - 1]! - rates[k]!;
      const speed = speeds[k]!;
      const x = speed * (since - before);
      const steep = (drop * beta * (1 - share)) / (1 + x);
      lengthened += steep * speed;
      byRate = (-steep * x * gamma) / rates[k]!;
      before += rates[k]!;
    }
    slope[k] = byArea - B * ((k + 1 < n ? slope[k + 1]! : 0) - share + byRate + (k > 0 ? lengthened : 0));
  }
  return L0 + power - B * used;
}
