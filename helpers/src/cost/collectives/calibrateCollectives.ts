import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { choleskyFactor, choleskySolve } from "../../numerics/linear/cholesky.ts";
import { type CollectiveProfile, collectiveKinds } from "./CollectiveProfile.ts";
import {
  collectiveLinks,
  collectivePieces,
  collectiveSoftware,
  effects,
  effectsAt,
  indexOfLink,
  waysOf,
} from "./pieces.ts";

/** Constants of every way, `effects` of its latency (logarithm of microseconds) and as many of its share, one after the other. */
export type CollectiveConstants = ArrayLike<number>;

// Standard deviations that effects are expected to have, in the order of `effectsAt`.
const spreads = {
  latency: { base: 1, software: 0.3, link: 0.5, growth: 0.3, growthByLink: 0.3 },
  share: { base: 0.5, software: 0.2, link: 0.5, growth: 0.2, growthByLink: 0.4 },
};

/** What is expected before anything is measured: means and standard deviations. */
function expected(): { mean: Float64Array; deviation: Float64Array } {
  const mean: number[] = [];
  const deviation: number[] = [];
  const add = (value: number, of: (typeof spreads)["latency"], growth: number) => {
    const none = (list: readonly unknown[]) => list.map(() => 0);
    mean.push(value, ...none(collectiveSoftware), ...none(collectiveLinks), growth, ...none(collectiveLinks));
    deviation.push(
      of.base,
      ...collectiveSoftware.map(() => of.software),
      ...collectiveLinks.map(() => of.link),
    );
    deviation.push(of.growth, ...collectiveLinks.map(() => of.growthByLink));
  };
  for (const { latencyUs, growth, share } of collectivePieces) {
    add(Math.log(latencyUs), spreads.latency, growth);
    add(Math.log(share), spreads.share, 0);
  }
  return { mean: Float64Array.from(mean), deviation: Float64Array.from(deviation) };
}

interface Term {
  readonly latency: [number, number][];
  readonly share: [number, number][];
  /** Microseconds at the whole rate of the link. */
  readonly leastUs: number;
}

interface Observation {
  readonly logUs: number;
  readonly terms: readonly Term[];
}

function observe(profile: CollectiveProfile): Observation {
  const { kind, link, software, devices, bytes, bytesPerSEachWay, seconds } = profile;
  const l = indexOfLink(link);
  const s = collectiveSoftware.indexOf(software as "nccl");
  const ways = waysOf(kind, software, l, devices).filter(({ limitBytes }) => bytes <= limitBytes);
  const terms = ways.map(({ piece }) => ({
    latency: effectsAt(2 * effects * piece, s, l, devices),
    share: effectsAt(2 * effects * piece + effects, s, l, devices),
    leastUs: (1e6 * collectivePieces[piece]!.volume(devices) * bytes) / bytesPerSEachWay,
  }));
  return { logUs: Math.log(1e6 * seconds), terms };
}

const sumOf = (theta: ArrayLike<number>, at: readonly [number, number][]) => {
  let sum = 0;
  for (const [i, factor] of at) sum += factor * theta[i]!;
  return sum;
};

// The fastest way, rounded where two are about as fast, so that it has a gradient: m = 20 takes off 3.5 % at most.
const sharpness = 20;

/** Derivatives of the logarithm of a time, by the constants that it depends on. */
interface Gradient {
  count: number;
  readonly at: Int32Array;
  readonly by: Float64Array;
}

/** How far the logarithm of the calculated time lies above that of the measured one. */
function evaluate(theta: ArrayLike<number>, { logUs, terms }: Observation, gradient?: Gradient): number {
  const parts = terms.map(({ latency, share, leastUs }) => {
    const wait = Math.exp(sumOf(theta, latency));
    const flow = leastUs * Math.exp(-sumOf(theta, share));
    return { wait, flow, total: wait + flow };
  });
  let fastest = Infinity;
  for (const { total } of parts) if (total < fastest) fastest = total;
  let sum = 0;
  for (const { total } of parts) sum += (fastest / total) ** sharpness;
  if (gradient) {
    gradient.count = 0;
    for (const [k, { latency, share }] of terms.entries()) {
      const { wait, flow, total } = parts[k]!;
      const weight = (fastest / total) ** sharpness / sum;
      // What is hardly ever the fastest way hardly matters.
      if (weight < 1e-4) continue;
      for (const [i, factor] of latency) add(gradient, i, (factor * weight * wait) / total);
      for (const [i, factor] of share) add(gradient, i, (-factor * weight * flow) / total);
    }
  }
  return Math.log(fastest) - Math.log(sum) / sharpness - logUs;
}

function add(gradient: Gradient, at: number, by: number): void {
  gradient.at[gradient.count] = at;
  gradient.by[gradient.count++] = by;
}

// Times are expected to lie within a tenth; what lies farther off counts ever less.
const width = 0.1;
const robust = (residual: number) => 2 * (Math.hypot(1, residual / width) - 1);

/**
 * Constants of collectives from measured ones: latencies, and shares of the link that are reached, of each way to do them.
 * The logarithm of each is a base plus an effect of the software, of the link and of the number of devices, which are drawn
 * to 0 where few measurements speak for them (as normal priors do). Maximum of the posterior by Gauss and Newton's steps with
 * Levenberg's damping, from what is expected or from `start`; a loss that grows linearly keeps outliers from leading.
 *
 * @param profiles measured collectives, of two devices or more
 * @param start constants to begin at
 * @returns 2 · 16 constants a way, as `collectiveClock` takes them
 * @throws RangeError when a measurement lies outside its domain, or there is none
 * @example
 * import { calibrateCollectives, collectiveClock } from "isoflop";
 * const mine = { kind: "all-reduce", link: "NVLink 4", bytesPerSEachWay: 450e9, software: "vllm", devices: 8 } as const;
 * const constants = calibrateCollectives([{ ...mine, bytes: 65536, seconds: 9e-6 }, { ...mine, bytes: 262144, seconds: 14e-6 }]);
 * const clock = collectiveClock({ ...mine, constants });
 * clock(65536) > 7e-6; // => true
 */
export function calibrateCollectives(
  profiles: readonly CollectiveProfile[],
  start?: CollectiveConstants,
): Float64Array {
  if (!Array.isArray(profiles) || profiles.length === 0) {
    throw refusal("profiles", "must be measured collectives", describeGiven(profiles), "give one or more");
  }
  const observations = profiles.map((profile, i) => {
    checkProfile(profile, `profile ${i + 1}`);
    return observe(profile);
  });
  const { mean, deviation } = expected();
  const theta = start === undefined ? mean.slice() : Float64Array.from(start);
  if (theta.length !== mean.length) {
    throw refusal("start", `must hold ${mean.length} constants`, theta.length, "or leave it out");
  }
  // What no measurement speaks of stays as it is expected.
  const spoken = new Set<number>();
  for (const { terms } of observations) {
    for (const { latency, share } of terms) for (const [i] of [...latency, ...share]) spoken.add(i);
  }
  const free = Int32Array.from([...spoken].sort((i, j) => i - j));
  const q = free.length;
  const lossAt = (at: Float64Array) => {
    let loss = 0;
    for (const observation of observations) loss += robust(evaluate(at, observation));
    for (const i of free) loss += ((at[i]! - mean[i]!) / deviation[i]!) ** 2;
    return loss;
  };
  let loss = lossAt(theta);
  for (let round = 0, damping = 1e-3; round < 60 && damping < 1e9; round++) {
    const [matrix, rhs] = normalEquations(theta, observations, { free, mean, deviation });
    for (let a = 0; a < q; a++) matrix[a * q + a]! += damping / deviation[free[a]!]! ** 2;
    if (!choleskyFactor(matrix, q)) break;
    choleskySolve(matrix, q, rhs);
    const next = theta.slice();
    for (let a = 0; a < q; a++) next[free[a]!]! -= rhs[a]!;
    const nextLoss = lossAt(next);
    if (!(nextLoss < loss)) {
      damping = Math.max(damping, 1e-6) * 8;
      continue;
    }
    const gain = loss - nextLoss;
    theta.set(next);
    loss = nextLoss;
    damping /= 4;
    if (gain < 1e-7 * loss) break;
  }
  return theta;
}

interface Expectation {
  /** Constants that measurements speak of. */
  readonly free: Int32Array;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

function normalEquations(
  theta: Float64Array,
  observations: readonly Observation[],
  { free, mean, deviation }: Expectation,
): [Float64Array, Float64Array] {
  const q = free.length;
  const placeOf = new Int32Array(theta.length);
  for (let a = 0; a < q; a++) placeOf[free[a]!] = a;
  const matrix = new Float64Array(q * q);
  const rhs = new Float64Array(q);
  const most = 10 * collectivePieces.length;
  const gradient = { count: 0, at: new Int32Array(most), by: new Float64Array(most) };
  for (const observation of observations) {
    const residual = evaluate(theta, observation, gradient);
    const weight = 1 / (width ** 2 * Math.hypot(1, residual / width));
    for (let m = 0; m < gradient.count; m++) {
      const a = placeOf[gradient.at[m]!]!;
      const slope = weight * gradient.by[m]!;
      rhs[a]! += slope * residual;
      for (let n = 0; n < gradient.count; n++) {
        const b = placeOf[gradient.at[n]!]!;
        if (b <= a) matrix[a * q + b]! += slope * gradient.by[n]!;
      }
    }
  }
  for (let a = 0; a < q; a++) {
    const precision = 1 / deviation[free[a]!]! ** 2;
    matrix[a * q + a]! += precision;
    rhs[a]! += precision * (theta[free[a]!]! - mean[free[a]!]!);
  }
  return [matrix, rhs];
}

function checkProfile(profile: CollectiveProfile, name: string): void {
  requireOneOf(`kind of ${name}`, profile?.kind, collectiveKinds);
  requireOneOf(`software of ${name}`, profile.software, collectiveSoftware);
  requirePositive(
    `bytesPerSEachWay of ${name}`,
    profile.bytesPerSEachWay,
    "give bytes per second, such as 450e9",
  );
  requireWhole(`devices of ${name}`, profile.devices, 2, "give how many devices took part");
  requirePositive(`bytes of ${name}`, profile.bytes, "give the bytes of the tensor on each device");
  requirePositive(`seconds of ${name}`, profile.seconds, "give what was measured");
}
