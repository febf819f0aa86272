import { type InstanceState, mostDecoding, mostRequestsPerS } from "./InstanceState.ts";
import { type LineBeforeStep, lineBeforeStep } from "./lineBeforeStep.ts";
import type { StepTimes } from "./StepTimes.ts";

/** Poisson arrivals at an instance. */
export function openState(times: StepTimes, rate: number): InstanceState {
  const { decodeSteps, mostRequests, stepsVariation, outputTokens } = times;
  if (rate >= mostRequestsPerS(times)) return overload(times, rate);
  // A token's step, as the request sees it that gets the token: with those that decode beside it.
  let decoding = 0;
  let tokenS = times.step(1);
  for (let i = 0; i < 100 && decodeSteps > 0; i++) {
    const next = line(times, rate, Math.min(1 + decoding, mostRequests)).tokenS;
    const change = Math.abs(next - tokenS);
    // More that decode make longer steps, in which more come: from below this rises to the first state that holds.
    tokenS = next;
    decoding = Math.min(rate * decodeSteps * tokenS, mostRequests);
    if (change < 1e-5 * tokenS) break;
  }
  // Where all slots are taken they hold prompts back, so that no more than fit are computed in between (Little).
  if (decodeSteps > 0) tokenS = Math.min(tokenS, mostRequests / (rate * decodeSteps));
  let decodeS = decodeSteps * tokenS;
  let afterS = 0;
  const idle = times.cut(0);
  let ttftS = idle.seconds;
  if (mostRequests > 1) {
    for (let i = 0; i < 8; i++) {
      // The chance to find somebody, as where no request hinders another; whoever does finds that many more.
      const taken = -Math.expm1(-rate * (ttftS + decodeS));
      const others = Math.min(decoding / taken, mostRequests - 1);
      const busy = line(times, rate, others);
      const before = ttftS;
      ttftS = (1 - taken) * idle.seconds + taken * busy.ttftS;
      const lastS = (1 - taken) * idle.lastS + taken * busy.lastS;
      afterS = afterPrefill(times, tokenS, lastS, decoding);
      decodeS = decodeSteps * tokenS + afterS;
      if (Math.abs(ttftS - before) < 1e-4 * ttftS) break;
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
    // The mean of each request's own mean: what comes once weighs more where there are few tokens.
    tpotS:
      outputTokens > 1
        ? (decodeSteps * tokenS) / (outputTokens - 1) + afterS * times.meanInverse
        : Number.NaN,
    requestsPerS: rate,
    decoding,
    stepS: tokenS,
  };
}

/**
 * Seconds that a request's own prefill costs its decoding: while that long step runs more prompts arrive than in another, which
 * are computed in the steps after it, and so on.
 */
function afterPrefill(times: StepTimes, tokenS: number, lastS: number, decoding: number): number {
  const { decodeSteps, mostRequests, policy } = times;
  if (decodeSteps === 0) return 0;
  const share = Math.max(0, 1 - times.step(Math.min(1 + decoding, mostRequests)) / tokenS);
  const longer = policy.kind === "prefillFirst" ? lastS : lastS - tokenS;
  return (longer * share * (1 - share ** decodeSteps)) / (1 - share);
}

/** Token and first token where `decoding` requests decode. */
function line(times: StepTimes, rate: number, decoding: number): LineBeforeStep {
  // With a single slot no prompt comes between.
  if (times.mostRequests === 1) {
    const { seconds, lastS } = times.cut(0);
    return { tokenS: times.step(decoding), ttftS: seconds, lastS };
  }
  if (times.room(decoding) >= 1.5 || times.policy.kind !== "chunked") {
    return lineBeforeStep(times, rate, decoding);
  }
  // A prompt takes steps of its own, and prompts stand in a line (Pollaczek and Khinchine).
  const own = times.step(decoding);
  const { seconds, square, steps, lastS, filledS } = times.cut(decoding);
  // In a line the next prompt begins in the step in which one ends.
  const busyS = seconds - (steps - times.promptTokens / times.budget(decoding)) * own;
  const load = Math.min(rate * busyS, 0.999);
  const between = Math.min(rate * (seconds - steps * own), 0.999);
  const waitS = ((1 - load) * own) / 2 + (rate * square * (busyS / seconds) ** 2) / (2 * (1 - load));
  // Whoever came meanwhile fills up the last step.
  const filled = -Math.expm1(-rate * (waitS + seconds - lastS)) * filledS;
  return { tokenS: own / (1 - between), ttftS: waitS + seconds + filled, lastS: lastS + filled };
}

function overload(times: StepTimes, rate: number): InstanceState {
  const decoding = mostDecoding(times);
  const stepS = decoding > 0 ? decoding / (mostRequestsPerS(times) * times.decodeSteps) : Number.NaN;
  const tpotS = (stepS * times.decodeSteps) / (times.outputTokens - 1);
  return { ttftS: Infinity, tpotS, requestsPerS: rate, decoding, stepS };
}
