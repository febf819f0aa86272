import type { InstanceState } from "./InstanceState.ts";
import { lockstepState } from "./lockstepState.ts";
import type { StepTimes } from "./StepTimes.ts";

/** So many requests at all times, each followed by the next as it ends. */
export function closedState(
  times: StepTimes,
  concurrency: number,
  phases: "lockstep" | "spread",
): InstanceState {
  const running = Math.min(concurrency, times.mostRequests);
  const state = phases === "lockstep" ? lockstepState(times, running) : spreadState(times, running);
  if (concurrency === running) return state;
  // Who finds no slot waits until all before have ended; of an offline load that is as long as there are requests.
  return { ...state, ttftS: state.ttftS + (concurrency - running) / state.requestsPerS };
}

/** Requests are anywhere in their course; a new one comes at the end of a step, and waits for no step to end. */
function spreadState(times: StepTimes, running: number): InstanceState {
  const { decodeSteps, outputTokens } = times;
  const mixes = times.policy.kind !== "prefillFirst";
  let ttftS = times.cut(0).seconds;
  let stepS = times.step(1);
  let rate = running / (ttftS + decodeSteps * stepS);
  for (let i = 0; i < 200; i++) {
    const others = (running - 1) * ((decodeSteps * stepS) / (ttftS + decodeSteps * stepS));
    const rateOfOthers = (rate * (running - 1)) / running;
    // Those that end in the step in which one ends.
    const besides = decodeSteps > 0 ? others / decodeSteps : running - 1;
    const room = times.room(1 + others);
    const own = times.step(1 + others);
    const cut = times.cut(others);
    const besideS = mixes ? times.step(others) : 0;
    let nextTtft: number;
    let addedS: number;
    if (1 + besides <= room) {
      // All share one step.
      addedS = times.added(others, 1 + besides) / (1 + besides);
      nextTtft = cut.seconds + addedS * besides;
    } else {
      addedS = cut.seconds - cut.steps * besideS;
      // Prompts stand in a line, whose arrivals are counted by the step and not by the second.
      const load = Math.min(besides * cut.steps, 0.9);
      nextTtft = cut.seconds * (1 + Math.min((besides * cut.steps) / (2 * (1 - load)), (running - 1) / 2));
    }
    const share = Math.min(rateOfOthers * addedS, 0.99);
    const nextStepS = Math.min(own / (1 - share), own + times.added(1 + others, room));
    stepS = (stepS + nextStepS) / 2;
    ttftS = (ttftS + nextTtft) / 2;
    const next = running / (ttftS + decodeSteps * stepS);
    const change = Math.abs(next - rate);
    rate = (rate + next) / 2;
    if (change < 1e-8 * rate) break;
  }
  const decodeS = decodeSteps * stepS;
  return {
    ttftS,
    tpotS: outputTokens > 1 ? decodeS / (outputTokens - 1) : Number.NaN,
    requestsPerS: running / (ttftS + decodeS),
    decoding: (running * decodeS) / (ttftS + decodeS),
    stepS,
  };
}
