import { refusal } from "../../numerics/arguments/requireNumber.ts";
import type { Measured } from "./fleet/Measured.ts";
import type { RequestTable } from "./fleet/RequestTable.ts";
import type { ServingRun } from "./ServingRun.ts";
import { spreadOf, spreadOfGaps } from "./spreadOf.ts";

interface Counting {
  readonly warmup?: number;
  readonly cooldown?: number;
  readonly limits?: { readonly ttftS?: number; readonly tpotS?: number; readonly e2eS?: number };
}

/** Puts what was counted into words of the field. */
export function runOf(
  table: RequestTable,
  measured: Measured,
  counting: Counting,
  instances: number,
): ServingRun {
  const { warmup = 0, cooldown = 0, limits = {} } = counting;
  const n = table.count;
  const counted = n - warmup - cooldown;
  if (counted < 1) {
    throw refusal(
      "warmup + cooldown",
      `must leave some of the ${n} requests`,
      warmup + cooldown,
      "simulate more requests",
    );
  }
  const requests = columns(table);
  const part = (column: Float64Array) => column.subarray(warmup, n - cooldown);
  let good = 0;
  for (let i = warmup; i < n - cooldown; i++) {
    const keeps = (seconds: number, limit = Infinity) => Number.isNaN(seconds) || seconds <= limit;
    if (
      keeps(requests.ttftS[i]!, limits.ttftS) &&
      keeps(requests.tpotS[i]!, limits.tpotS) &&
      keeps(requests.e2eS[i]!, limits.e2eS)
    ) {
      good++;
    }
  }
  const spanS = measured.untilS - measured.sinceS;
  const { widthS, decoding, waiting, kvTokens } = measured.course;
  const pieces = Math.min(decoding.length, Math.max(1, Math.ceil(lastEnd(table) / widthS)));
  const mean = (sums: Float64Array) => sums.slice(0, pieces).map((sum) => sum / widthS);
  let preemptions = 0;
  for (let i = warmup; i < n - cooldown; i++) preemptions += table.preemptions[i]!;
  return {
    requests,
    counted,
    ttftS: spreadOf(part(requests.ttftS)),
    tpotS: spreadOf(part(requests.tpotS)),
    itlS: spreadOfGaps(measured.gaps),
    e2eS: spreadOf(part(requests.e2eS)),
    queueS: spreadOf(part(requests.queueS)),
    spanS,
    requestsPerS: counted / spanS,
    outputTokensPerS: measured.outputTokens / spanS,
    promptTokensPerS: measured.promptTokens / spanS,
    goodRequestsPerS: good / spanS,
    goodShare: good / counted,
    inSystem: measured.inSystemS / spanS,
    decoding: measured.decodeBusyS > 0 ? measured.decodingS / measured.decodeBusyS : 0,
    mostDecoding: measured.mostDecoding,
    busyShare: measured.busyS / (spanS * instances),
    steps: measured.steps,
    preemptions,
    kvTokens: measured.stepsS > 0 ? measured.kvTokensS / measured.stepsS : 0,
    mostKvTokens: measured.mostKvTokens,
    course: { widthS, decoding: mean(decoding), waiting: mean(waiting), kvTokens: mean(kvTokens) },
  };
}

function lastEnd({ endS }: RequestTable): number {
  let last = 0;
  for (const end of endS) if (end > last) last = end;
  return last;
}

function columns(table: RequestTable): ServingRun["requests"] {
  const { arrivalS, startS, firstS, endS, outputTokens, count } = table;
  const column = (of: (i: number) => number): Float64Array => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = of(i);
    return values;
  };
  return {
    arrivalS,
    promptTokens: table.promptTokens,
    outputTokens,
    queueS: column((i) => startS[i]! - arrivalS[i]!),
    ttftS: column((i) => firstS[i]! - arrivalS[i]!),
    tpotS: column((i) =>
      outputTokens[i]! > 1 ? (endS[i]! - firstS[i]!) / (outputTokens[i]! - 1) : Number.NaN,
    ),
    e2eS: column((i) => endS[i]! - arrivalS[i]!),
    preemptions: table.preemptions,
    instance: table.instance.map((left) => -1 - left),
  };
}
