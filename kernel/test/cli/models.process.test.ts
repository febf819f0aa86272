import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const isoflop = (args: string[], input?: string) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", input });

test("models counts a configuration from standard input, and a model by its name", () => {
  const { stdout, status } = isoflop(
    ["models", "--config", "-", "--json"],
    '{"model_type": "llama", "vocab_size": 32000}',
  );
  expect(status).toBe(0);
  const answer = JSON.parse(stdout);
  expect(answer.params.total).toBe(6_738_415_616);
  expect(answer.kvBytesPerToken).toBe(524_288);
  expect(answer.layers).toHaveLength(32);
  const named = isoflop(["models", "deepseek-ai/DeepSeek-V3", "--context", "1", "--json"]);
  expect(JSON.parse(named.stdout).kvBytesPerToken).toBe(70_272);
});

test("models says whether weights and caches fit a machine, and the largest batch and context that do", () => {
  const asked = ["models", "Llama-3.1-70B", "--accelerator", "h100-sxm", "--tp", "2", "--batch", "4"];
  const { serving } = JSON.parse(isoflop([...asked, "--context", "20000", "--json"]).stdout);
  expect(serving.fits).toBe(false);
  expect(serving.weightBytesPerDevice).toBeGreaterThan(70.5e9);
  expect(isoflop([...asked, "--context", "20000"]).stdout).toMatch(
    /does not fit: weights 70\.6 GB and cache 13\.1 GB of 72 GB a device; no sequences of 20000 tokens, or 4 at once of at most 2204 tokens/,
  );
  expect(isoflop(["models", "gpt2", "--batch", "2"]).status).toBe(2);
});

test("models refuses with a word: wrong use with 2, a wrong file with 1", () => {
  const tp = isoflop(["models", "Llama-2-7b-hf", "--tp", "3"]);
  expect([tp.status, tp.stderr]).toEqual([
    2,
    "isoflop: --tp must divide the 32 attention heads, got 3; take a number that divides\n",
  ]);
  const name = isoflop(["models", "mistral-7b"]);
  expect([name.status, name.stderr.includes("fits several models")]).toEqual([2, true]);
  const both = isoflop(["models", "gpt2", "--config", "x.json"]);
  expect(both.status).toBe(2);
  const unknown = isoflop(["models", "--config", "-"], '{"model_type": "llama9"}');
  expect([
    unknown.status,
    unknown.stderr.includes('standard input: model_type "llama9" is not known'),
  ]).toEqual([1, true]);
});
