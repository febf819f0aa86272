import type { Rates, ScheduleSums } from "./scheduleSums.ts";

/** A change of the rate, or the two that stand for many: by how much, ln of the rate after it, ln of the sum since. */
export interface CurveTerms {
  readonly weight: Float64Array;
  readonly logRate: Float64Array;
  readonly logSum: Float64Array;
}

/** Changes may be taken together where they differ by less than this share of their distance to the point. */
const nearness = 1 / 8;
/** And by less than this factor in size. */
const evenness = 2;
/** What a rate of 0 counts as: a run that starts again after it has changes that were used up at once. */
const leastRate = 1e-100;

/**
 * The changes of a schedule as a binary tree over its steps, which gives any point of the curve its sum in few terms.
 *
 * A sum of `w_k f(S_k, rate_k)` over the steps k of a smooth stretch far from the point is that of two terms at the stretch's
 * weighted mean plus and minus its standard deviation (Gauss-Legendre with two nodes), to the fourth power of its share of the
 * distance. Stretches near the point, where the changes are uneven or of both signs, are summed change by change; stretches
 * without change are skipped. So a point of a cosine of 24,000 steps costs some 200 terms instead of 24,000, within 1e-7 nats.
 */
export class ChangeTree {
  readonly #sums: ScheduleSums;
  readonly #logRate: Float64Array;
  readonly #levels: readonly Level[];

  constructor(rates: Rates, sums: ScheduleSums) {
    this.#sums = sums;
    const logRate = new Float64Array(rates.length);
    for (let k = 0; k < logRate.length; k++) logRate[k] = Math.log(Math.max(rates[k]!, leastRate));
    this.#logRate = logRate;
    const levels = [leaves(sums, logRate)];
    while (levels.at(-1)!.weight.length > 1) levels.push(parents(levels.at(-1)!));
    this.#levels = levels;
  }

  /** The terms of the changes of steps 1 to `step`. */
  terms(step: number): CurveTerms {
    const found: number[] = [];
    this.#collect(this.#levels.length - 1, 0, step, found);
    const n = found.length / 3;
    const column = (from: number) => Float64Array.from({ length: n }, (_, i) => found[3 * i + from]!);
    return { weight: column(0), logRate: column(1), logSum: column(2) };
  }

  #collect(depth: number, node: number, step: number, found: number[]): void {
    const level = this.#levels[depth]!;
    const first = node * 2 ** depth;
    if (node >= level.weight.length || first > step || level.moving[node] === 0) return;
    const { area } = this.#sums;
    if (depth === 0) {
      const sum = area[step]! - area[node - 1]!;
      if (sum > 0) found.push(level.weight[node]!, this.#logRate[node]!, Math.log(sum));
      return;
    }
    const last = first + 2 ** depth - 1;
    if (depth > 1 && last <= step && level.smooth[node]) {
      const nearest = area[step]! - area[last - 1]!;
      if (area[last - 1]! - area[first - 1]! <= nearness * nearest) {
        const weight = level.weight[node]!;
        const sum = area[step]! - level.before[node]!;
        const wide = Math.sqrt(level.beforeVariance[node]!);
        const rate = level.logRate[node]!;
        // The rate falls while the area grows, or both grow.
        const across = Math.sign(weight) * Math.sqrt(level.rateVariance[node]!);
        found.push(0.5 * weight, rate - across, Math.log(sum - wide));
        found.push(0.5 * weight, rate + across, Math.log(sum + wide));
        return;
      }
    }
    this.#collect(depth - 1, 2 * node, step, found);
    this.#collect(depth - 1, 2 * node + 1, step, found);
  }
}

/** Nodes of one size: how many steps change, by how much together, and where, in the mean and in spread. */
interface Level {
  readonly moving: Int32Array;
  readonly smooth: Uint8Array;
  readonly weight: Float64Array;
  /** The smallest and the largest change, by size. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly before: Float64Array;
  readonly beforeVariance: Float64Array;
  readonly logRate: Float64Array;
  readonly rateVariance: Float64Array;
}

function levelOf(n: number): Level {
  const numbers = () => new Float64Array(n);
  return {
    moving: new Int32Array(n),
    smooth: new Uint8Array(n),
    weight: numbers(),
    least: numbers(),
    most: numbers(),
    before: numbers(),
    beforeVariance: numbers(),
    logRate: numbers(),
    rateVariance: numbers(),
  };
}

function leaves({ area, drop }: ScheduleSums, logRate: Float64Array): Level {
  const level = levelOf(drop.length);
  for (let k = 1; k < drop.length; k++) {
    if (drop[k] === 0) continue;
    level.moving[k] = 1;
    level.smooth[k] = 1;
    level.weight[k] = drop[k]!;
    level.least[k] = Math.abs(drop[k]!);
    level.most[k] = Math.abs(drop[k]!);
    level.before[k] = area[k - 1]!;
    level.logRate[k] = logRate[k]!;
  }
  return level;
}

function parents(below: Level): Level {
  const level = levelOf(Math.ceil(below.weight.length / 2));
  for (let node = 0; node < level.weight.length; node++) {
    const a = 2 * node;
    const b = a + 1;
    level.moving[node] = below.moving[a]! + (below.moving[b] ?? 0);
    if (!below.smooth[a] || !below.smooth[b] || below.weight[a]! * below.weight[b]! < 0) continue;
    level.least[node] = Math.min(below.least[a]!, below.least[b]!);
    level.most[node] = Math.max(below.most[a]!, below.most[b]!);
    if (level.most[node]! > evenness * level.least[node]!) continue;
    const weight = below.weight[a]! + below.weight[b]!;
    const share = below.weight[b]! / weight;
    const mean = (x: Float64Array) => x[a]! + share * (x[b]! - x[a]!);
    const spread = (x: Float64Array, variance: Float64Array) =>
      mean(variance) + share * (1 - share) * (x[b]! - x[a]!) ** 2;
    level.smooth[node] = 1;
    level.weight[node] = weight;
    level.before[node] = mean(below.before);
    level.beforeVariance[node] = spread(below.before, below.beforeVariance);
    level.logRate[node] = mean(below.logRate);
    level.rateVariance[node] = spread(below.logRate, below.rateVariance);
    // A stretch over which the rate itself changes much is no near miss in its logarithm either.
    if (level.rateVariance[node]! > (nearness / 3) ** 2) level.smooth[node] = 0;
  }
  return level;
}
