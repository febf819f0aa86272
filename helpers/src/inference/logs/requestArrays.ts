import { type KeptRequests, keptRequests, type TriedRequest } from "./keptRequests.ts";
import type { LogRecord } from "./LogRecord.ts";

/**
 * The requests of vLLM's and SGLang's detailed results, which hold a list for each quantity: `input_lens`, `output_lens`,
 * `ttfts` and `itls` (one list a request) in seconds, `latencies` or `e2els` in seconds, `errors` (empty of a success).
 *
 * Sources: vLLM `vllm/benchmarks/serve.py` (`--save-detailed`), SGLang `python/sglang/bench_serving.py`
 * (`--output-details`).
 *
 * @returns undefined where the lists are not there
 * @throws RangeError where they differ in length, so that nobody can tell which values belong together
 */
export function requestArrays(record: LogRecord, place: string): KeptRequests | undefined {
  const prompts = record.list("input_lens");
  const outputs = record.list("output_lens");
  if (prompts === undefined || outputs === undefined) return undefined;
  const names = ["input_lens", "output_lens", "ttfts", "itls", "latencies", "e2els", "errors"] as const;
  const lists = new Map(names.map((name) => [name, record.list(name)]));
  for (const [name, list] of lists) {
    if (list === undefined || list.length === prompts.length) continue;
    throw new RangeError(
      `${place}: ${name} has ${list.length} values and input_lens ${prompts.length}; ` +
        "they cannot be paired, so give the file as the benchmark wrote it",
    );
  }
  const tried = prompts.map((promptTokens, i): TriedRequest => {
    const ttftS = number(lists.get("ttfts")?.[i]);
    const steps = lists.get("itls")?.[i];
    const ends = number(lists.get("latencies")?.[i]) ?? number(lists.get("e2els")?.[i]);
    return {
      promptTokens: number(promptTokens),
      outputTokens: number(outputs[i]),
      ttftS: ttftS === 0 ? undefined : ttftS,
      e2eS: ends ?? (ttftS !== undefined && Array.isArray(steps) ? ttftS + total(steps) : undefined),
      error: text(lists.get("errors")?.[i]),
    };
  });
  return keptRequests(tried);
}

const number = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : undefined);
const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const total = (steps: readonly unknown[]) => {
  let sum = 0;
  for (const step of steps) sum += number(step) ?? Number.NaN;
  return sum;
};
