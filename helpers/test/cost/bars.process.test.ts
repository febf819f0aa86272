import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

// Speed is measured by hand, not in a test: `search` and `models` are left out.
const parts = ["memory", "memoryMeasured", "peers", "order", "runs", "time"];

test("every bar of the costs holds but those that are known not to, and the docs quote what the bench prints", {
  timeout: 300_000,
}, async () => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["bench/run.js", "cost", ...parts], { cwd: root });
  const lines = stdout.split("\n");
  const named = (mark: string) =>
    lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length).trim());
  expect(named("MISSED")).toEqual([
    "ZeRO Table 1, cells within .3 %",
    "ZeRO Table 2, all cells within 1 %",
    "MLPerf, Llama 2 70B LoRA: exponent of a system within .05",
  ]);
  expect(named("held").length).toBeGreaterThan(20);
  const page = readFileSync(`${root}docs/cost.md`, "utf8");
  const got = (bar: string) => {
    const at = lines.findIndex((line) => line.includes(bar));
    return /got ([\d.]+)/.exec(lines[at + 1] ?? "")![1]!;
  };
  for (const bar of [
    "llm-foundry MFU, mean error",
    "Megatron-Bridge tokens/s/device, mean error",
    "Megatron's 8 runs",
    "80 % interval covers, all",
    "95 % interval covers, all",
  ]) {
    expect(page, bar).toContain(got(bar));
  }
});
