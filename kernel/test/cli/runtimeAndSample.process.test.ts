import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-cli-"));
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", cwd: folder });
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};

const profile = file(
  "profile.csv",
  `model,prompt_tokens,output_tokens,runtime_s
${[256, 1024].flatMap((p) => [1, 17, 65].map((o) => `toy,${p},${o},${p / 2048 + 0.05 * (o - 1)}`)).join("\n")}
`,
);

test("runtime says what it fitted, the runtime and the price", () => {
  const args = ["--prompt", "2048", "--output", "512", "--accelerators", "8", "--usd-per-hour", "2.5"];
  const { stdout, stderr, status } = isoflop("runtime", profile, ...args);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toBe(`profile.csv: 6 requests, 2 prompt sizes
T(p, o) = F(p) + (o - 1) G
G        50 ms per output token (R2 1, largest error ${stdout.match(/largest error (\S+) s/)?.[1]} s)
F        0.125 s at 256 tokens to 0.5 s at 1024

request  2048 prompt tokens, 512 output tokens
runtime  26.55 s: 1 s to the first token, 25.55 s for the others
95 %     26.55 to 26.55 s; first token 1 to 1 s; G 50 to 50 ms
price    $0.1475 on 8 accelerators at $2.5 an hour each
note     the prompt is longer than any measured (1024); its prefill is taken in proportion
`);
});

test("runtime --json gives the numbers", () => {
  const { stdout } = isoflop("runtime", profile, "--prompt", "1024", "--output", "101", "--json");
  const result = JSON.parse(stdout);
  expect(result.seconds).toBeCloseTo(5.5, 9);
  expect(result.prefillSeconds).toBeCloseTo(0.5, 9);
  expect(result.model.secondsPerOutputToken).toBeCloseTo(0.05, 9);
  expect(result.usd).toBeUndefined();
});

test("runtime names a missing column, a bad cell and a bad option", () => {
  const args = ["--prompt", "8", "--output", "8"];
  const missing = file("missing.csv", "prompt,seconds\n8,1\n");
  expect(isoflop("runtime", missing, ...args)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      "missing.csv, line 1: there is no column output_tokens (or generated_tokens,",
    ),
  });
  const bad = file("bad.csv", "prompt,output,seconds\n8,1,0.5\n8,2,fast\n");
  expect(isoflop("runtime", bad, ...args).stderr).toBe(
    'isoflop: bad.csv, line 3, seconds: expected a number, got "fast"; drop the row or fix the file\n',
  );
  expect(isoflop("runtime", profile, "--prompt", "0", "--output", "8").stderr).toContain(
    "a whole number of at least 1",
  );
  expect(isoflop("runtime", "none.csv", ...args).stderr).toBe(
    "isoflop: none.csv does not exist; check the path\n",
  );
});

test("runtime reads a benchmark's log, and tables under other names and units", () => {
  const log = file(
    "vllm.json",
    JSON.stringify({
      model_id: "m",
      request_throughput: 1,
      max_concurrency: 1,
      input_lens: [256, 256, 1024, 1024, 1024],
      output_lens: [3, 5, 3, 5, 0],
      ttfts: [0.1, 0.1, 0.4, 0.4, 0],
      itls: [[0.02, 0.02], [0.02, 0.02, 0.02, 0.02], [0.02, 0.02], [0.02, 0.02, 0.02, 0.02], []],
      errors: ["", "", "", "", "refused"],
    }),
  );
  const { stdout, status } = isoflop("runtime", log, "--prompt", "1024", "--output", "11");
  expect(status).toBe(0);
  expect(stdout).toContain("runtime  0.6 s: 0.4 s to the first token, 0.2 s for the others");
  expect(stdout).toContain("note     read as vllm bench serve");
  expect(stdout).toContain("1 of 5 requests failed and are left out, the first being number 5 (refused)");
  const table = file("ms.csv", "input_len,osl,e2el_ms\n8,1,100\n8,11,300\n8,21,500\n");
  const ms = JSON.parse(isoflop("runtime", table, "--prompt", "8", "--output", "6", "--json").stdout);
  expect(ms.seconds).toBeCloseTo(0.2, 9);
  expect(ms.intervals.level).toBe(0.95);
  expect(ms.model.outputTime.rule).toBe("constant");
  const twice = file("twice.csv", "input_len,isl,osl,e2el_ms\n8,8,1,100\n");
  expect(isoflop("runtime", twice, "--prompt", "8", "--output", "6").stderr).toContain(
    "twice.csv, line 1: the columns input_len and isl may both be the prompt's tokens; drop one",
  );
});

test("logs without lengths take them from options, one a file", () => {
  const latency = (name: string, seconds: number) =>
    file(name, JSON.stringify({ avg_latency: seconds, latencies: [seconds, seconds], percentiles: {} }));
  const files = [latency("one.json", 0.5), latency("many.json", 1.5)];
  const args = ["--prompt", "1024", "--output", "201"];
  expect(isoflop("runtime", ...files, ...args).stderr).toContain("does not write how long its prompts");
  const { stdout } = isoflop("runtime", ...files, "--input-len", "1024", "--output-len", "1,101", ...args);
  expect(stdout).toContain("runtime  2.5 s: 0.5 s to the first token, 2 s for the others");
  expect(isoflop("runtime", ...files, "--input-len", "1,2,3", ...args)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("--input-len has 3 values for 2 files"),
  });
});

test("one row that lies far off is named, and no time is below 0", () => {
  const rows = [256, 1024, 2048].flatMap((p) =>
    [1, 17, 65].map((o) => [p, o, p / 2048 + 0.05 * (o - 1)] as [number, number, number]),
  );
  rows[5]![2] = 0.01;
  const off = file("off.csv", `isl,osl,runtime_s\n${rows.map((row) => row.join(",")).join("\n")}\n`);
  const { stdout, status } = isoflop("runtime", off, "--prompt", "256", "--output", "2");
  expect(status).toBe(0);
  expect(stdout.replace(/\n +/g, " ")).toContain("row 6 (1024 prompt tokens, 65 output tokens, 0.01 s) lies");
  expect(stdout).toContain("runtime  0.175 s");
  const falling = file("falling.csv", "isl,osl,runtime_s\n8,1,1\n8,9,0.5\n8,17,0.2\n");
  const refused = isoflop("runtime", falling, "--prompt", "8", "--output", "2");
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain("G, the time per output token, must be > 0");
});

const results = file(
  "results.jsonl",
  [0, 1, 5, 40, 100, 100]
    .map((correct, i) => JSON.stringify({ problem: i, num_samples: 100, num_correct: correct }))
    .join("\n"),
);

test("sample shows pass@k at powers of ten, the fit, and that some problems are out of reach", () => {
  const { stdout, status } = isoflop("sample", "--counts", results);
  expect(status).toBe(0);
  const [head, , first, second, last, fit, note] = stdout.trimEnd().split("\n");
  expect(head).toBe("results.jsonl: 6 problems, at least 100 samples each");
  // (0 + 0.1 + 0.41625 + 0.99564 + 1 + 1) / 6 with 10 samples.
  expect([first, second, last].map((line) => line?.trim())).toEqual(["1  0.41", "10  0.5853", "100  0.8333"]);
  // a and b are those of scipy.optimize.curve_fit on the same curve.
  expect(fit).toBe("fit: c(k) = exp(a k^-b) with a = -1.019, b = 0.3073 (R2 0.9586, largest error 0.053)");
  expect(note).toContain("1 problem (17 %) was never solved");
});

test("sample --json gives curve and fit, and --k chooses the counts", () => {
  const { stdout } = isoflop("sample", "--counts", results, "--k", "1,50", "--json");
  const result = JSON.parse(stdout);
  expect(result.passAtK.map((point: { k: number }) => point.k)).toEqual([1, 50]);
  expect(result.neverSolved).toBe(1);
  expect(result.fit.a).toBeLessThan(0);
  expect(isoflop("sample", "--counts", results, "--k", "1,101").stderr).toContain(
    "k must be a whole number between 1 and 100, got 101",
  );
});

test("sample names the line that is not JSON", () => {
  const broken = file("broken.jsonl", '{"n": 5, "c": 1}\n[oops\n');
  expect(isoflop("sample", "--counts", broken).stderr).toContain("broken.jsonl, line 2 is not JSON");
});
