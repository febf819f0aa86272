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

/** Requests a second of an instance that is never short of any. */
export function mostRequestsPerS(times: StepTimes): number {
  const decoding = times.decodeSteps > 0 ? times.mostRequests : 0;
  const prompts = Math.min(times.room(decoding), times.mostRequests);
  if (decoding === 0) return prompts / times.step(0, prompts);
  const added = times.added(decoding, prompts) / prompts;
  // With a single slot nobody decodes beside a prompt.
  const each = times.mostRequests === 1 ? times.step(0, prompts) / prompts : added;
  return 1 / ((times.decodeSteps / decoding) * times.step(decoding) + each);
}
