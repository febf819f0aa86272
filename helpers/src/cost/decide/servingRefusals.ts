import { formatBytes } from "../../format/formatBytes.ts";
import { formatNumber } from "../../format/formatNumber.ts";
import { describeServing } from "./describeServing.ts";
import type { EstimatedCandidates } from "./estimateCandidates.ts";
import type { ServingCandidate } from "./ServingCandidate.ts";
import type { ServingQuestion } from "./ServingQuestion.ts";
import type { Limited } from "./servingLimits.ts";

/** Why there is no configuration at all, by what binds. */
export function nothingToServe(found: EstimatedCandidates, question: ServingQuestion): RangeError {
  const { roomiest, refused, overloaded, firstRefusal } = found;
  if (!roomiest) {
    const cards = question.offers.map(({ devices }) => devices).join(" or ");
    const { serving } = question.choices ?? {};
    if (serving?.every((one) => one === "split") && question.offers.every(({ devices }) => devices < 2)) {
      return new RangeError(
        `split serving needs two devices or more, got ${cards}; give more, or serving: ["aggregated"]`,
      );
    }
    return new RangeError(
      `no layout on ${cards} devices divides the model's heads, widths and experts; change choices or the devices`,
    );
  }
  if (overloaded > 0) {
    return new RangeError(
      `no configuration keeps up with the load: ${overloaded} that fit the memory cannot; give more devices or a lighter load`,
    );
  }
  if (refused > 0) return new RangeError(`no configuration could be estimated: ${firstRefusal}`);
  const { configuration, room } = roomiest;
  const { weightBytes, usableBytes } = room;
  const { layout } = configuration.serve;
  const degrees = `tp${layout.tensorParallel} pp${layout.pipelineParallel} adp${layout.attentionDataParallel} ep${layout.expertParallel}`;
  const weights = `weights of ${formatBytes(weightBytes)}`;
  const where = `of ${formatBytes(usableBytes)} a device`;
  if (weightBytes > usableBytes) {
    return new RangeError(
      `nothing fits: the least is ${weights} (${configuration.format.format}, ${degrees}) ${where}; give more devices, or a format of fewer bits`,
    );
  }
  const cache = formatBytes(room.bytesOf(1) - weightBytes);
  const one = `${question.promptTokens} + ${question.outputTokens} tokens`;
  return new RangeError(
    room.fits(1)
      ? `nothing fits: the requests at once that were asked for do not, where ${weights} (${configuration.format.format}, ${degrees}) leave room for some ${where}; ask for fewer, or give more devices`
      : `nothing fits: ${weights} (${configuration.format.format}, ${degrees}) and ${cache} of cache for one request of ${one} ${where}; give more devices, or shorter requests`,
  );
}

/** That the limits are never met, and what comes nearest. */
export function limitsNeverMet(
  nearest: { readonly candidate: ServingCandidate; readonly limited: Limited },
  question: ServingQuestion,
  of: { readonly fitting: number; readonly tried: number },
): RangeError {
  const { ttftS, tpotS, at = "mean", percentiles } = question.limits!;
  const { limited, candidate } = nearest;
  const seconds = (value: number) => `${formatNumber(Number(value.toPrecision(3)))} s`;
  const parts = [
    ...(ttftS === undefined ? [] : [`ttft ${seconds(limited.ttftS)} (limit ${seconds(ttftS)})`]),
    ...(tpotS === undefined ? [] : [`tpot ${seconds(limited.tpotS)} (limit ${seconds(tpotS)})`]),
  ];
  const isMean = at === "mean" || (percentiles !== undefined && of.tried === 0);
  const what = isMean ? "on the average" : `at the share ${at}`;
  const binds = [
    ...(ttftS !== undefined && limited.ttftS > ttftS ? ["ttft"] : []),
    ...(tpotS !== undefined && limited.tpotS > tpotS ? ["tpot"] : []),
  ];
  const counted = percentiles
    ? `${of.fitting} that fit, ${of.tried} of them simulated`
    : `${of.fitting} that fit`;
  return new RangeError(
    `no configuration of ${counted} is within the limits ${what}; the nearest has ${parts.join(" and ")}: ${describeServing(candidate.scenario)}; loosen the limit of ${binds.join(" and ")}, or give other or more devices`,
  );
}
