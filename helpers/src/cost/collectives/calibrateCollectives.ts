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

interface Evaluation {
  readonly residual: number;
  /** Derivatives of the logarithm of the time. */
  readonly gradient: readonly [number, number][];
}

function evaluate(
  theta: ArrayLike<number>,
  { logUs, terms }: Observation,
  withGradient: boolean,
): Evaluation {
  const parts = terms.map(({ latency, share, leastUs }) => {
    const wait = Math.exp(sumOf(theta, latency));
    const flow = leastUs * Math.exp(-sumOf(theta, share));
    return { wait, flow, total: wait + flow };
  });
  const fastest = Math.min(...parts.map(({ total }) => total));
  const weights = parts.map(({ total }) => (fastest / total) ** sharpness);
  const sum = weights.reduce((a, b) => a + b, 0);
  const residual = Math.log(fastest) - Math.log(sum) / sharpness - logUs;
  const gradient: [number, number][] = [];
  if (withGradient) {
    for (const [k, { latency, share }] of terms.entries()) {
      const weight = weights[k]! / sum;
      if (weight < 1e-9) continue;
      const { wait, flow, total } = parts[k]!;
      for (const [i, factor] of latency) gradient.push([i, (factor * weight * wait) / total]);
      for (const [i, factor] of share) gradient.push([i, (-factor * weight * flow) / total]);
    }
  }
  return { residual, gradient };
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
  const q = mean.length;
  let theta = start === undefined ? mean.slice() : Float64Array.from(start);
  if (theta.length !== q) throw refusal("start", `must hold ${q} constants`, theta.length, "or leave it out");
  const lossAt = (at: Float64Array) => {
    let loss = 0;
    for (const observation of observations) loss += robust(evaluate(at, observation, false).residual);
    for (let i = 0; i < q; i++) loss += ((at[i]! - mean[i]!) / deviation[i]!) ** 2;
    return loss;
  };
  let loss = lossAt(theta);
  for (let round = 0, damping = 1e-3; round < 60 && damping < 1e9; round++) {
    const [matrix, rhs] = normalEquations(theta, observations, mean, deviation);
    for (let i = 0; i < q; i++) matrix[i * q + i]! += damping / deviation[i]! ** 2;
    if (!choleskyFactor(matrix, q)) break;
    choleskySolve(matrix, q, rhs);
    const next = theta.map((value, i) => value - rhs[i]!);
    const nextLoss = lossAt(next);
    if (!(nextLoss < loss)) {
      damping = Math.max(damping, 1e-6) * 8;
      continue;
    }
    const gain = loss - nextLoss;
    theta = next;
    loss = nextLoss;
    damping /= 4;
    if (gain < 1e-7 * loss) break;
  }
  return theta;
}

function normalEquations(
  theta: Float64Array,
  observations: readonly Observation[],
  mean: Float64Array,
  deviation: Float64Array,
): [Float64Array, Float64Array] {
  const q = theta.length;
  const matrix = new Float64Array(q * q);
  const rhs = new Float64Array(q);
  for (const observation of observations) {
    const { residual, gradient } = evaluate(theta, observation, true);
    const weight = 1 / (width ** 2 * Math.hypot(1, residual / width));
    for (const [i, di] of gradient) {
      rhs[i]! += weight * di * residual;
      for (const [j, dj] of gradient) if (j <= i) matrix[i * q + j]! += weight * di * dj;
    }
  }
  for (let i = 0; i < q; i++) {
    const precision = 1 / deviation[i]! ** 2;
    matrix[i * q + i]! += precision;
    rhs[i]! += precision * (theta[i]! - mean[i]!);
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
