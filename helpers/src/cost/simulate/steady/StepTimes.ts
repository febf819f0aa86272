import type { StepClock } from "../../engine/EngineStep.ts";
import type { Length } from "../Length.ts";
import type { CheckedPolicy } from "../ServingPolicy.ts";
import { lengthMoments } from "./lengthMoments.ts";

/** What steps cost on the average over a load's lengths: the steps that all analytic formulas are made of. */
export class StepTimes {
  /** Tokens of a prompt that are computed, and the pairs that they see. */
  readonly promptTokens: number;
  readonly promptPairs: number;
  readonly outputTokens: number;
  /** Steps in which a request decodes. */
  readonly decodeSteps: number;
  /** Spread of the number of those steps: the square of the coefficient of variation. */
  readonly stepsVariation: number;
  /** Tokens that a decoding request holds, on the average over its steps. */
  readonly cachedTokens: number;
  /** Requests that can run at the same time. */
  readonly mostRequests: number;

  readonly clock: StepClock;
  readonly policy: CheckedPolicy;

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
    const hit =
      prefixHitShare === 0
        ? 0
        : Math.min(prompt.mean - 1, Math.floor((prefixHitShare * prompt.mean) / blockTokens) * blockTokens);
    const share = 1 - hit / prompt.mean;
    this.promptTokens = prompt.mean - hit;
    // Every computed token sees those before it: (P² − hit²)/2, over the spread of lengths.
    this.promptPairs = (prompt.square * (1 - (1 - share) ** 2)) / 2 + this.promptTokens / 2;
    this.outputTokens = output.mean;
    const after = output.mean - 1;
    const gain = gainOf(draftTokens, acceptance);
    this.decodeSteps = after > 0 ? (after + gain.overshoot) / gain.mean : 0;
    const variance = output.square - output.mean ** 2;
    this.stepsVariation = after > 0 ? variance / after ** 2 : 0;
    const rising = (output.square - 3 * output.mean + 2) / 2;
    this.cachedTokens = prompt.mean + (after > 0 ? rising / after : 0);
    const blocks = (tokens: number) => Math.ceil(tokens / blockTokens) * blockTokens;
    const held =
      admission === "reserved" ? blocks(prompt.mean + output.mean) : this.cachedTokens + blockTokens / 2;
    this.mostRequests = Math.max(
      1,
      Math.min(maxRequests, kvTokens === Infinity ? Infinity : Math.floor(kvTokens / held)),
    );
  }

  /** Seconds of a step in which `decoding` requests decode and `prompts` prompts are computed; neither need be whole. */
  step(decoding: number, prompts = 0): number {
    const { draftTokens, draftS } = this.policy;
    return (
      this.clock({
        promptTokens: prompts * this.promptTokens,
        promptPairs: prompts * this.promptPairs,
        decoding: decoding * (1 + draftTokens),
        cachedTokens: decoding * this.cachedTokens,
      }) + (decoding > 0 ? draftS : 0)
    );
  }

  /** Prompts that a step has room for beside those that decode. */
  room(decoding: number): number {
    const { kind, maxTokens, draftTokens } = this.policy;
    const left = kind === "prefillFirst" ? maxTokens : maxTokens - decoding * (1 + draftTokens);
    const prompts = Math.max(left, 1) / this.promptTokens;
    return kind === "chunked" ? prompts : Math.max(1, Math.floor(prompts));
  }

  /** Seconds that `prompts` prompts of one step add to what the decoding takes. */
  added(decoding: number, prompts: number): number {
    if (this.policy.kind === "prefillFirst") return this.step(0, prompts);
    return this.step(decoding, prompts) - this.step(decoding);
  }
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
