import { type InstanceState, mostRequestsPerS } from "./InstanceState.ts";
import { lockstepState } from "./lockstepState.ts";
import type { StepTimes } from "./StepTimes.ts";

/** So many requests at all times, a whole number of them, each followed by the next as it ends. */
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

/**
 * Requests are anywhere in their course; a new one comes as another ends, at the end of a step, and waits for no step to end. So
 * arrivals count by the step, whatever it takes: of D that decode, D/steps end in each.
 */
function spreadState(times: StepTimes, running: number): InstanceState {
  const { decodeSteps, outputTokens } = times;
  let ttftS = times.cut(0).seconds;
  let stepS = times.step(1);
  for (let i = 0; i < 200; i++) {
    const decodeS = decodeSteps * stepS;
    const others = (running - 1) * (decodeS / (ttftS + decodeS));
    const next =
      decodeSteps > 0 ? stepWith(times, others, running) : { ttftS: crowded(times, running), stepS };
    const change = Math.abs(next.stepS - stepS) / stepS + Math.abs(next.ttftS - ttftS) / ttftS;
    stepS = (stepS + next.stepS) / 2;
    ttftS = (ttftS + next.ttftS) / 2;
    if (change < 1e-8) break;
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

/** All prompts of a loop that only prefills, one after another. */
function crowded(times: StepTimes, running: number): number {
  return running / mostRequestsPerS(times);
}

/** First token, and seconds from one token to the next, of a request with `others` that decode. */
function stepWith(times: StepTimes, others: number, running: number): { ttftS: number; stepS: number } {
  const { decodeSteps, policy } = times;
  const ends = others / decodeSteps;
  const room = times.room(1 + others);
  const own = times.step(1 + others);
  const full = own + times.added(1 + others, room);
  const cut = times.cut(others);
  if (policy.kind === "chunked" && room < 1.5) {
    // Prompts stand in a line, each with steps of its own.
    const besideS = times.step(others);
    const load = Math.min(ends * cut.steps, 0.9);
    const waits = Math.min((ends * cut.steps) / (2 * (1 - load)), (running - 1) / 2);
    const stepS = Math.min(full, own + ends * (cut.seconds - cut.steps * besideS));
    return { ttftS: cut.seconds * (1 + waits), stepS };
  }
  // So many end together, and are computed together.
  let stepS = 0;
  let ttftS = 0;
  let chance = Math.exp(-ends);
  for (let k = 0, rest = 1; k < 300 && rest > 1e-9; k++) {
    const now = k < 299 ? chance : rest;
    stepS += now * (own + (k > 0 ? times.added(1 + others, Math.min(k, room)) * Math.max(1, k / room) : 0));
    const together = Math.min(1 + k, room);
    const beside = policy.kind === "prefillFirst" ? 0 : times.step(others);
    ttftS += now * (beside + times.added(others, together)) * ((1 + Math.max(1, (1 + k) / room)) / 2);
    rest -= chance;
    chance *= ends / (k + 1);
  }
  return { ttftS: Math.max(ttftS, cut.seconds), stepS };
}
