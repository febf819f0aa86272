import { type InstanceState, mostRequestsPerS } from "./InstanceState.ts";
import type { StepTimes } from "./StepTimes.ts";

/** Poisson arrivals at an instance. */
export function openState(times: StepTimes, requestsPerS: number): InstanceState {
  const { decodeSteps, mostRequests, stepsVariation, outputTokens } = times;
  const rate = requestsPerS;
  if (rate >= mostRequestsPerS(times)) return overload(times, rate);
  let decoding = 0;
  let stepS = times.step(1);
  let addedS = 0;
  for (let i = 0; i < 200; i++) {
    const seen = Math.min(1 + decoding, mostRequests);
    const arrivals = rate * stepS;
    const together = Math.min(arrivals < 1e-9 ? 1 : arrivals / -Math.expm1(-arrivals), times.room(seen));
    // With a single slot no prompt comes between.
    addedS = mostRequests === 1 ? 0 : times.added(seen, together) / together;
    const share = Math.min(rate * addedS, 0.999);
    const next = times.step(seen) / (1 - share);
    const change = Math.abs(next - stepS);
    stepS = (stepS + next) / 2;
    decoding = Math.min(rate * decodeSteps * stepS, mostRequests);
    if (change < 1e-9 * stepS) break;
  }
  const decodeS = decodeSteps * stepS;
  const idleS = times.step(0, Math.min(1, times.room(0))) * Math.max(1, 1 / times.room(0));
  // The chance of an empty system, as where no request hinders another.
  let ttftS = idleS;
  if (mostRequests > 1) {
    for (let i = 0; i < 20; i++) {
      const empty = Math.exp(-rate * (ttftS + decodeS));
      const others = Math.max(decoding, 1e-9) / (1 - empty);
      ttftS = empty * idleS + (1 - empty) * busyTtft(times, rate, Math.min(others, mostRequests - 1), addedS);
    }
  }
  // The wait for a slot (Sakasegawa 1977; of one slot it is that of Pollaczek and Khinchine).
  const serviceS = ttftS + decodeS;
  const share = (rate * serviceS) / mostRequests;
  const variation = stepsVariation * (decodeS / serviceS) ** 2;
  if (mostRequests < Infinity && share < 1) {
    const crowd = share ** (Math.sqrt(2 * (mostRequests + 1)) - 1) / (mostRequests * (1 - share));
    ttftS += (crowd * serviceS * (1 + variation)) / 2;
  }
  return {
    ttftS,
    tpotS: outputTokens > 1 ? decodeS / (outputTokens - 1) : Number.NaN,
    requestsPerS: rate,
    decoding,
    stepS,
  };
}

/** From an arrival at a busy instance to the first token. */
function busyTtft(times: StepTimes, rate: number, others: number, addedS: number): number {
  const own = times.step(others);
  const share = Math.min(rate * addedS, 0.999);
  const meanS = own / (1 - share);
  const room = times.room(others);
  if (room < 1) {
    // A prompt takes several full steps, and prompts stand in a line (Pollaczek and Khinchine).
    const serviceS = times.step(times.policy.kind === "prefillFirst" ? 0 : others, room) / room;
    const load = Math.min(rate * serviceS, 0.999);
    return meanS / 2 + (load * serviceS) / (2 * (1 - load)) + serviceS;
  }
  if (times.policy.kind === "prefillFirst") {
    const residual = ((1 - share) * own + share * addedS) / 2;
    return residual + addedS * (1 + rate * residual);
  }
  const square = meanS ** 2 + (rate * meanS * addedS ** 2) / (1 - share ** 2);
  return square / (2 * meanS) + own + addedS + (share * square) / meanS;
}

function overload(times: StepTimes, rate: number): InstanceState {
  const decoding = times.decodeSteps > 0 ? times.mostRequests : 0;
  const stepS = decoding > 0 ? decoding / (mostRequestsPerS(times) * times.decodeSteps) : Number.NaN;
  const tpotS = (stepS * times.decodeSteps) / (times.outputTokens - 1);
  return { ttftS: Infinity, tpotS, requestsPerS: rate, decoding, stepS };
}
