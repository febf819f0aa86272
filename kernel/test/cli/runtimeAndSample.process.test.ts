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
      "missing.csv, line 1: there is no column output_tokens (or outputTokens,",
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
