import type { InstanceState } from "./InstanceState.ts";
import type { StepTimes } from "./StepTimes.ts";

interface Cohort {
  /** When their prompts came. */
  readonly sinceS: number;
  count: number;
}

/**
 * A closed loop of equal requests: those that end in the same step begin the next together, so that the loop repeats itself. Its
 * steps that compute prompts are followed one by one, the steps between, which only decode, are passed over at once.
 */
export function lockstepState(times: StepTimes, running: number): InstanceState {
  const perRound = running * Math.max(1, times.promptTokens / times.budget(0));
  const within = (rounds: number, steps: number) =>
    Math.min(rounds, Math.max(1, Math.floor(steps / perRound)));
  // The first rounds still remember that all began at once.
  const uncounted = within(6, 6000);
  const counted = within(4, 4000);
  const loop = new LockstepLoop(times, running);
  loop.runUntil(uncounted * running);
  const { nowS: sinceS, ended: endedBefore } = loop;
  loop.startCounting();
  loop.runUntil((uncounted + counted) * running);
  const spanS = loop.nowS - sinceS;
  const requestsPerS = (loop.ended - endedBefore) / spanS;
  const ttftS = loop.ttftSum / loop.begun;
  const { decodeSteps, outputTokens } = times;
  // Little's law: of the requests at all times, those that do not wait for their first token decode.
  const decodeS = decodeSteps > 0 ? running / requestsPerS - ttftS : 0;
  return {
    ttftS,
    tpotS: outputTokens > 1 ? decodeS / (outputTokens - 1) : Number.NaN,
    requestsPerS,
    decoding: loop.decodingS / spanS,
    stepS: decodeSteps > 0 ? decodeS / decodeSteps : ttftS,
  };
}

class LockstepLoop {
  nowS = 0;
  ended = 0;
  begun = 0;
  ttftSum = 0;
  decodingS = 0;
  readonly #times: StepTimes;
  readonly #isFirst: boolean;
  readonly #isCut: boolean;
  #decoding = 0;
  #step = 0;
  /** Those that decode, in the order in which they end. */
  readonly #ends: { readonly at: number; readonly count: number }[] = [];
  readonly #waiting: Cohort[];
  /** Tokens of the first prompt in the line that are computed already. */
  #done = 0;

  constructor(times: StepTimes, running: number) {
    this.#times = times;
    this.#isFirst = times.policy.kind === "prefillFirst";
    this.#isCut = times.policy.kind === "chunked";
    this.#waiting = [{ sinceS: 0, count: running }];
  }

  startCounting(): void {
    this.begun = 0;
    this.ttftSum = 0;
    this.decodingS = 0;
  }

  runUntil(ended: number): void {
    while (this.ended < ended) {
      if (this.#waiting.length === 0) this.#passOver();
      else this.#prefill();
      this.#end();
    }
  }

  /** Nobody waits: all decode until the next cohort ends. */
  #passOver(): void {
    const next = this.#ends[0]!.at;
    const seconds = (next - this.#step) * this.#times.step(this.#decoding);
    this.decodingS += this.#decoding * seconds;
    this.nowS += seconds;
    this.#step = next;
  }

  #prefill(): void {
    const { promptTokens, promptPairs, decodeSteps } = this.#times;
    const began: Cohort[] = [];
    const tokens = this.#isCut ? this.#takeCut(began) : this.#takeWhole(began);
    const decoding = this.#isFirst ? 0 : this.#decoding;
    const seconds = this.#times.stepOf(decoding, tokens, (tokens / promptTokens) * promptPairs);
    this.nowS += seconds;
    this.decodingS += decoding * seconds;
    if (!this.#isFirst) this.#step++;
    for (const { sinceS, count } of began) {
      this.ttftSum += count * (this.nowS - sinceS);
      this.begun += count;
      this.#ends.push({ at: this.#step + decodeSteps, count });
      this.#decoding += count;
    }
  }

  /** Prompts that fit uncut, at least one. Returns their tokens. */
  #takeWhole(began: Cohort[]): number {
    const { promptTokens } = this.#times;
    const budget = this.#times.budget(this.#decoding);
    let room = Math.max(1, Math.floor(budget / promptTokens));
    let taken = 0;
    while (room > 0 && this.#waiting.length > 0) {
      const count = Math.min(room, this.#waiting[0]!.count);
      this.#begin(count, began);
      room -= count;
      taken += count;
    }
    return taken * promptTokens;
  }

  /** Prompts up to the budget, the last of them cut. Returns their tokens. */
  #takeCut(began: Cohort[]): number {
    const { promptTokens } = this.#times;
    const budget = this.#times.budget(this.#decoding);
    let left = budget;
    while (left > 1e-9 && this.#waiting.length > 0) {
      const rest = promptTokens - this.#done;
      if (rest > left + 1e-9) {
        this.#done += left;
        return budget;
      }
      const others = Math.floor((left - rest) / promptTokens + 1e-9);
      const count = Math.min(this.#waiting[0]!.count, 1 + others);
      left -= rest + (count - 1) * promptTokens;
      this.#done = 0;
      this.#begin(count, began);
    }
    return budget - left;
  }

  /** So many of the first cohort that waits have their first token when the step ends. */
  #begin(count: number, began: Cohort[]): void {
    const head = this.#waiting[0]!;
    began.push({ sinceS: head.sinceS, count });
    head.count -= count;
    if (head.count === 0) this.#waiting.shift();
  }

  #end(): void {
    while (this.#ends.length > 0 && this.#ends[0]!.at <= this.#step + 1e-9) {
      const { count } = this.#ends.shift()!;
      this.#decoding -= count;
      this.ended += count;
      this.#waiting.push({ sinceS: this.nowS, count });
    }
  }
}
