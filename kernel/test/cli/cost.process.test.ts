import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-cost-"));
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", cwd: folder });
const one = "cost train --model Llama-3.1-70B --accelerator h100-sxm --seq 8192".split(" ");

test("cost train says time, memory and what the run takes, each with what is uncertain of it", () => {
  const layout = "--devices 64 --tp 4 --pp 8 --vp 5 --batch 128 --precision fp8 --tokens 1e12".split(" ");
  const { stdout, stderr, status } = isoflop(...one, ...layout, "--stack", "megatron-bridge 26.04");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  for (const word of [
    "tokens/s/device",
    "MFU",
    "95 %",
    "pipeline bubble",
    "activations",
    "device hours",
    "MWh",
    "calibrated on",
  ]) {
    expect(stdout).toContain(word);
  }
});

test("--json gives the numbers", () => {
  const { stdout } = isoflop(...one, "--devices", "64", "--fsdp", "--batch", "64", "--json");
  const { step, memory, run } = JSON.parse(stdout);
  const parts = Object.values<number>(step.parts).reduce((sum, part) => sum + part, 0);
  expect(parts / step.seconds.value).toBeCloseTo(1, 9);
  expect(step.mfu.interval95[0]).toBeLessThan(step.mfu.value);
  expect(memory.total).toBeGreaterThan(0);
  expect(run).toBeUndefined();
});

test("a table of runs comes back with its times; what cannot be timed says why, and the exit status is 0", () => {
  const header =
    "group,source,model,hardware,n_devices,precision,engine,mode,parallel,tp,pp,dp,batch,load,isl,osl,measurement,notes,mine";
  const bridge =
    'Megatron-Bridge,LLAMA3_70B,DGX-H100,64,FP8,Megatron-Bridge 26.04.01 NeMo Container,Pre-Training Performance,TP4 PP8 CP1 VP5 EPn/a FSDP0,4,8,,256,,8192,,a1,"micro batch 1; batch = global batch size",kept';
  const foundry =
    "llm-foundry,MPT-7b,h100_80gb,8,amp_bf16,composer FSDP FULL_SHARD,,FSDP FULL_SHARD,1,1,8,256,,4096,,a2,params 6667247616; microbatch 16; grad accum 2; activation checkpointing True,kept";
  const hostile =
    '"=cmd()",m,"Llama ""70B""\n","h100\t","-3",?,,,TP0 PP-1,,,,1e999,,NaN,,a3,"micro batch 0; params x",kept';
  const unknown = bridge.replace("LLAMA3_70B", "Borges 1T").replace(",a1,", ",a4,");
  const text = [header, `g,${bridge}`, `g,${bridge}`, `g,${foundry}`, hostile, `g,${unknown}`].join("\n");
  writeFileSync(join(folder, "runs.csv"), `${text}\n`);
  const { status, stderr } = isoflop("cost", "train", "--scenarios", "runs.csv", "--out", "times.json");
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining("5 rows, 3 timed, 2 without"),
  });
  const rows = JSON.parse(readFileSync(join(folder, "times.json"), "utf8"));
  expect(rows.map((row: { measurement: string }) => row.measurement)).toEqual(["a1", "a1", "a2", "a3", "a4"]);
  expect(rows.map((row: { mine: string }) => row.mine)).toEqual(Array(5).fill("kept"));
  const [first, again, second, third, fourth] = rows;
  expect(again).toEqual(first);
  expect(first.tokens_per_s_per_device_lo95).toBeLessThan(1664);
  expect(first.tokens_per_s_per_device_hi95).toBeGreaterThan(1664);
  expect(second.mfu).toBeGreaterThan(0.3);
  expect(second.note).toContain("llm-foundry FLOPs over the bf16 peak");
  expect(third.note).toMatch(/^no answer: /);
  expect(fourth).toMatchObject({ mfu: "", note: 'no answer: no model "Borges 1T" in the catalogue' });
});

test.each([
  [["cost", "train"], /--model NAME or --config FILE/],
  [["cost", "train", "--model", "Llama-3.1-70B"], /--accelerator/],
  [["cost", "train", "--model", "Llama-3.1-70B", "--accelerator", "h100-sxm"], /--seq/],
  [[...one, "--tp", "7"], /7/],
  [[...one, "--tp", "0"], /whole number/],
  [[...one, "--fsdp", "--zero", "1"], /--fsdp is --zero 3/],
  [[...one, "--precision", "nvfp4"], /no nvfp4 peak/],
  [[...one, "--out", "x.csv"], /--out is for --scenarios/],
  [["cost", "train", "--scenarios", "runs.csv"], /--out FILE/],
  [["cost", "train", "--scenarios", "runs.csv", "--out", "t.csv", "--tp", "2"], /--tp is for one run/],
  [["cost", "train", "--model", "Borges", "--accelerator", "h100-sxm", "--seq", "1"], /Borges/],
])("%j is refused with a way out", (args, message) => {
  const { status, stderr, stdout } = isoflop(...args);
  expect({ stdout, failed: status !== 0 }).toEqual({ stdout: "", failed: true });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/at .*\.js:\d+/);
});

test("a table without the columns that are needed names them", () => {
  writeFileSync(join(folder, "bare.csv"), "a,b\n1,2\n");
  const { status, stderr } = isoflop("cost", "train", "--scenarios", "bare.csv", "--out", "t.csv");
  expect(status).not.toBe(0);
  expect(stderr).toContain("no column model and no hardware");
});

test("stages of unequal layers are had with the option that the refusal names", () => {
  const args =
    "--model DeepSeek-V3 --accelerator gb200 --devices 256 --pp 4 --vp 4 --ep 64 --batch 4096 --seq 4096";
  const refused = isoflop("cost", "train", ...args.split(" "));
  expect(refused.stderr).toContain('set stages: "balanced"');
  const { status, stdout } = isoflop("cost", "train", ...args.split(" "), "--stages", "balanced");
  expect({ status, timed: stdout.includes("seconds a step") }).toEqual({ status: 0, timed: true });
});

test("a line of too few cells is named, and not read as another run", () => {
  const lines = ["model,hardware,isl,measurement", "LLAMA3_8B,DGX-H100,4096,a", "LLAMA3_8B,DGX-H100,4096"];
  writeFileSync(join(folder, "ragged.csv"), `${lines.join("\n")}\n`);
  const { status } = isoflop("cost", "train", "--scenarios", "ragged.csv", "--out", "ragged.json");
  expect(status).toBe(0);
  const [first, second] = JSON.parse(readFileSync(join(folder, "ragged.json"), "utf8"));
  expect(first.mfu).toBeGreaterThan(0);
  expect(second).toMatchObject({ mfu: "", note: "no answer: line 3 has 3 cells where the header has 4" });
});

test("cost search ranks the layouts that fit", () => {
  const cluster = "--accelerator h100-sxm --devices 16 --batch 64 --seq 4096 --keep 3".split(" ");
  const { stdout, stderr, status } = isoflop("cost", "search", "--model", "Llama-3.1-8B", ...cluster);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toMatch(/\d+ of \d+ layouts fit/);
  const { layouts } = JSON.parse(
    isoflop("cost", "search", "--model", "Llama-3.1-8B", ...cluster, "--json").stdout,
  );
  expect(layouts.length).toBe(3);
  expect(layouts[0].seconds).toBeLessThanOrEqual(layouts[1].seconds);
  expect(isoflop("cost", "search", "--devices", "8").stderr).toContain("--accelerator");
  // A row a layout at 80 columns, with the letters of the field.
  expect(stdout).toMatch(/^tp\d+ pp\d+.* dp\d+ z\d mb\d+/m);
  const rows = stdout.split("\n").filter((line) => /^(tp\d|layout|---)/.test(line));
  expect(rows).toHaveLength(5);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(80);
});

test("a config.json that cannot be read is named, and a fault of the file, by every command that takes one", () => {
  writeFileSync(join(folder, "bad.json"), '{"model_type": "llama9"}');
  const asked = ["--config", "bad.json", "--accelerator", "h100-sxm", "--devices", "8", "--seq", "128"];
  for (const words of [
    ["cost", "train", ...asked],
    ["cost", "search", ...asked, "--batch", "8"],
    ["models", "--config", "bad.json"],
  ]) {
    const { status, stderr } = isoflop(...words);
    expect({
      status,
      said: stderr.startsWith('isoflop: bad.json: model_type "llama9" is not known'),
    }).toEqual({
      status: 1,
      said: true,
    });
  }
});
