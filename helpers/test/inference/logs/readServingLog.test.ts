import { isServingLog, readServingLog, runtimeRowsOf, servingRowsOf } from "isoflop";
import { describe, expect, test } from "vitest";
import * as logs from "./fixtures/index.ts";

const json = (value: unknown) => JSON.stringify(value);
const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join("\n");

describe("vLLM", () => {
  test("a printed table whose load stands before it, as older versions of vLLM print it, commented out and twice", () => {
    const table = (concurrency: number, ttft: number) => `# Traffic request rate: inf
# Burstiness factor: 1.0 (Poisson process)
# Maximum request concurrency: ${concurrency}
# 100%|#####| 32/32 [02:30<00:00,  4.71s/it]
# ============ Serving Benchmark Result ============
# Successful requests:                     32
# Total input tokens:                      65536
# Total generated tokens:                  65536
# Output token throughput (tok/s):         434.40
# Mean TTFT (ms):                          ${ttft}
# Mean TPOT (ms):                          70.14
# ==================================================
`;
    const { runs } = readServingLog(`${table(32, 7279.56)}\n${table(8, 99)}`);
    expect(
      runs.map(({ summary }) => [summary.concurrency, summary.requestRate, summary.ttft?.meanS]),
    ).toEqual([
      [32, Infinity, 7.27956],
      [8, Infinity, 0.099],
    ]);
  });

  test("bench serve gives requests in seconds and counts the failed one", () => {
    const log = readServingLog(json(logs.vllmServe));
    expect(log.tool).toBe("vllm bench serve");
    const [run] = log.runs;
    expect(run!.requests!.map(({ promptTokens, outputTokens }) => [promptTokens, outputTokens])).toEqual([
      [256, 3],
      [512, 4],
    ]);
    expect(run!.requests![1]!.e2eS).toBeCloseTo(0.11, 12);
    expect(run!.requests![1]!.tpotS).toBeCloseTo(0.02, 12);
    expect(log.notes).toEqual([
      "1 of 3 requests failed and are left out, the first being number 3 (TimeoutError: too slow)",
    ]);
    expect(run!.summary).toMatchObject({
      model: "Qwen/Qwen3-8B",
      engine: "vllm",
      concurrency: 4,
      requestRate: Infinity,
      promptTokens: 384,
      outputTokens: 3.5,
      completed: 2,
      failed: 1,
      ttft: { meanS: 0.04, percentilesS: { "50": 0.04 } },
    });
    expect(run!.summary.ttft!.percentilesS["99"]).toBeCloseTo(0.0498, 12);
  });

  test("without details there are means, and several appended results are several runs", () => {
    const { input_lens, output_lens, ttfts, itls, errors, generated_texts, ...bare } = logs.vllmServe;
    const log = readServingLog(lines(bare, { ...bare, max_concurrency: 8 }));
    expect(log.runs.map((run) => run.summary.concurrency)).toEqual([4, 8]);
    expect(log.runs[0]!.requests).toBeUndefined();
    expect(log.notes[0]).toBe("1 requests failed; the benchmark's means are of those that succeeded");
  });

  test("bench latency takes its lengths from the options and is refused without", () => {
    expect(() => readServingLog(json(logs.vllmLatency), { name: "lat.json" })).toThrow(
      "lat.json is of vllm bench latency, which does not write how long",
    );
    const log = readServingLog(json(logs.vllmLatency), { promptTokens: 32, outputTokens: 128, batch: 8 });
    expect(log.runs[0]!.requests).toEqual(
      [1.4, 1.6].map((e2eS) => ({ promptTokens: 32, outputTokens: 128, e2eS })),
    );
    expect(log.runs[0]!.summary).toMatchObject({
      batch: 8,
      e2e: { meanS: 1.5, percentilesS: { "99": 1.598 } },
    });
  });

  test("bench throughput splits tokens by the lengths, and says so without them", () => {
    const log = readServingLog(json(logs.vllmThroughput), { promptTokens: 200, outputTokens: 100 });
    expect(log.runs[0]!.summary).toMatchObject({ outputTokensPerS: 1000, totalTokensPerS: 3000 });
    expect(readServingLog(json(logs.vllmThroughput)).notes[0]).toContain("counted together");
  });
});

describe("SGLang", () => {
  test("bench_serving is read with Python's Infinity and NaN", () => {
    const log = readServingLog(logs.sglangServing);
    expect(log.tool).toBe("sglang bench_serving");
    expect(log.runs[0]!.summary).toMatchObject({
      engine: "sglang",
      requestRate: Infinity,
      concurrency: 16,
      promptTokens: 1024,
      outputTokens: 512,
      totalTokensPerS: 768,
      e2e: { meanS: 9 },
      tpot: { meanS: 0.008 },
    });
  });

  test("bench_one_batch and bench_one_batch_server give one request a line", () => {
    const log = readServingLog(lines(logs.sglangBatch, logs.sglangBatchServer));
    expect(log.tool).toBe("sglang bench_one_batch");
    expect(log.runs[0]!.requests).toEqual([
      { promptTokens: 256, outputTokens: 11, ttftS: 0.02, tpotS: 0.009, e2eS: 0.12 },
    ]);
    expect(log.runs[1]!.requests![0]!.tpotS).toBeCloseTo((25.67 - 12.34) / 100, 12);
    expect(log.runs.map((run) => run.summary.batch)).toEqual([2, 256]);
  });
});

describe("TensorRT-LLM", () => {
  test("trtllm-bench's JSON tells machine, layout and times", () => {
    const log = readServingLog(json(logs.trtllmReport));
    expect(log).toMatchObject({ tool: "trtllm-bench", version: "1.1.0rc1" });
    expect(log.runs[0]!.summary).toMatchObject({
      model: "meta-llama/Llama-3.1-8B",
      hardware: "NVIDIA H100 80GB HBM3",
      precision: "FP8",
      tensorParallel: 2,
      ttft: { meanS: 0.07, percentilesS: { "99": 0.12 } },
      outputTokensPerS: 1600,
    });
    expect(log.notes[0]).toBe(
      "31.25 requests were in flight on average; the limit that was set is not in the log",
    );
  });

  test("its requests are in ns", () => {
    const log = readServingLog(json([logs.trtllmRequest, { ...logs.trtllmRequest, error_tokens: 2 }]));
    expect(log.runs[0]!.requests!.length).toBe(1);
    const [request] = log.runs[0]!.requests!;
    expect(request).toMatchObject({ promptTokens: 128, outputTokens: 31 });
    expect(request!.ttftS).toBeCloseTo(0.05, 12);
    expect(request!.tpotS).toBeCloseTo(0.01, 12);
  });

  test("its printed report is read between other lines of a console", () => {
    const log = readServingLog(logs.trtllmPrinted);
    expect(log.version).toBe("1.1.0rc1");
    expect(log.runs[0]!.summary).toMatchObject({
      model: "deepseek-ai/DeepSeek-R1",
      precision: "NVFP4",
      tensorParallel: 4,
      expertParallel: 4,
      completed: 6144,
      promptTokens: 1024,
      requestsPerS: 7.3411,
      outputTokensPerS: 7517.2584,
      ttft: { meanS: 0.1005, percentilesS: { "50": 0.098, "99": 0.14 } },
    });
  });

  test("gptManagerBenchmark is read as printed and as CSV", () => {
    const printed = readServingLog(logs.gptManagerPrinted, { promptTokens: 128, outputTokens: 500 });
    expect(printed.runs.length).toBe(1);
    expect(printed.runs[0]!.summary).toMatchObject({
      completed: 500,
      outputTokensPerS: 218.27,
      promptTokens: 128,
      e2e: { meanS: 267.25375, percentilesS: { "99": 336.15441 } },
    });
    expect(printed.runs[0]!.summary.tpot!.percentilesS["50"]).toBeCloseTo(0.14323, 12);
    const csv = readServingLog(logs.gptManagerCsv);
    expect(csv.runs[0]!.summary).toMatchObject({ completed: 500, failed: 2, outputTokensPerS: 2870.8 });
    expect(csv.notes[0]).toContain("2 requests failed");
  });
});

describe("genai-perf, AIPerf and guidellm", () => {
  test("units are read off each metric: ns here", () => {
    const log = readServingLog(json(logs.genaiPerfJson));
    expect(log.tool).toBe("genai-perf");
    const { summary } = log.runs[0]!;
    expect(summary.ttft!.meanS).toBeCloseTo(0.020757771, 12);
    expect(summary.e2e!.percentilesS["99"]).toBeCloseTo(0.9, 12);
    expect(summary).toMatchObject({
      model: "gpt2_vllm",
      concurrency: 8,
      promptTokens: 550.05,
      requestsPerS: 2,
    });
    const wrong = { ...logs.genaiPerfJson, time_to_first_token: { unit: "fortnights", avg: 1 } };
    expect(() => readServingLog(json(wrong))).toThrow('time_to_first_token is in "fortnights"');
  });

  test("CSV has thousands set apart and two tables", () => {
    const { summary } = readServingLog(logs.genaiPerfCsv).runs[0]!;
    expect(summary.ttft!.meanS).toBeCloseTo(1.0205, 12);
    expect(summary.ttft!.percentilesS["99"]).toBeCloseTo(2.029, 12);
    expect(summary).toMatchObject({ outputTokens: 17.76, outputTokensPerS: 217.1, requestsPerS: 12.2 });
  });

  test("AIPerf's summary names version, model, load and failures", () => {
    const log = readServingLog(json(logs.aiperfJson));
    expect(log).toMatchObject({ tool: "aiperf", version: "0.8.0" });
    expect(log.runs[0]!.summary).toMatchObject({
      model: "Qwen/Qwen3-0.6B",
      concurrency: 4,
      completed: 97,
      failed: 3,
      tpot: { meanS: 0.005 },
    });
  });

  test("AIPerf's records leave out warm-up and cancelled requests, and say so", () => {
    const log = readServingLog(lines(...logs.aiperfRecords));
    expect(log.runs[0]!.requests).toEqual([
      { promptTokens: 550, outputTokens: 9, ttftS: 0.2559, tpotS: 0.0052, e2eS: 0.2975 },
    ]);
    expect(log.notes).toEqual([
      "1 requests of the warm-up are left out",
      "1 of 2 requests failed and are left out, the first being number 2 (Request was cancelled after 0.000 seconds)",
    ]);
  });

  test("a profile export has no token counts: times without lengths, requests with", () => {
    const bare = readServingLog(json(logs.profileExport));
    expect(bare.runs[0]!.requests).toBeUndefined();
    expect(bare.runs[0]!.summary.ttft!.meanS).toBeCloseTo(0.0045, 12);
    expect(bare.notes.at(-1)).toContain("no token counts");
    const log = readServingLog(json(logs.profileExport), { promptTokens: 8, outputTokens: 3 });
    expect(log.runs[0]!.requests![0]!.e2eS).toBeCloseTo(0.011, 12);
    expect(log.runs[0]!.summary).toMatchObject({ concurrency: 10, completed: 2, failed: 1 });
  });

  test("guidellm gives a run for each benchmark, in s and ms by the names", () => {
    const log = readServingLog(json(logs.guidellm));
    expect(log).toMatchObject({ tool: "guidellm", version: "0.5.3" });
    const [run] = log.runs;
    expect(run!.requests!.length).toBe(2);
    expect(run!.requests![0]).toEqual({
      promptTokens: 128,
      outputTokens: 51,
      ttftS: 0.045,
      tpotS: 0.0125,
      e2eS: 0.68,
    });
    expect(run!.summary).toMatchObject({ model: "meta-llama/Llama-3-8B", concurrency: 8, failed: 1 });
    expect(run!.summary.e2e!.percentilesS["50"]).toBe(0.66);
    expect(log.notes).toEqual([
      "1 of 3 requests failed and are left out, the first being number 3 (errored)",
      "1 requests were cut off by the benchmark's end",
    ]);
  });
});

test("the table that a serving benchmark prints is read from a console", () => {
  const log = readServingLog(`noise before\n${logs.consoleTable}`);
  expect(log.runs[0]!.summary).toMatchObject({
    concurrency: 16,
    promptTokens: 8230,
    outputTokens: 1024,
    completed: 128,
    outputTokensPerS: 862.09,
    totalTokensPerS: 7790.78,
  });
  expect(log.runs[0]!.summary.tpot!.percentilesS["99"]).toBeCloseTo(0.01869, 12);
});

describe("hostile logs", () => {
  const serve = json(logs.vllmServe);

  test("empty, cut off and foreign texts are refused, and say what was seen", () => {
    expect(() => readServingLog("", { name: "a.json" })).toThrow("a.json is empty; read are vLLM");
    expect(() => readServingLog("\uFEFF \n")).toThrow("is empty");
    expect(() => readServingLog(serve.slice(0, -40))).toThrow("cut off");
    expect(() => readServingLog(`${json(logs.sglangBatch)}\n${json(logs.sglangBatch).slice(0, 30)}`)).toThrow(
      "line 2: the last line ends before its JSON does",
    );
    expect(() => readServingLog('{"loss": 2.1, "step": 3}')).toThrow("JSON with the fields loss, step");
    expect(() => readServingLog("step,loss\n1,2")).toThrow('begins with "step,loss"');
    expect(() => readServingLog("[]")).toThrow("an empty list");
    expect(() => readServingLog("[1, 2]")).toThrow("item 1 is no JSON object");
    expect(() => readServingLog(lines(logs.sglangBatch, logs.vllmServe))).toThrow(
      "record 2 is of another kind",
    );
    expect(() => readServingLog('{"benchmarks": []}')).toThrow("holds no run");
  });

  test("a byte order mark, NaN in a string and many lines change nothing", () => {
    const spread = JSON.stringify(logs.vllmServe, null, 2);
    expect(readServingLog(`\uFEFF${spread}`)).toEqual(readServingLog(serve));
    const withNaN = serve.replace('"std_ttft_ms":10', '"std_ttft_ms":NaN');
    expect(readServingLog(withNaN)).toEqual(readServingLog(serve));
  });

  test("lists that differ in length are refused", () => {
    expect(() => readServingLog(json({ ...logs.vllmServe, ttfts: [0.1] }))).toThrow(
      "ttfts has 1 values and input_lens 3",
    );
  });

  test("requests without a token or with an impossible time are named and left out", () => {
    const log = readServingLog(
      json({
        ...logs.vllmServe,
        input_lens: [8, 8, 8, 8],
        output_lens: [0, 2, 2, 2],
        ttfts: [0.1, null, -1, 0.1],
        itls: [[], [0.1], [0.1], [0.1]],
        errors: ["", "", "", ""],
      }),
    );
    expect(log.runs[0]!.requests!.length).toBe(1);
    expect(log.notes).toEqual([
      "1 of 4 requests gave no output token and are left out, the first being number 1",
      "2 of 4 requests have no time above 0 and are left out, the first being number 2",
    ]);
  });

  test("an unknown option and a fraction of a token are refused", () => {
    expect(() => readServingLog(serve, { promptToken: 1 } as never)).toThrow("no option promptToken");
    expect(() => readServingLog(serve, { promptTokens: 1.5 })).toThrow("promptTokens must be a whole number");
  });

  test("fifty thousand requests with a megabyte of text are read", () => {
    const n = 50_000;
    const fill = <T>(value: T) => new Array<T>(n).fill(value);
    const big = json({
      ...logs.vllmServe,
      input_lens: fill(100),
      output_lens: fill(3),
      ttfts: fill(0.1),
      itls: fill([0.01, 0.01]),
      errors: fill(""),
      generated_texts: ['\\"'.repeat(500_000), ...fill("").slice(1)],
    }).replace('"std_ttft_ms":10', '"std_ttft_ms":Infinity');
    expect(readServingLog(big).runs[0]!.requests!.length).toBe(n);
  });
});

test("rows for a calibration have the run's load, lengths and quantities in ms", () => {
  const rows = servingRowsOf(readServingLog(json(logs.vllmServe)), {
    hardware: "h100_sxm",
    tensorParallel: 2,
    precision: "fp8",
    measurement: "mine",
  });
  expect(rows[0]).toMatchObject({
    model: "Qwen/Qwen3-8B",
    hardware: "h100_sxm",
    engine: "vllm",
    tp: 2,
    n_devices: 2,
    batch: 4,
    load: "closed loop, concurrency",
    isl: 384,
    osl: 4,
    quantity: "ttft",
    value: 40,
    unit: "ms",
    measurement: "mine",
    notes: "mean over requests; 1 failed and are left out",
  });
  expect(rows.map((row) => row.quantity)).toContain("tpot p99");
  expect(rows.at(-1)).toMatchObject({
    quantity: "output throughput",
    unit: "tokens/s, all devices",
    value: 3.5,
  });
  expect(() => servingRowsOf(readServingLog(json(logs.vllmServe)))).toThrow("give hardware");
  expect(() => servingRowsOf(readServingLog(logs.sglangServing), { hardware: "h100_sxm" })).toThrow(
    "give model",
  );
  const open = readServingLog(json({ ...logs.vllmServe, max_concurrency: null, request_rate: 2.5 }));
  expect(servingRowsOf(open, { hardware: "h100_sxm" })[0]).toMatchObject({
    batch: "",
    rate: 2.5,
    load: "Poisson arrivals",
  });
});

test("runtime rows are the first token and the end of each request, or the means of a run", () => {
  expect(runtimeRowsOf(readServingLog(json(logs.vllmServe))).rows.map((row) => row.outputTokens)).toEqual([
    1, 3, 1, 4,
  ]);
  const means = runtimeRowsOf(readServingLog(logs.consoleTable));
  expect(means.rows).toEqual([
    { promptTokens: 8230, outputTokens: 1, runtimeS: 1.41727 },
    { promptTokens: 8230, outputTokens: 1024, runtimeS: 1.41727 + 1023 * 0.01718 },
  ]);
  expect(means.notes).toEqual([
    "the log has no single requests; the means of the run stand for one",
    "measured with 16 requests at a time: F and G are those of a machine under that load, not of one request alone",
  ]);
  expect(() => runtimeRowsOf(readServingLog(json(logs.vllmThroughput)))).toThrow("no runtimes with lengths");
});

test("what is a log is told from its content", () => {
  expect(isServingLog(json(logs.vllmLatency))).toBe(true);
  expect(isServingLog("prompt_tokens,output_tokens,runtime_s\n1,1,1\n")).toBe(false);
});
