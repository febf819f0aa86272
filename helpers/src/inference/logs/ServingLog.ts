/** Which program wrote a log. */
export type ServingTool =
  | "vllm bench serve"
  | "vllm bench latency"
  | "vllm bench throughput"
  | "sglang bench_serving"
  | "sglang bench_one_batch"
  | "trtllm-bench"
  | "gptManagerBenchmark"
  | "genai-perf"
  | "aiperf"
  | "guidellm";

/** One request that succeeded. Seconds; what the log does not tell is absent. */
export interface LoggedRequest {
  readonly promptTokens: number;
  /** At least 1. */
  readonly outputTokens: number;
  /** From sending the request to its first token. */
  readonly ttftS?: number;
  /** Mean time from one output token to the next, the first left out; absent with one token. */
  readonly tpotS?: number;
  /** From sending the request to its last token. */
  readonly e2eS?: number;
}

/** A time over all requests of a run, in seconds. */
export interface LoggedTime {
  readonly meanS?: number;
  /** By the percentile as written, such as "50" and "99". */
  readonly percentilesS: Readonly<Record<string, number>>;
}

/** What a run of a benchmark says of itself; what the log does not tell is absent. */
export interface LoggedSummary {
  /** As the log calls it. */
  readonly model?: string;
  /** "vllm", "sglang", "trtllm" or another in lower case: what served, where the log tells. */
  readonly engine?: string;
  /** As the log calls it. */
  readonly hardware?: string;
  readonly precision?: string;
  readonly tensorParallel?: number;
  readonly pipelineParallel?: number;
  readonly expertParallel?: number;
  /** Most requests in flight at a time, where the benchmark set it (closed loop). */
  readonly concurrency?: number;
  /** Requests sent a second, where the benchmark set it; Infinity where all were sent at once. */
  readonly requestRate?: number;
  /** Equal requests run as one batch. */
  readonly batch?: number;
  /** Mean tokens of a prompt and of an output. */
  readonly promptTokens?: number;
  readonly outputTokens?: number;
  readonly ttft?: LoggedTime;
  readonly tpot?: LoggedTime;
  readonly e2e?: LoggedTime;
  readonly requestsPerS?: number;
  readonly outputTokensPerS?: number;
  /** Prompt and output tokens together. */
  readonly totalTokensPerS?: number;
  readonly durationS?: number;
  /** Requests that succeeded, and that failed; the figures above are of those that succeeded. */
  readonly completed?: number;
  readonly failed?: number;
}

/** One run of a benchmark: one load on one server. */
export interface LoggedRun {
  /** Absent where the log holds figures over all requests only. */
  readonly requests?: readonly LoggedRequest[];
  readonly summary: LoggedSummary;
}

/** A benchmark's log, as {@link readServingLog} reads it. */
export interface ServingLog {
  readonly tool: ServingTool;
  /** Of the tool or the engine, where the log tells. */
  readonly version?: string;
  /** In the order of the log. */
  readonly runs: readonly LoggedRun[];
  /** What was left out, filled in or is to be known, in words. */
  readonly notes: readonly string[];
}

/** What a log may lack and its reader knows. Taken only where the log does not tell. */
export interface ReadServingLogOptions {
  /** What to call the log in messages, such as the name of its file. */
  readonly name?: string;
  readonly promptTokens?: number;
  readonly outputTokens?: number;
  readonly batch?: number;
  readonly model?: string;
}
