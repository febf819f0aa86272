import { runtimeColumnsOf } from "isoflop";
import { expect, test } from "vitest";

const of = (...header: string[]) => runtimeColumnsOf(header);

test("columns are found under the names that benchmarks give them, in any case", () => {
  for (const prompt of [
    "prompt_tokens",
    "promptTokens",
    "input_len",
    "Prompt Len",
    "ISL",
    "input_length",
    "prompt",
  ]) {
    expect(of(prompt, "osl", "runtime_s").promptTokens.column).toBe(prompt);
  }
  for (const output of [
    "output_tokens",
    "outputTokens",
    "output_len",
    "OSL",
    "completion_tokens",
    "output",
  ]) {
    expect(of("isl", output, "runtime_s").outputTokens.column).toBe(output);
  }
});

test("a time's unit is read off its name", () => {
  const divisors: Record<string, number> = {
    runtime_s: 1,
    runtimeS: 1,
    seconds: 1,
    latency_ms: 1e3,
    "latency (ms)": 1e3,
    e2el_ms: 1e3,
    e2e_latency_us: 1e6,
    "Request Latency [ns]": 1e9,
    latencyMs: 1e3,
    milliseconds: 1e3,
  };
  for (const [column, divisor] of Object.entries(divisors)) {
    const { runtimeS, notes } = of("isl", "osl", column);
    expect([column, runtimeS?.divisor]).toEqual([column, divisor]);
    expect(notes).toEqual([]);
  }
  const { runtimeS, ttftS, notes } = of("isl", "osl", "e2el", "ttft_ms");
  expect([runtimeS?.divisor, ttftS?.divisor]).toEqual([1, 1e3]);
  expect(notes).toEqual(["column e2el names no unit; its values are taken as seconds"]);
});

test("first token and time per token stand for the runtime", () => {
  expect(of("isl", "osl", "ttft_ms", "tpot_ms").runtimeS).toBeUndefined();
  expect(() => of("isl", "osl", "ttft_ms")).toThrow("there is no column runtime_s (or latency_ms");
});

test("two columns that may mean the same are refused with both names", () => {
  expect(() => of("isl", "input_len", "osl", "runtime_s")).toThrow(
    "the columns isl and input_len may both be the prompt's tokens; drop one",
  );
  expect(() => of("isl", "osl", "latency_ms", "e2el")).toThrow(
    "the columns latency_ms and e2el may both be the runtime; drop one",
  );
  expect(() => of("isl", "runtime_s")).toThrow("there is no column output_tokens (or generated_tokens");
});
