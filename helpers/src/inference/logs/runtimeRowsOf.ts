import type { RuntimeMeasurement } from "../runtime/RuntimeMeasurement.ts";
import type { LoggedRequest, ServingLog } from "./ServingLog.ts";

/** Measured requests of a log, as {@link fitRuntime} takes them, and what to know before they are believed. */
export interface RuntimeRows {
  readonly rows: readonly RuntimeMeasurement[];
  readonly notes: readonly string[];
}

/**
 * The requests of a log as rows of {@link fitRuntime}. A request with a time to first token gives two rows: its first token
 * is a request of one output token, its end one of all. A log without single requests gives the means of each run, lengths
 * rounded.
 *
 * @throws RangeError where the log holds no time with lengths, or one that no request takes
 * @example
 * import { readServingLog, runtimeRowsOf } from "isoflop";
 * const line = { batch_size: 1, input_len: 256, output_len: 11, prefill_latency: 0.02, total_latency: 0.12 };
 * runtimeRowsOf(readServingLog(JSON.stringify(line))).rows.length; // => 2
 */
export function runtimeRowsOf(log: ServingLog): RuntimeRows {
  const rows: RuntimeMeasurement[] = [];
  const notes: string[] = [];
  for (const [i, { requests, summary }] of log.runs.entries()) {
    const run = log.runs.length > 1 ? `run ${i + 1}: ` : "";
    if (requests !== undefined) {
      for (const request of requests) rows.push(...rowsOf(request));
    } else {
      const { promptTokens, outputTokens, ttft, tpot, e2e } = summary;
      const steps = (outputTokens ?? 1) - 1;
      const e2eS =
        e2e?.meanS ??
        (ttft?.meanS !== undefined && tpot?.meanS !== undefined
          ? ttft.meanS + steps * tpot.meanS
          : undefined);
      if (promptTokens === undefined || outputTokens === undefined || (e2eS ?? ttft?.meanS) === undefined)
        continue;
      rows.push(
        ...rowsOf({
          promptTokens: Math.max(1, Math.round(promptTokens)),
          outputTokens: Math.max(1, Math.round(outputTokens)),
          ...(ttft?.meanS === undefined ? {} : { ttftS: ttft.meanS }),
          ...(e2eS === undefined ? {} : { e2eS }),
        }),
      );
      notes.push(`${run}the log has no single requests; the means of the run stand for one`);
    }
    const load = loadOf(summary.concurrency, summary.requestRate, summary.batch);
    if (load !== undefined) {
      notes.push(
        `${run}measured with ${load}: F and G are those of a machine under that load, not of one request alone`,
      );
    }
  }
  const odd = rows.find(({ runtimeS }) => !(runtimeS > 0 && runtimeS < Infinity));
  if (odd) {
    throw new RangeError(
      `a request of ${odd.promptTokens} + ${odd.outputTokens} tokens must take a finite time > 0, got ${odd.runtimeS} s; look at the units of this log of ${log.tool}`,
    );
  }
  const long = rows.find((row) => !Number.isSafeInteger(row.promptTokens + row.outputTokens));
  if (long) {
    throw new RangeError(
      `a request of ${long.promptTokens} + ${long.outputTokens} tokens is none that can be counted; look at the lengths of this log of ${log.tool}`,
    );
  }
  if (rows.length > 0) return { rows, notes };
  throw new RangeError(
    `this log of ${log.tool} has no runtimes with lengths to fit; save it with single requests (vLLM --save-detailed, SGLang --output-details, AIPerf profile_export.jsonl), or give the lengths`,
  );
}

function rowsOf({ promptTokens, outputTokens, ttftS, e2eS }: LoggedRequest): RuntimeMeasurement[] {
  const first = ttftS === undefined ? [] : [{ promptTokens, outputTokens: 1, runtimeS: ttftS }];
  // Of a request of one token both times are the same event.
  if (e2eS === undefined || (outputTokens === 1 && ttftS !== undefined)) return first;
  return [...first, { promptTokens, outputTokens, runtimeS: e2eS }];
}

function loadOf(concurrency?: number, requestRate?: number, batch?: number): string | undefined {
  if (concurrency === 1 || batch === 1) return undefined;
  if (concurrency !== undefined) return `${concurrency} requests at a time`;
  if (batch !== undefined) return `a batch of ${batch}`;
  if (requestRate === undefined) return undefined;
  return requestRate === Infinity ? "all requests sent at once" : `${requestRate} requests a second`;
}
