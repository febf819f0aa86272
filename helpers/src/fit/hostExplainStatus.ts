import { formatNumber } from "../format/formatNumber.ts";
import { formatPercent } from "../format/formatPercent.ts";
import type { FitStatus } from "./objective/FitOptions.ts";
import type { Objective } from "./objective/Objective.ts";
import type { Minimum } from "./search/bfgs.ts";
import { asksForNegative, termsOf } from "./termsWithoutSign.ts";

/** Above this share of the response a law does not describe its runs; published fits leave a per cent or less. */
export const largeResidual = 0.05;

/** A column within such a factor tells nothing about an exponent. */
const nearlyConstant = Math.log(1.05);

/**
 * The reason of a status, with its cause where the runs show one: a row without a prediction, a variable that hardly
 * changed, a term that the runs do not show or that they ask for with the other sign, residuals that are too large for
 * a law. This file stands in the place of explainStatus.ts in the build for Node.
 *
 * @param objective as `fitStatus` leaves it: at the minimum
 */
export function explainStatus(
  objective: Objective,
  minimum: Minimum,
  status: FitStatus,
  reason: string,
): string {
  if (!(minimum.value < Infinity)) return rowsWithoutPrediction(objective, minimum) ?? reason;
  if (status === "not-identified") {
    const constant = hardlyChanged(objective);
    const causes: string[] =
      constant.length > 0 ? constant : hasTooFewRuns(objective) ? [] : termsUnseen(objective);
    if (causes.length === 0) causes.push(...onTheirBound(objective, minimum));
    return causes.length > 0 ? `${causes.join("; ")}; ${reason}` : reason;
  }
  const missed = shareMissed(objective);
  if (!(missed > largeResidual)) return reason;
  return `${reason}, but the law misses the runs by ${formatPercent(missed)} (root mean square), so it does not describe them`;
}

/** Of the many exact fits to fewer runs than parameters the one found shows a term or none as its last digits have it. */
function hasTooFewRuns({ w, coordinates }: Objective): boolean {
  const used = w.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  return used + coordinates.priors.length < coordinates.size;
}

/** Where a search does not come to rest, a parameter on the end of its domain is mostly why. */
function onTheirBound({ coordinates, law }: Objective, { z }: Minimum): string[] {
  return coordinates.free.flatMap(({ log, lower, members }, k) => {
    const { name, domain, start } = law.parameters[members[0]!]!;
    if (log || lower !== domain[0] || z[k]! - lower > 1e-9 * start[1]) return [];
    return [
      `${name} ended on the lower end ${lower} of its domain: the runs show no sign of its term (fix ${name} at ${lower})`,
    ];
  });
}

/** Root mean square of what the law misses, as a share of the response. */
function shareMissed({ residual, target, w, n, logResidual }: Objective): number {
  let squares = 0;
  let scale = 0;
  let weight = 0;
  for (let i = 0; i < n; i++) {
    weight += w[i]!;
    squares += w[i]! * residual[i]! ** 2;
    scale += w[i]! * (logResidual ? 1 : target[i]! ** 2);
  }
  return weight > 0 && scale > 0 ? Math.sqrt(squares / scale) : 0;
}

function rowsWithoutPrediction(objective: Objective, minimum: Minimum): string | undefined {
  const { law, n, x, value, jacobian, logResidual } = objective;
  objective.prepare(minimum.z);
  const p = law.parameters.length;
  // A negative number to the power 1 is one, and to any power near it is none: only the slope shows that.
  const isSmooth = (i: number) => jacobian.subarray(i * p, (i + 1) * p).every(Number.isFinite);
  const isWrong = (i: number) =>
    !Number.isFinite(value[i]!) || !isSmooth(i) || (logResidual && !(value[i]! > 0));
  const rows = Array.from({ length: n }, (_, i) => i).filter(isWrong);
  const first = rows[0];
  if (first === undefined) return undefined;
  const point = law.variables
    .map(({ name, domain }, v) => {
      const column = x[v]![first]!;
      return `${name} = ${formatNumber(domain === "positive" ? Math.exp(column) : column, 4)}`;
    })
    .join(", ");
  const what =
    Number.isFinite(value[first]!) && isSmooth(first)
      ? `predicts ${formatNumber(value[first]!, 4)}, of which there is no logarithm; take residuals of the response itself (residual: "raw")`
      : "has no finite value: a negative number is raised to a power or under a logarithm, or something is divided by 0; leave such rows out, or write the law otherwise";
  return `at ${rows.length} of ${n} runs, first in row ${first} (${point}), the law ${what}`;
}

function hardlyChanged({ law, x, n }: Objective): string[] {
  const never: string[] = [];
  const hardly = law.variables.flatMap(({ name, domain }, v) => {
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < n; i++) {
      low = Math.min(low, x[v]![i]!);
      high = Math.max(high, x[v]![i]!);
    }
    if (low === high) never.push(name);
    if (domain !== "positive" || low === high || high - low > nearlyConstant) return [];
    return [
      `${name} hardly changed in the runs (by a factor of ${formatNumber(Math.exp(high - low), 4)}): nothing can be said about its exponent`,
    ];
  });
  return never.length > 0 ? [`${never.join(" and ")} never changed in the runs`, ...hardly] : hardly;
}

/** Terms without which every prediction is the same, or only shifted by what all runs have in common. */
function termsUnseen(objective: Objective): string[] {
  const { law, x, n, target, w, logResidual, value, residual } = objective;
  const table = { n, x, y: logResidual ? target.slice(0, n).map(Math.exp) : target.slice(0, n), w };
  const theta = objective.theta.slice();
  let noise = 0;
  let size = 0;
  for (let i = 0; i < n; i++) {
    noise += (logResidual ? residual[i]! * value[i]! : residual[i]!) ** 2;
    size += value[i]! ** 2;
  }
  const seen = Math.max(0.01 * Math.sqrt(noise / n), 1e-9 * Math.sqrt(size / n));
  const unseen = termsOf(law, theta, table).filter(({ share }) => {
    const centre = share.reduce((sum, one) => sum + one, 0) / n;
    return share.every((one) => Math.abs(one - centre) <= seen);
  });
  if (unseen.length === 0) return [];
  const negative = asksForNegative(law, table);
  return unseen.map(({ amplitude, parameters }) =>
    negative.includes(amplitude)
      ? `the runs ask for a negative ${amplitude}, which the law does not have: ${law.response.name} goes the other way than its term; look at the column, or write a law with that sign`
      : `the runs show no sign of the term with ${amplitude}, so that ${parameters.join(" and ")} may be anything; leave the term out (fix ${amplitude} at 0)`,
  );
}
