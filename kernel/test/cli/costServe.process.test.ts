import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-serve-"));
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], {
    encoding: "utf8",
    cwd: folder,
    env: { ...process.env, COLUMNS: "80" },
  });
const words = (line: string) => line.split(" ");
const one = words(
  "cost serve --model Llama-3.1-70B --accelerator h200-sxm --tp 4 --prompt 1024 --output 256",
);
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const longest = (text: string) => Math.max(...text.split("\n").map((line) => [...line].length));

test("cost serve says latency, throughput, memory and money with intervals, in 80 columns and in JSON", () => {
  const asked = [...one, ...words("--concurrency 32 --precision fp8 --engine vllm")];
  const { stdout, stderr, status } = isoflop(...asked);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  for (const word of [
    "ms to the first token",
    "ms a token",
    "tokens/s",
    "95 %",
    "$ a million tokens",
    "fits:",
  ]) {
    expect(stdout).toContain(word);
  }
  expect(longest(stdout)).toBeLessThanOrEqual(80);
  const answer = JSON.parse(isoflop(...asked, "--json").stdout);
  for (const name of ["ttftS", "tpotS", "tokensPerS", "usdPerMillionTokens"]) {
    const { value, interval80, interval95 } = answer[name];
    const ends = [interval95[0], interval80[0], value, interval80[1], interval95[1]];
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  }
  expect(answer).toMatchObject({
    devices: 4,
    memory: { fits: true },
    params: { total: expect.any(Number), active: expect.any(Number) },
    inDistribution: expect.any(Boolean),
    calibratedOn: expect.any(String),
    assumptions: expect.any(Array),
    prefillSeconds: answer.ttftS.value,
    decodeStepSeconds: { mean: answer.tpotS.value },
    tokensPerSecond: answer.tokensPerS.value,
  });
});

test("the short form answers under its promised names, in any spelling, of a config.json too", () => {
  write(
    "config.json",
    JSON.stringify({
      model_type: "llama",
      hidden_size: 4096,
      intermediate_size: 11008,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      vocab_size: 32000,
      tie_word_embeddings: false,
    }),
  );
  const asked = words("--weights 8 --activations 8 --kv 8 --batch 4 --prompt 512 --output 128 --json");
  const ask = (preset: string, accelerator: string, ...model: string[]) => {
    const chosen = ["--accelerator", accelerator, "--preset", preset, ...model];
    return JSON.parse(isoflop("cost", "serve", ...chosen, ...asked).stdout);
  };
  const ideal = ask("ideal", "a100-sxm-80gb", "--model", "meta-llama/Llama-2-7b-hf");
  const measured = ask("measured", "A100_SXM_80GB", "--config", "config.json");
  for (const answer of [ideal, measured]) {
    expect(answer).toMatchObject({
      params: { total: 6738415616, active: 6738415616 },
      weightBytesPerDevice: expect.any(Number),
      kvBytesPerToken: 262144,
      prefillSeconds: expect.any(Number),
      decodeStepSeconds: { mean: expect.any(Number) },
      tokensPerSecond: expect.any(Number),
    });
  }
  expect(ideal.prefillSeconds).toBeLessThan(measured.prefillSeconds);
});

test("what a preset has no place for is refused under the name of its option", () => {
  const asked = [...one, ...words("--batch 4 --preset ideal --prefix-hits 0.5")];
  const { status, stderr } = isoflop(...asked);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining("--prefix-hits is of an engine"),
  });
});

test("an open load has percentiles, which a simulation gives", () => {
  const { stdout, status } = isoflop(...one, ...words("--rate 2 --precision fp8 --engine vllm --json"));
  expect(status).toBe(0);
  const { percentiles, simulatedRequests } = JSON.parse(stdout);
  expect(simulatedRequests).toBeGreaterThan(900);
  expect(percentiles.map((each: { percent: number }) => each.percent)).toEqual([50, 90, 99]);
  const times = percentiles.map((each: { ttftS: { value: number } }) => each.ttftS.value);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

const header = "model,hardware,precision,engine,parallel,tp,batch,load,isl,osl,measurement,mine";
const rows = [
  'nvidia/Llama-3.1-8B-Instruct-FP8,h100_sxm,fp8,vllm 0.11,tp1pp1,1,8,"closed loop, concurrency",1024,256,a,"kept; ""so"""',
  "Borges 1T,h100_sxm,fp8,vllm,tp1pp1,1,8,,1024,256,b,x",
  "Llama-3.1-8B,gb200,,,,0,8,,1024,256,c,",
  "Llama-3.1-8B,h100_sxm,fp8,vllm,tp1pp1,1,8,,many,256,d,y",
];

test.each([
  ["commas", [header, ...rows].join("\n")],
  ["BOM and CR LF", `\uFEFF${[header, ...rows].join("\r\n")}\r\n`],
  ["tabs", [header, ...rows].map((line) => tabbed(line)).join("\n")],
])("a table with %s comes back row by row with its answers, and the exit status is 0", (name, text) => {
  const file = name === "tabs" ? "servings.tsv" : "servings.csv";
  write(file, text);
  const { status, stderr } = isoflop("cost", "serve", "--scenarios", file, "--out", "times.json");
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining("4 rows, 2 timed, 2 without"),
  });
  const [first, second, third, fourth, ...others] = JSON.parse(read("times.json"));
  expect(others).toEqual([]);
  expect(first).toMatchObject({ measurement: "a", mine: 'kept; "so"', load: "closed loop, concurrency" });
  expect(first.ttft_s_lo95).toBeLessThan(first.ttft_s_hi95);
  expect(first.in_distribution).toBe(true);
  expect(second).toMatchObject({
    measurement: "b",
    ttft_s: "",
    note: expect.stringMatching(/^no answer: .*Borges 1T/),
  });
  expect(third.tpot_s).toBeGreaterThan(0);
  expect(third.note).toContain("assumed");
  expect(fourth).toMatchObject({ tokens_per_s_hi95: "", note: expect.stringContaining("isl") });
});

/** A line of CSV with tabs for commas; cells are quoted as they were. */
function tabbed(line: string): string {
  return line.replace(
    /("(?:[^"]|"")*")|,/g,
    (found, cell?: string) => cell ?? (found === "," ? "\t" : found),
  );
}

test("a table without the key, or with semicolons, is answered to standard output; none answered is a warning", () => {
  write("few.csv", "model;hardware;batch;isl;osl\nLlama-3.1-8B;h100-sxm;8;1024;256\n");
  const { stdout, status } = isoflop("cost", "serve", "--scenarios", "few.csv", "--out", "-");
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^model,hardware,batch,isl,osl,ttft_s,.*,note\nLlama-3.1-8B,h100-sxm,8,1024,256,[\d.]/,
  );
  // As text, too, it is what the column's readers test: true or false.
  write("l40s.csv", "model,hardware,batch,isl,osl\nLlama-3.1-8B,l40s,8,1024,256\n");
  expect(isoflop("cost", "serve", "--scenarios", "l40s.csv", "--out", "-").stdout).toMatch(
    /,[\d.]+,false,"assumed/,
  );
  write("none.csv", "model,hardware\nBorges,h100-sxm\n");
  const none = isoflop("cost", "serve", "--scenarios", "none.csv", "--out", "none-out.csv", "--quiet");
  expect({ status: none.status, stderr: none.stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining("warning: no row of none.csv has an answer"),
  });
});

test.each([
  ["empty.csv", "", /no rows of data/],
  ["bare.csv", "a,b\n1,2\n", /no column model and no hardware/],
  ["twice.csv", "model,hardware,isl,isl\nx,y,1,2\n", /column 3 has this name, too/],
])("%s is refused, and nothing is written", (name, text, message) => {
  write(name, text);
  const { status, stderr } = isoflop("cost", "serve", "--scenarios", name, "--out", "never.csv");
  expect({ status, written: existsSync(join(folder, "never.csv")) }).toEqual({ status: 1, written: false });
  expect(stderr).toMatch(message);
});

test("a table is never written over, and nothing is left beside it", () => {
  write("own.csv", [header, ...rows].join("\n"));
  const before = read("own.csv");
  const { status, stderr } = isoflop("cost", "serve", "--scenarios", "own.csv", "--out", "./own.csv");
  expect(status).not.toBe(0);
  expect(stderr).toContain("would overwrite");
  expect(read("own.csv")).toBe(before);
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
});

test("own rows and logs are learned from, and what is learned changes an answer", () => {
  const measured = "model,hardware,engine,precision,tp,batch,isl,osl,quantity,value,unit";
  const run = "Llama-3.1-8B,h100_sxm,vllm,fp8,1,8,1024,256";
  write(
    "runs.csv",
    [measured, `${run},ttft,160,ms`, `${run},tpot,15,ms`, `${run},ttft p99,99,ms`].join("\n"),
  );
  write(
    "log.json",
    JSON.stringify({
      model_id: "Llama-3.1-8B",
      request_throughput: 2,
      mean_ttft_ms: 150,
      mean_tpot_ms: 14,
      max_concurrency: 8,
      completed: 10,
      total_input_tokens: 10240,
      total_output_tokens: 2560,
      duration: 5,
    }),
  );
  const known = words("--accelerator h100-sxm --engine vllm --precision fp8 --tp 1");
  const learned = isoflop("cost", "calibrate", "runs.csv", "log.json", ...known, "--out", "own.json");
  expect({ status: learned.status, stderr: learned.stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining("own.json: written"),
  });
  expect(learned.stdout).toMatch(/4 of \d rows used/);
  expect(learned.stdout).toContain("p99 of ttft");
  expect(learned.stdout).toContain("left out");
  const asked = words(
    "cost serve --model Llama-3.1-8B --accelerator h100-sxm --engine vllm --precision fp8 --concurrency 8 --prompt 1024 --output 256 --json",
  );
  const tpot = (...more: string[]) => JSON.parse(isoflop(...asked, ...more).stdout).tpotS.value;
  expect(tpot("--calibration", "own.json")).toBeGreaterThan(1.3 * tpot());
  const lost = isoflop("cost", "calibrate", "log.json", "--out", "never.json");
  expect({ status: lost.status, stderr: lost.stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining("--accelerator NAME"),
  });
});

test.each([
  ["--engine", "vlmm", /did you mean vllm/],
  ["--accelerator", "h900", /"h900" is unknown/],
  ["--precision", "fp9", /did you mean fp8/],
  ["--model", "Borges", /no model "Borges"(?!.*config)/],
])("cost calibrate refuses %s %s though the rows say it for themselves", (option, value, message) => {
  write(
    "whole.csv",
    "model,hardware,engine,precision,tp,batch,isl,osl,quantity,value,unit\nLlama-3.1-8B,h100_sxm,vllm,fp8,1,8,1024,256,tpot,9,ms",
  );
  const { status, stderr } = isoflop("cost", "calibrate", "whole.csv", "--out", "not.json", option, value);
  expect({ status, written: existsSync(join(folder, "not.json")) }).toEqual({ status: 2, written: false });
  expect(stderr).toMatch(message);
});

test("cost search serves within limits, and says which it cannot tell apart", () => {
  const asked = words(
    "cost search --model Llama-3.1-8B --accelerator h100-sxm --devices 2 --prompt 1024 --output 128 --keep 4",
  );
  const { stdout, stderr, status } = isoflop(...asked, ...words("--tpot 0.03 --objective usd"));
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toMatch(/\d+ of \d+ configurations that fit are within the limits/);
  expect(longest(stdout)).toBeLessThanOrEqual(80);
  const { best, ranking } = JSON.parse(isoflop(...asked, ...words("--tpot 0.03 --json")).stdout);
  expect(ranking.length).toBeLessThanOrEqual(4);
  expect(best).toMatchObject({
    model: "Llama-3.1-8B",
    acceleratorKey: "h100-sxm-80gb",
    serve: expect.any(Object),
  });
  expect(best.tpotS.value).toBeLessThanOrEqual(0.03);
  const never = isoflop(...asked, "--tpot", "1e-9");
  expect({ status: never.status, stderr: never.stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining("within the limits"),
  });
});

test.each([
  [["cost", "serve"], /--model NAME or --config FILE/],
  [["cost", "serve", "--model", "Llama-3.1-8B"], /--accelerator/],
  [["cost", "serve", "--model", "Llama-3.1-8B", "--accelerator", "h100-sxm"], /--prompt/],
  [one, /give the load: --concurrency C/],
  [[...one, ..."--preset ideal --engine vllm".split(" ")], /--engine is of an engine/],
  [[...one, ..."--concurrency 8 --out x.csv".split(" ")], /--out is for --scenarios/],
  [[...one, ..."--concurrency 8 --percentiles 50,100".split(" ")], /percentages between 0 and 100/],
  [["cost", "serve", "--scenarios", "own.csv", "--out", "x.docx"], /\.csv, \.json, \.md or \.tex/],
  [["cost", "serve", "--scenarios", "own.csv", "--out", "x.csv", "--tp", "2"], /--tp is for one run/],
  [
    ["cost", "search", "--model", "gpt2", "--accelerator", "h100-sxm", "--devices", "8"],
    /--batch .* or --prompt/,
  ],
  [
    ["cost", "search", ..."--model gpt2 --accelerator h100-sxm --devices 8 --seq 8 --output 8".split(" ")],
    /--seq is for training and --output for serving/,
  ],
])("%j is refused with a way out, as wrong use", (args, message) => {
  const { status, stderr, stdout } = isoflop(...args);
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr).toMatch(message);
});
