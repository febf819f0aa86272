// Small logs in the formats of the tools. Field names are those of the writers' sources, which each fixture names; values
// are round ones made up here, but for the printed reports, whose figures are quoted from the place named.

/** vLLM `vllm/benchmarks/serve.py`, --save-result --save-detailed; the third request failed. */
export const vllmServe = {
  date: "20250612-101500",
  endpoint_type: "vllm",
  backend: "vllm",
  label: null,
  model_id: "Qwen/Qwen3-8B",
  tokenizer_id: "Qwen/Qwen3-8B",
  num_prompts: 3,
  request_rate: "inf",
  burstiness: 1.0,
  max_concurrency: 4,
  duration: 2.0,
  completed: 2,
  failed: 1,
  total_input_tokens: 768,
  total_output_tokens: 7,
  request_throughput: 1.0,
  request_goodput: null,
  output_throughput: 3.5,
  total_token_throughput: 387.5,
  input_lens: [256, 512, 512],
  output_lens: [3, 4, 0],
  ttfts: [0.03, 0.05, 0.0],
  itls: [[0.01, 0.01], [0.01, 0.02, 0.03], []],
  generated_texts: ['a "NaN" {', "b\\", ""],
  errors: ["", "", "Traceback ...\nTimeoutError: too slow"],
  mean_ttft_ms: 40.0,
  median_ttft_ms: 40.0,
  std_ttft_ms: 10.0,
  p99_ttft_ms: 49.8,
  mean_tpot_ms: 15.0,
  median_tpot_ms: 15.0,
  std_tpot_ms: 5.0,
  p99_tpot_ms: 19.9,
  mean_itl_ms: 16.0,
  median_itl_ms: 10.0,
  std_itl_ms: 8.0,
  p99_itl_ms: 29.6,
};

/** vLLM `vllm/benchmarks/latency.py`. */
export const vllmLatency = {
  avg_latency: 1.5,
  std_latency: 0.1,
  latencies: [1.4, 1.6],
  percentiles: { "10": 1.42, "50": 1.5, "99": 1.598 },
};

/** vLLM `vllm/benchmarks/throughput.py`. */
export const vllmThroughput = {
  elapsed_time: 10.0,
  num_requests: 100,
  total_num_tokens: 30000,
  requests_per_second: 10.0,
  tokens_per_second: 3000.0,
};

/** SGLang `python/sglang/bench_serving.py`; Python's json writes an infinite rate as Infinity. */
export const sglangServing =
  '{"backend": "sglang", "dataset_name": "random", "request_rate": Infinity, "max_concurrency": 16, "sharegpt_output_len": null, "random_input_len": 1024, "random_output_len": 1024, "random_range_ratio": 1.0, "duration": 20.0, "completed": 10, "total_input_tokens": 10240, "total_output_tokens": 5120, "total_output_tokens_retokenized": 5119, "request_throughput": 0.5, "input_throughput": 512.0, "output_throughput": 256.0, "mean_e2e_latency_ms": 9000.0, "median_e2e_latency_ms": 8900.0, "std_e2e_latency_ms": 10.0, "p99_e2e_latency_ms": 9900.0, "mean_ttft_ms": 200.0, "median_ttft_ms": 190.0, "std_ttft_ms": NaN, "p99_ttft_ms": 400.0, "mean_tpot_ms": 8.0, "median_tpot_ms": 7.5, "std_tpot_ms": 0.1, "p99_tpot_ms": 9.0, "mean_itl_ms": 8.1, "median_itl_ms": 7.4, "std_itl_ms": 1.0, "p95_itl_ms": 9.0, "p99_itl_ms": 20.0, "concurrency": 15.5, "accept_length": null}';

/** SGLang `python/sglang/bench_one_batch.py`. */
export const sglangBatch = {
  run_name: "default",
  batch_size: 2,
  input_len: 256,
  output_len: 11,
  prefill_latency: 0.02,
  prefill_throughput: 25600.0,
  median_decode_latency: 0.009,
  median_decode_throughput: 222.2,
  total_latency: 0.12,
  overall_throughput: 4450.0,
};

/** The result file of `bench_one_batch_server` as SGLang's documentation shows it. */
export const sglangBatchServer = {
  run_name: "metrics_trigger",
  batch_size: 256,
  input_len: 32000,
  output_len: 101,
  latency: 25.67,
  input_throughput: 320000.0,
  output_throughput: 1010.0,
  overall_throughput: 321010.0,
  last_ttft: 12.34,
  last_gen_throughput: 1050.0,
  acc_length: -1,
};

/** TensorRT-LLM `tensorrt_llm/bench/dataclasses/reporting.py`, --report_json. */
export const trtllmReport = {
  engine: {
    model: "meta-llama/Llama-3.1-8B",
    model_path: "None",
    engine_dir: "None",
    version: "1.1.0rc1",
    backend: "Pytorch",
    dtype: "bfloat16",
    kv_cache_dtype: "FP8",
    quantization: "FP8",
  },
  machine: { name: "NVIDIA H100 80GB HBM3", "memory.total": 79.1, "clocks.mem": 2.619 },
  world_info: { tp_size: 2, pp_size: 1, ep_size: null, world_size: 2, max_batch_size: 256, issue_rate: 1e16 },
  request_info: {
    num_requests: 100,
    avg_num_concurrent_requests: 31.25,
    avg_input_length: 128.0,
    avg_output_length: 64.0,
  },
  performance: {
    total_latency_ms: 4000.0,
    avg_request_latency_ms: 700.0,
    request_throughput_req_s: 25.0,
    system_output_throughput_tok_s: 1600.0,
    system_total_throughput_tok_s: 4800.0,
    output_throughput_per_user_tok_s: 91.0,
    output_throughput_per_gpu_tok_s: 800.0,
    request_latency_percentiles_ms: {
      p50: 690.0,
      p90: 800.0,
      p95: 850.0,
      p99: 900.0,
      minimum: 500.0,
      maximum: 910.0,
      average: 700.0,
    },
  },
  streaming_metrics: {
    token_output_speed_tok_s: 100.0,
    avg_ttft_ms: 70.0,
    avg_tpot_ms: 10.0,
    tpot_percentiles: { p50: 9.9, p99: 12.0, minimum: 9.0, maximum: 13.0, average: 10.0 },
    ttft_percentiles: { p50: 65.0, p99: 120.0, minimum: 40.0, maximum: 130.0, average: 70.0 },
  },
  dataset: { isl_stats: {} },
};

/** A request of --request_json, in ns; TensorRT-LLM `statistics.py` and `get_request_info` of `reporting.py`. */
export const trtllmRequest = {
  id: 0,
  num_input_tokens: 128,
  error_tokens: 0,
  start_timestamp: 1_000_000_000,
  first_token_timestamp: 1_050_000_000,
  end_timestamp: 1_350_000_000,
  decode_iteration: 30,
  num_output_tokens: 31,
  num_generated_tokens: 30,
  generation_time: 300_000_000,
  time_to_first_token: 50_000_000,
  intertoken_latency: 10_000_000.0,
  end_to_end_latency: 350_000_000,
  output: "text",
  output_tokens: 31,
};

/** The printed report in https://github.com/NVIDIA/TensorRT-LLM/pull/7104, its later lines as `report_statistics` prints them. */
export const trtllmPrinted = `[08/21/2025-01:02:03] [TRT-LLM] [I]

===========================================================
= PYTORCH BACKEND
===========================================================
Model:\t\t\tdeepseek-ai/DeepSeek-R1
Model Path:\t\t/models/DeepSeek-R1-0528-FP4
TensorRT-LLM Version:\t1.1.0rc1
Dtype:\t\t\tbfloat16
KV Cache Dtype:\t\tFP8
Quantization:\t\tNVFP4

===========================================================
= REQUEST DETAILS 
===========================================================
Number of requests:             6144
Number of concurrent requests:  1018.8281
Average Input Length (tokens):  1024.0000
Average Output Length (tokens): 1024.0000
===========================================================
= WORLD + RUNTIME INFORMATION 
===========================================================
TP Size:                4
PP Size:                1
EP Size:                4
Max Runtime Batch Size: 1024
Max Runtime Tokens:     2176
Scheduling Policy:      GUARANTEED_NO_EVICT
KV Memory Percentage:   70.00%
Issue Rate (req/sec):   1.1684E+17

===========================================================
= PERFORMANCE OVERVIEW 
===========================================================
Request Throughput (req/sec):                     7.3411
Total Output Throughput (tokens/sec):             7517.2584
Average time-to-first-token [TTFT] (ms):          100.5000
Average time-per-output-token [TPOT] (ms):        10.2500

[TPOT] MINIMUM: 9.0000
[TPOT] P99    : 12.5000

[TTFT] P50    : 98.0000
[TTFT] P99    : 140.0000
`;

/** TensorRT-LLM's C++ benchmark, as printed in an evaluation of it; `Recorder::report` prints these lines. */
export const gptManagerPrinted = `[BENCHMARK] num_samples 500
[BENCHMARK] num_error_samples 0

[BENCHMARK] num_samples 500
[BENCHMARK] total_latency(ms) 1145372.75
[BENCHMARK] seq_throughput(seq/sec) 0.44
[BENCHMARK] token_throughput(token/sec) 218.27
[BENCHMARK] avg_acceptance_rate(tokens/decoding steps) 1.00

[BENCHMARK] avg_sequence_latency(ms) 267253.75
[BENCHMARK] p99_sequence_latency(ms) 336154.41
[BENCHMARK] avg_time_to_first_token(ms) 196802.52
[BENCHMARK] p99_time_to_first_token(ms) 264721.28
[BENCHMARK] avg_inter_token_latency(ms) 141.18
[BENCHMARK] p50_inter_token_latency(ms) 143.23
`;

/** TensorRT-LLM's C++ benchmark, `writeOpMetricsToCsv`: each name and value ends with a comma. */
export const gptManagerCsv = `num_samples,num_error_samples,total_latency(ms),seq_throughput(seq/sec),token_throughput(token/sec),avg_sequence_latency(ms),
500,2,52372.2,9.55,2870.8,2755.07
`;

/** perf_analyzer `genai_perf/export_data/json_exporter.py`; older versions write ns and numbers as text. */
export const genaiPerfJson = {
  request_throughput: { unit: "requests/sec", avg: 2.0 },
  request_latency: {
    unit: "ns",
    avg: "500000000",
    p99: "900000000",
    p50: "450000000",
    max: "1",
    min: "1",
    std: "1",
  },
  time_to_first_token: { unit: "ns", avg: "20757771", p99: "29047316" },
  inter_token_latency: { unit: "ns", avg: "3860101" },
  output_token_throughput: { unit: "tokens per sec", avg: "217.1" },
  num_output_token: { unit: "tokens", avg: "17.76" },
  num_input_token: { unit: "tokens", avg: "550.05" },
  input_config: { model: ["gpt2_vllm"], concurrency: 8, request_rate: null },
};

/** perf_analyzer `genai_perf/export_data/csv_exporter.py`: thousands are set apart by commas. */
export const genaiPerfCsv = `Metric,avg,min,max,p99,p95,p90,p75,p50,p25
Time To First Token (ms),"1,020.50",12.00,33.00,"2,029.00",27.00,25.00,22.00,20.90,18.90
Inter Token Latency (ms),3.86,0.62,10.00,5.26,5.10,5.04,4.06,3.99,3.87
Request Latency (ms),62.10,40.00,90.00,88.00,85.00,80.00,70.00,61.00,55.00
Output Sequence Length,17.76,3.00,25.00,22.00,20.00,20.00,19.00,18.00,17.00
Input Sequence Length,550.05,500.00,600.00,590.00,585.00,580.00,560.00,550.00,540.00

Metric,Value
Output Token Throughput (tokens/sec),217.10
Request Throughput (requests/sec),12.20
`;

/** AIPerf's documented JSON schema and `metrics_json_exporter.py`. */
export const aiperfJson = {
  schema_version: "1.1",
  aiperf_version: "0.8.0",
  benchmark_id: "b",
  input_config: {
    endpoint: { model_names: ["Qwen/Qwen3-0.6B"], type: "chat", streaming: true },
    loadgen: { concurrency: 4, request_count: 100 },
  },
  was_cancelled: false,
  error_summary: [{ error_details: { code: 499 }, count: 3 }],
  request_count: { unit: "requests", avg: 97 },
  request_throughput: { unit: "requests/sec", avg: 4.0 },
  request_latency: {
    unit: "ms",
    avg: 500.0,
    p1: 490.0,
    p50: 500.0,
    p99: 510.0,
    min: 480.0,
    max: 520.0,
    std: 5.0,
    count: 97,
  },
  time_to_first_token: { unit: "ms", avg: 50.0, p50: 49.0, p99: 60.0 },
  inter_token_latency: { unit: "ms", avg: 5.0, p50: 4.9, p99: 6.0 },
  input_sequence_length: { unit: "tokens", avg: 550.0 },
  output_sequence_length: { unit: "tokens", avg: 91.0 },
  output_token_throughput: { unit: "tokens/sec", avg: 364.0 },
};

/** AIPerf `docs/tutorials/working-with-profile-exports.md`: a request that succeeded, one cancelled, one of the warm-up. */
export const aiperfRecords = [
  {
    metadata: {
      session_num: 0,
      request_start_ns: 1,
      request_end_ns: 2,
      benchmark_phase: "warmup",
      was_cancelled: false,
    },
    metrics: { time_to_first_token: { value: 999.0, unit: "ms" } },
    error: null,
  },
  {
    metadata: {
      session_num: 1,
      request_start_ns: 1,
      request_end_ns: 2,
      benchmark_phase: "profiling",
      was_cancelled: false,
    },
    metrics: {
      input_sequence_length: { value: 550, unit: "tokens" },
      time_to_first_token: { value: 255.9, unit: "ms" },
      request_latency: { value: 297.5, unit: "ms" },
      output_token_count: { value: 9, unit: "tokens" },
      inter_chunk_latency: { value: [4.9, 5.3, 4.8, 5.7, 4.8, 5.1, 5.5, 5.5], unit: "ms" },
      output_sequence_length: { value: 9, unit: "tokens" },
      inter_token_latency: { value: 5.2, unit: "ms" },
    },
    error: null,
  },
  {
    metadata: {
      session_num: 80,
      request_start_ns: 1,
      request_end_ns: 2,
      benchmark_phase: "profiling",
      was_cancelled: true,
    },
    metrics: { error_isl: { value: 550, unit: "tokens" } },
    error: {
      code: 499,
      type: "RequestCancellationError",
      message: "Request was cancelled after 0.000 seconds",
    },
  },
];

/** perf_analyzer's profile export, as `genai_perf/tests/test_llm_profile_data_parser.py` builds it; ns. */
export const profileExport = {
  service_kind: "openai",
  endpoint: "v1/chat/completions",
  version: "2.47.0",
  experiments: [
    {
      experiment: { mode: "concurrency", value: 10 },
      requests: [
        {
          timestamp: 1_000_000,
          response_timestamps: [5_000_000, 8_000_000, 12_000_000],
          response_outputs: [],
        },
        { timestamp: 2_000_000, response_timestamps: [7_000_000, 15_000_000], response_outputs: [] },
        { timestamp: 3_000_000, response_timestamps: [], response_outputs: [] },
      ],
    },
  ],
};

/** guidellm `schemas/request_stats.py` and `benchmark/schemas/generative/metrics.py`. */
export const guidellm = {
  metadata: { version: 1, guidellm_version: "0.5.3" },
  args: { target: "http://localhost:8000", model: "meta-llama/Llama-3-8B" },
  benchmarks: [
    {
      type_: "generative_benchmark",
      config: { strategy: { type_: "concurrent", streams: 8 }, backend: { target: "t", model: null } },
      duration: 30.0,
      metrics: {
        request_totals: { successful: 2, incomplete: 1, errored: 1, total: 4 },
        requests_per_second: { successful: { mean: 1.5 } },
        output_tokens_per_second: { successful: { mean: 80.0 } },
        tokens_per_second: { successful: { mean: 300.0 } },
        prompt_token_count: { successful: { mean: 128.0 } },
        output_token_count: { successful: { mean: 51.0 } },
        time_to_first_token_ms: {
          successful: {
            mean: 45.0,
            median: 44.0,
            percentiles: { p50: 44.0, p95: 60.0, p99: 61.0, p999: 62.0 },
          },
        },
        inter_token_latency_ms: { successful: { mean: 12.5, percentiles: { p50: 12.0 } } },
        request_latency: { successful: { mean: 0.67, percentiles: { p50: 0.66 } } },
      },
      requests: {
        successful: [
          {
            type_: "generative_request_stats",
            request_id: "a",
            prompt_tokens: 128,
            output_tokens: 51,
            time_to_first_token_ms: 45,
            inter_token_latency_ms: 12.5,
            request_latency: 0.68,
          },
          {
            type_: "generative_request_stats",
            request_id: "b",
            prompt_tokens: 128,
            output_tokens: 51,
            time_to_first_token_ms: 44.8,
            inter_token_latency_ms: 12.5,
            request_latency: 0.66,
          },
        ],
        incomplete: [],
        errored: [
          {
            type_: "generative_request_stats",
            request_id: "c",
            prompt_tokens: 128,
            output_tokens: null,
            request_latency: 0.01,
          },
        ],
      },
    },
  ],
};

/** The table in https://github.com/vllm-project/vllm/pull/43276. */
export const consoleTable = `============ Serving Benchmark Result ============
Successful requests:                     128
Failed requests:                         0
Maximum request concurrency:             16
Benchmark duration (s):                  152.04
Total input tokens:                      1053440
Total generated tokens:                  131072
Request throughput (req/s):              0.84
Output token throughput (tok/s):         862.09
Total token throughput (tok/s):          7790.78
---------------Time to First Token----------------
Mean TTFT (ms):                          1417.27
Median TTFT (ms):                        1432.74
P99 TTFT (ms):                           4043.75
-----Time per Output Token (excl. 1st token)------
Mean TPOT (ms):                          17.18
Median TPOT (ms):                        17.21
P99 TPOT (ms):                           18.69
==================================================
`;
