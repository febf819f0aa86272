import { type InstanceState, mostRequestsPerS } from "./InstanceState.ts";
import type { StepTimes } from "./StepTimes.ts";

/** So many requests at all times, each followed by the next as it ends. */
export function closedState(
  times: StepTimes,
  concurrency: number,
  phases: "lockstep" | "spread",
): InstanceState {
  const running = Math.min(concurrency, times.mostRequests);
  const state = phases === "lockstep" ? lockstep(times, running) : spread(times, running);
  if (concurrency === running) return state;
  // Who finds no slot waits until all before have ended; of an offline load that is as long as there are requests.
  const requestsPerS = state.requestsPerS;
  return { ...state, ttftS: state.ttftS + (concurrency - running) / requestsPerS };
}

/** Requests that began in the same step end in the same step, and their successors begin together again. */
function lockstep(times: StepTimes, running: number): InstanceState {
  const { decodeSteps, outputTokens } = times;
  const mixes = times.policy.kind !== "prefillFirst";
  const all = times.room(0) >= running;
  const room = all ? running : times.room(running);
  // Steps of a round that compute prompts, and how many of them one prompt takes.
  const prefills = room >= 1 ? Math.ceil(running / room - 1e-9) : running / room;
  const own = room >= 1 ? 1 : 1 / room;
  const together = running / prefills;
  const others = running - Math.max(1, together);
  const addedS = times.added(others, together);
  const prefillS = own * (addedS + (mixes ? times.step(others) : 0));
  const alone = all ? times.step(0, running) : prefillS;
  const between = prefills - own;
  if (between > decodeSteps && mixes) {
    // Prompts never stop coming: every step is full of them.
    const roundS = (prefills * prefillS) / own;
    const tpotS = outputTokens > 1 ? (decodeSteps * prefillS) / own / (outputTokens - 1) : Number.NaN;
    const decoding = (running * decodeSteps) / prefills;
    return {
      ttftS: roundS - (decodeSteps * prefillS) / own,
      tpotS,
      requestsPerS: running / roundS,
      decoding,
      stepS: prefillS / own,
    };
  }
  const decodeS = decodeSteps * times.step(running) + (all ? 0 : between * addedS);
  const roundS = alone + decodeS;
  return {
    ttftS: alone,
    tpotS: outputTokens > 1 ? decodeS / (outputTokens - 1) : Number.NaN,
    requestsPerS: running / roundS,
    decoding: decodeSteps > 0 ? running : 0,
    stepS: roundS / (decodeSteps + own),
  };
}

/** Requests are anywhere in their course; a new one comes at the end of a step, and waits for none. */
function spread(times: StepTimes, running: number): InstanceState {
  const { decodeSteps, outputTokens } = times;
  const mixes = times.policy.kind !== "prefillFirst";
  let ttftS = times.step(0, 1);
  let stepS = times.step(1);
  let rate = running / (ttftS + decodeSteps * stepS);
  for (let i = 0; i < 300; i++) {
    const others = (running - 1) * ((decodeSteps * stepS) / (ttftS + decodeSteps * stepS));
    const rateOfOthers = (rate * (running - 1)) / running;
    const room = times.room(1 + others);
    // Those that end in the step in which one ends.
    const besides = decodeSteps > 0 ? others / decodeSteps : running - 1;
    const together = Math.min(1 + besides, room);
    const addedS = times.added(others, together) / together;
    const share = Math.min(rateOfOthers * addedS, 0.99);
    const nextStepS = Math.min(
      times.step(1 + others) / (1 - share),
      times.step(1 + others) + times.added(1 + others, room),
    );
    const own = mixes ? times.step(others) : 0;
    let nextTtft: number;
    if (room < 1) {
      const serviceS = (own + times.added(others, room)) / room;
      const load = Math.min(rateOfOthers * serviceS, 0.99);
      nextTtft = serviceS + Math.min((load * serviceS) / (2 * (1 - load)), ((running - 1) * serviceS) / 2);
    } else nextTtft = own + addedS * (1 + besides);
    stepS = (stepS + nextStepS) / 2;
    ttftS = (ttftS + nextTtft) / 2;
    const next = running / (ttftS + decodeSteps * stepS);
    const change = Math.abs(next - rate);
    rate = Math.min((rate + next) / 2, mostRequestsPerS(times));
    if (change < 1e-10 * rate) break;
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
