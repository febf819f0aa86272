import type { InstanceState } from "./InstanceState.ts";
import type { StepTimes } from "./StepTimes.ts";

const mostSteps = 20_000;
const rounds = 10;
const uncounted = 6;

/**
 * A closed loop of equal requests: those that end in the same step begin the next together, so that the loop repeats itself. Its
 * steps that compute prompts are followed one by one, the steps between, which only decode, are passed over at once.
 */
export function lockstepState(times: StepTimes, running: number): InstanceState {
  const { decodeSteps, outputTokens, promptTokens, promptPairs } = times;
  const isFirst = times.policy.kind === "prefillFirst";
  const isCut = times.policy.kind === "chunked";
  // Cohorts that decode, in the order in which they end; and prompts that wait, in the order of arrival.
  const ends: { at: number; count: number }[] = [];
  const waiting: { since: number; count: number; left: number }[] = [
    { since: 0, count: running, left: promptTokens },
  ];
  const tally = { begun: 0, ttftS: 0, ended: 0, sinceS: 0, decodingS: 0 };
  let decoding = 0;
  let nowS = 0;
  let step = 0;
  let ended = 0;
  let steps = 0;
  const counts = () => ended >= uncounted * running;
  for (; steps < mostSteps && ended < rounds * running; steps++) {
    const next = ends[0]?.at ?? Infinity;
    if (waiting.length === 0) {
      const seconds = (next - step) * times.step(decoding);
      if (counts()) tally.decodingS += decoding * seconds;
      nowS += seconds;
      step = next;
    } else {
      const began: { since: number; count: number }[] = [];
      let left = isFirst || decoding === 0 ? times.budget(0) : times.budget(decoding);
      let taken = 0;
      while (waiting.length > 0 && left > 1e-9) {
        const head = waiting[0]!;
        if (!isCut) {
          const whole = Math.min(
            head.count,
            Math.max(taken === 0 ? 1 : 0, Math.floor(left / promptTokens + 1e-9)),
          );
          if (whole === 0) break;
          taken += whole;
          left -= whole * promptTokens;
          began.push({ since: head.since, count: whole });
          head.count -= whole;
        } else {
          const piece = Math.min(head.left, left);
          const whole =
            head.left === promptTokens ? Math.min(head.count, Math.floor(left / promptTokens + 1e-9)) : 0;
          const computed = whole > 0 ? whole * promptTokens : piece;
          taken += computed / promptTokens;
          left -= computed;
          const done = whole > 0 ? whole : head.left - piece < 1e-6 ? 1 : 0;
          if (done > 0) {
            began.push({ since: head.since, count: done });
            head.count -= done;
            head.left = promptTokens;
          } else head.left -= piece;
        }
        if (head.count < 1e-9) waiting.shift();
      }
      const seconds = times.stepOf(isFirst ? 0 : decoding, taken * promptTokens, taken * promptPairs);
      nowS += seconds;
      if (counts() && !isFirst) tally.decodingS += decoding * seconds;
      if (!isFirst) step++;
      for (const { since, count } of began) {
        if (counts()) {
          tally.ttftS += count * (nowS - since);
          tally.begun += count;
        }
        ends.push({ at: step + decodeSteps, count });
        decoding += count;
      }
    }
    while (ends.length > 0 && ends[0]!.at <= step + 1e-9) {
      const { count } = ends.shift()!;
      decoding -= count;
      ended += count;
      if (counts() && tally.sinceS === 0) tally.sinceS = nowS;
      else if (counts()) tally.ended += count;
      waiting.push({ since: nowS, count, left: promptTokens });
    }
  }
  const spanS = nowS - tally.sinceS;
  const requestsPerS = tally.ended / spanS;
  const ttftS = tally.ttftS / tally.begun;
  const decodeS = running / requestsPerS - ttftS;
  return {
    ttftS,
    tpotS: outputTokens > 1 ? decodeS / (outputTokens - 1) : Number.NaN,
    requestsPerS,
    decoding: tally.decodingS / spanS,
    stepS: decodeSteps > 0 ? decodeS / decodeSteps : ttftS,
  };
}
