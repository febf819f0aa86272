import type { Length } from "../Length.ts";
import type { InstanceState } from "./InstanceState.ts";
import type { StepTimes } from "./StepTimes.ts";

/** A batch of equal requests, step by step: all prompts in one step, then every step a token of each. */
export function staticState(
  times: StepTimes,
  batch: number,
  lengths: { readonly prompt: Length; readonly output: Length },
): InstanceState {
  const { prompt, output } = lengths;
  if (typeof prompt !== "number" || typeof output !== "number") {
    throw new RangeError("a static batch has requests of equal lengths; give both as numbers");
  }
  if (times.policy.draftTokens > 0) {
    throw new RangeError("with drafts a static batch has no fixed number of steps; simulate it");
  }
  const ttftS = times.step(0, batch);
  let decodeS = 0;
  for (let cached = prompt; cached < prompt + output - 1; cached++) {
    decodeS += times.clock({
      promptTokens: 0,
      promptPairs: 0,
      decoding: batch,
      cachedTokens: batch * cached,
    });
  }
  const totalS = ttftS + decodeS;
  return {
    ttftS,
    tpotS: output > 1 ? decodeS / (output - 1) : Number.NaN,
    requestsPerS: batch / totalS,
    decoding: output > 1 ? batch : 0,
    stepS: totalS / output,
  };
}
