import type { StepTimes } from "./StepTimes.ts";

/** The line of prompts before each step, in its steady state, with `decoding` requests decoding. */
export interface LineBeforeStep {
  /** Seconds from one token of a request that decodes to its next. */
  readonly tokenS: number;
  /** Seconds from an arrival during a step to its first token. */
  readonly ttftS: number;
  /** Seconds of the step that gives the first token. */
  readonly lastS: number;
}

/**
 * The number of prompts that wait as a step begins makes a Markov chain: the step takes them in as far as it has room, and while
 * it runs, longer the more it took in, a Poisson number arrives.
 *
 * @param rate arrivals a second
 * @param size prompts up to which the line is followed; more where that is too few
 */
export function lineBeforeStep(
  times: StepTimes,
  rate: number,
  decoding: number,
  size = usualSize(rate * times.step(decoding)),
): LineBeforeStep {
  const room = times.room(decoding);
  const stepS = Float64Array.from({ length: size }, (_, n) => times.scheduled(decoding, n));
  const rows = Array.from({ length: size }, (_, n) =>
    nextLine(Math.max(0, n - room), rate * stepS[n]!, size),
  );
  let chance = new Float64Array(size);
  chance[0] = 1;
  for (let i = 0; i < 400; i++) {
    const next = new Float64Array(size);
    for (let n = 0; n < size; n++) {
      const row = rows[n]!;
      const here = chance[n]!;
      if (here > 1e-14) for (let m = 0; m < size; m++) next[m]! += here * row[m]!;
    }
    let change = 0;
    for (let n = 0; n < size; n++) change += Math.abs(next[n]! - chance[n]!);
    chance = next;
    if (change < 1e-8) break;
  }
  // Where the line reaches the end of what is followed, more of it is.
  if (chance[size - 1]! > 1e-5 && size < 128) return lineBeforeStep(times, rate, decoding, 2 * size);
  let meanS = 0;
  let square = 0;
  let waitS = 0;
  let lastS = 0;
  for (let n = 0; n < size; n++) {
    const seconds = stepS[n]!;
    meanS += chance[n]! * seconds;
    // Prompts of other lengths than the mean make the step longer or shorter.
    const taken = Math.min(n, room);
    const variance = taken > 0 ? (times.promptVariation * (seconds - stepS[0]!) ** 2) / taken : 0;
    square += chance[n]! * (seconds * seconds + variance);
    const { waits, last } = afterStep(
      times,
      decoding,
      Math.max(0, n - room),
      rate * (seconds + variance / seconds),
      stepS,
    );
    waitS += chance[n]! * seconds * waits;
    lastS += chance[n]! * seconds * last;
  }
  const shareOfTokens = times.policy.kind === "prefillFirst" ? chance[0]! : 1;
  return { tokenS: meanS / shareOfTokens, ttftS: square / (2 * meanS) + waitS / meanS, lastS: lastS / meanS };
}

/** Far beyond the mean of what arrives in a step. */
function usualSize(arrivals: number): number {
  return Math.min(64, Math.ceil(4 + arrivals + 5 * Math.sqrt(arrivals)));
}

/**
 * Seconds from the end of the step of its arrival to a first token, and of the step that gives it.
 *
 * @param left prompts that were there before
 * @param arrivals mean of those that arrive in the same step
 */
function afterStep(
  times: StepTimes,
  decoding: number,
  left: number,
  arrivals: number,
  stepS: Float64Array,
): { waits: number; last: number } {
  const room = times.room(decoding);
  let waits = 0;
  let last = 0;
  let chance = Math.exp(-arrivals);
  let passed = 0;
  // Of a Poisson number that arrives, k come before one of them with the chance P(more than k)/mean.
  for (let k = 0, rest = 1; k < 200 && rest > 1e-6; k++) {
    passed += chance;
    chance *= arrivals / (k + 1);
    const weight = k < 199 ? Math.min(rest, arrivals < 1e-6 ? 1 : (1 - passed) / arrivals) : rest;
    if (weight <= 0) break;
    rest -= weight;
    const full = Math.ceil((left + k + 1) / room - 1e-9) - 1;
    const filled = Math.min(room, left + Math.max(k, arrivals) + 1 - full * room);
    const own = meanScheduled(times, decoding, filled, stepS);
    waits += weight * (own + (full > 0 ? full * times.scheduled(decoding, room) : 0));
    last += weight * own;
  }
  return { waits, last };
}

function meanScheduled(times: StepTimes, decoding: number, prompts: number, stepS: Float64Array): number {
  // Less than one is the rest of one that was cut; the scheduler still makes a step of it.
  if (prompts < 1) return times.scheduled(decoding, prompts);
  const below = Math.floor(prompts);
  if (below + 1 >= stepS.length) return times.scheduled(decoding, prompts);
  return stepS[below]! + (prompts - below) * (stepS[below + 1]! - stepS[below]!);
}

/** Chances of the next line: what was left, and a Poisson number of arrivals. */
function nextLine(left: number, arrivals: number, size: number): Float64Array {
  const row = new Float64Array(size);
  const whole = Math.floor(left);
  const part = left - whole;
  let chance = Math.exp(-arrivals);
  let passed = 0;
  for (let k = 0; k < size; k++) {
    passed += chance;
    const at = Math.min(size - 1, whole + k);
    row[at]! += (1 - part) * chance;
    row[Math.min(size - 1, at + 1)]! += part * chance;
    chance *= arrivals / (k + 1);
  }
  row[size - 1]! += Math.max(0, 1 - passed);
  return row;
}
