import type { StepClock } from "../../engine/EngineStep.ts";
import type { Length } from "../Length.ts";
import type { CheckedPolicy } from "../ServingPolicy.ts";
import { lengthGrid } from "./lengthGrid.ts";
import { lengthMoments } from "./lengthMoments.ts";

/** A prompt that is computed with no other beside it: how many steps it takes, and their seconds; means over the lengths. */
export interface CutPrompt {
  readonly steps: number;
  readonly seconds: number;
  /** Mean of the squares of the seconds. */
  readonly square: number;
  /** Seconds of its last step, and by how much they grow when the next prompt fills it. */
  readonly lastS: number;
  readonly filledS: number;
}

/** What steps cost on the average over a load's lengths: the steps that all formulas of the steady state are made of. */
export class StepTimes {
  readonly clock: StepClock;
  readonly policy: CheckedPolicy;
  /** Tokens of a prompt that are computed, and the pairs that they see. */
  readonly promptTokens: number;
  readonly promptPairs: number;
  /** The square of the coefficient of variation of a prompt's tokens. */
  readonly promptVariation: number;
  readonly outputTokens: number;
  /** Steps in which a request decodes. */
  readonly decodeSteps: number;
  /** The same of the number of those steps. */
  readonly stepsVariation: number;
  /** Mean of 1/(outputTokens − 1) over the requests that have more than one token. */
  readonly meanInverse: number;
  /** Tokens that a decoding request holds, on the average over its steps. */
  readonly cachedTokens: number;
  /** Tokens that a request of the mean lengths holds in the end. */
  readonly heldTokens: number;
  /** Requests that can run at the same time; 65,536 where nothing limits them. */
  readonly mostRequests: number;
  readonly #prompts: readonly { readonly tokens: number; readonly hit: number }[];

  constructor(
    clock: StepClock,
    lengths: { readonly prompt: Length; readonly output: Length },
    policy: CheckedPolicy,
  ) {
    this.clock = clock;
    this.policy = policy;
    const prompt = lengthMoments(lengths.prompt);
    const output = lengthMoments(lengths.output);
    const { blockTokens, prefixHitShare, draftTokens, acceptance, kvTokens, admission, maxRequests } = policy;
    this.#prompts = lengthGrid(lengths.prompt).map((tokens) => ({
      tokens,
      hit: Math.min(tokens - 1, Math.floor((prefixHitShare * tokens) / blockTokens) * blockTokens),
    }));
    let computed = 0;
    let pairs = 0;
    for (const { tokens, hit } of this.#prompts) {
      computed += tokens - hit;
      pairs += pairsOf(hit, tokens - hit);
    }
    this.promptTokens = computed / this.#prompts.length;
    this.promptPairs = pairs / this.#prompts.length;
    this.promptVariation = prompt.square / prompt.mean ** 2 - 1;
    const after = output.mean - 1;
    const gain = gainOf(draftTokens, acceptance);
    this.outputTokens = output.mean;
    this.decodeSteps = after > 0 ? (after + gain.overshoot) / gain.mean : 0;
    this.stepsVariation = after > 0 ? (output.square - output.mean ** 2) / after ** 2 : 0;
    const outputs = lengthGrid(lengths.output).filter((tokens) => tokens >= 1.5);
    this.meanInverse = outputs.reduce((sum, tokens) => sum + 1 / (tokens - 1), 0) / outputs.length;
    this.cachedTokens = prompt.mean + (after > 0 ? (output.square - 3 * output.mean + 2) / 2 / after : 0);
    this.heldTokens = prompt.mean + output.mean;
    const blocks = (tokens: number) => Math.ceil(tokens / blockTokens) * blockTokens;
    const held =
      admission === "reserved" ? blocks(prompt.mean + output.mean) : this.cachedTokens + blockTokens / 2;
    const fitting = kvTokens === Infinity ? Infinity : Math.floor(kvTokens / held);
    this.mostRequests = Math.max(1, Math.min(maxRequests, fitting, 2 ** 16));
  }

  /** Seconds of a step in which `decoding` requests decode and `prompts` prompts are computed; neither need be whole. */
  step(decoding: number, prompts = 0): number {
    return this.stepOf(decoding, prompts * this.promptTokens, prompts * this.promptPairs);
  }

  stepOf(decoding: number, promptTokens: number, promptPairs: number): number {
    const { draftTokens, draftS } = this.policy;
    const seconds = this.clock({
      promptTokens,
      promptPairs,
      decoding: decoding * (1 + draftTokens),
      cachedTokens: decoding * this.cachedTokens,
    });
    return seconds + (decoding > 0 ? draftS : 0);
  }

  /** Seconds of the step that the scheduler makes when `prompts` prompts wait. */
  scheduled(decoding: number, prompts: number): number {
    const now = Math.min(prompts, this.room(decoding));
    return this.step(this.policy.kind === "prefillFirst" && now > 0 ? 0 : decoding, now);
  }

  /** Tokens of prompts that a step has room for beside those that decode. */
  budget(decoding: number): number {
    const { kind, maxTokens, draftTokens } = this.policy;
    return kind === "prefillFirst" ? maxTokens : Math.max(1, maxTokens - decoding * (1 + draftTokens));
  }

  /** The same in prompts. */
  room(decoding: number): number {
    const prompts = this.budget(decoding) / this.promptTokens;
    return this.policy.kind === "chunked" ? prompts : Math.max(1, Math.floor(prompts));
  }

  /** Seconds that `prompts` prompts of one step add to what the decoding takes. */
  added(decoding: number, prompts: number): number {
    if (this.policy.kind === "prefillFirst") return this.step(0, prompts);
    return this.step(decoding, prompts) - this.step(decoding);
  }

  /** A prompt on its own, cut where the budget ends. */
  cut(decoding: number): CutPrompt {
    const besides = this.policy.kind === "prefillFirst" ? 0 : decoding;
    const budget = this.policy.kind === "chunked" ? this.budget(decoding) : Infinity;
    let steps = 0;
    let sum = 0;
    let square = 0;
    let lastS = 0;
    let filledS = 0;
    for (const { tokens, hit } of this.#prompts) {
      let seconds = 0;
      let last = 0;
      for (let done = hit; done < tokens - 1e-9; ) {
        const piece = Math.min(budget, tokens - done);
        last = this.stepOf(besides, piece, pairsOf(done, piece));
        seconds += last;
        done += piece;
        steps++;
        if (done < tokens - 1e-9) continue;
        const next = Math.min(budget - piece, this.promptTokens);
        filledS += this.stepOf(besides, piece + next, pairsOf(done - piece, piece) + pairsOf(0, next)) - last;
      }
      lastS += last;
      sum += seconds;
      square += seconds * seconds;
    }
    const n = this.#prompts.length;
    return { steps: steps / n, seconds: sum / n, square: square / n, lastS: lastS / n, filledS: filledS / n };
  }
}

function pairsOf(done: number, tokens: number): number {
  return tokens * done + (tokens * (tokens + 1)) / 2;
}

/** Mean tokens of a step with a draft, and by how much the last step of a request goes past its end on the average. */
function gainOf(draftTokens: number, acceptance: number): { mean: number; overshoot: number } {
  let mean = 0;
  let square = 0;
  // A gain of at least j + 1 has the chance acceptance^j.
  for (let j = 0; j <= draftTokens; j++) {
    mean += acceptance ** j;
    square += (2 * j + 1) * acceptance ** j;
  }
  return { mean, overshoot: (square - mean) / (2 * mean) };
}
