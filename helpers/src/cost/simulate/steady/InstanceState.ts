import type { StepTimes } from "./StepTimes.ts";

/** Means of one instance in its steady state. */
export interface InstanceState {
  readonly ttftS: number;
  readonly tpotS: number;
  readonly requestsPerS: number;
  readonly decoding: number;
  /** Seconds of a step. */
  readonly stepS: number;
}

/** Requests that decode in an instance that is never short of any: its slots, or what its prompts can keep busy. */
export function mostDecoding(times: StepTimes): number {
  const { decodeSteps, mostRequests, policy } = times;
  if (decodeSteps === 0) return 0;
  if (policy.kind === "prefillFirst") return mostRequests;
  // As many begin in a step as end in it.
  let decoding = mostRequests;
  for (let i = 0; i < 20; i++) decoding = Math.min(mostRequests, times.room(decoding) * decodeSteps);
  return decoding;
}

/** Requests a second of an instance that is never short of any. */
export function mostRequestsPerS(times: StepTimes): number {
  const { decodeSteps, mostRequests } = times;
  const decoding = mostDecoding(times);
  if (decoding === 0) {
    const prompts = Math.min(times.room(0), mostRequests);
    return prompts / times.step(0, prompts);
  }
  // Those that end in a step make room for as many prompts, which are computed together.
  const prompts = Math.min(times.room(decoding), Math.max(1, decoding / decodeSteps));
  // With a single slot nobody decodes beside a prompt.
  const each = mostRequests === 1 ? times.step(0, prompts) : times.added(decoding, prompts);
  return 1 / ((decodeSteps / decoding) * times.step(decoding) + each / prompts);
}
