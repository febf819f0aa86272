import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const table = fileURLToPath(new URL("../../../datasets/tables/chinchilla_figure4.csv", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-plan-"));
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", cwd: folder, timeout: 30_000 });

test("plan prints every quantity with its unit and the law it comes from, then the cautions", () => {
  const { stdout, stderr, status } = isoflop("plan", "--flops", "1e24");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const lines = stdout.split("\n");
  const row = (name: string) => lines.find((line) => line.startsWith(name))?.split(/ {2,}/);
  const from = "Besiroglu et al. 2024 (arXiv 2404.10102), eq. 3";
  expect(row("parameters ")).toEqual(["parameters", "95.9B", "parameters, embeddings included", from]);
  expect(row("tokens ")).toEqual(["tokens", "1.74T", "tokens", from]);
  expect(row("loss ")).toEqual(["loss", "1.96", "nats per token", from]);
  expect(row("batch ")).toEqual(["batch", "5.66M", "tokens", "Li et al. 2025 (arXiv:2503.04715), Table 2"]);
  expect(stdout).toContain(
    "parameters, tokens: nParams 95.9B is 5.9 times above the fitted range 57.3M to 16.2B",
  );
  expect(stdout).toContain("loss: no interval: the published constants come without a covariance");
});

test("plan from accelerator hours gives days and cost, as JSON too", () => {
  const args = ["--gpu-hours", "1e6", "--accelerator", "h100", "--gpus", "1000", "--usd-per-gpu-hour", "2"];
  const plan = JSON.parse(isoflop("plan", ...args, "--json").stdout);
  expect(plan.flops.value).toBeCloseTo(1e6 * 3600 * 989e12 * 0.4, -12);
  expect(plan.days.value).toBeCloseTo(1e6 / 24000, 6);
  expect(plan.usd.value).toBeCloseTo(2e6, 3);
});

test("a fit that was saved plans with an interval, and its plan can be a page", () => {
  expect(isoflop("fit", table, "--save", "runs.fit.json").stderr).toContain("runs.fit.json: written");
  const page = isoflop("plan", "--flops", "1e22", "--law", "runs.fit.json", "--report", "plan.html");
  expect(page.stdout).toMatch(
    /loss +2\.\d+ \(2\.\d+ … 2\.\d+\) +nats per token +chinchilla fitted to 245 runs/,
  );
  const html = readFileSync(join(folder, "plan.html"), "utf8");
  expect(html).toContain("tokens per parameter");
  expect(html).not.toMatch(/(src|href)="https?:/);
});

test("a wrong question gets told", () => {
  expect(isoflop("plan").stderr).toBe(
    "isoflop: give the budget once: flops, or gpuHours with an accelerator\n",
  );
  expect(isoflop("plan", "--flops", "0").stderr).toContain("It must be a plain number > 0, such as 1e24.");
  expect(isoflop("plan", "--gpu-hours", "1", "--accelerator", "abacus").stderr).toContain(
    'accelerator "abacus" is unknown',
  );
  writeFileSync(join(folder, "notes.txt"), "not a fit");
  expect(isoflop("plan", "--flops", "1e22", "--law", "notes.txt").stderr).toContain(
    "notes.txt: not a saved fit: ",
  );
});

test.each<[string, (path: string) => void, string]>([
  ["nothing", () => {}, "there is no such file; check the path"],
  ["a folder", (path) => mkdirSync(path), "it is a folder; name a file in it"],
  ["links in a circle", (path) => symlinkSync(path, path), "its symbolic links lead in a circle"],
  ["a link to nothing", (path) => symlinkSync(`${path}.none`, path), "there is no such file; check the path"],
  ["a link to a device", (path) => symlinkSync("/dev/zero", path), "it is no ordinary file"],
  ["a link to a terminal's like", (path) => symlinkSync("/dev/null", path), "it is no ordinary file"],
  ["a pipe", (path) => execFileSync("mkfifo", [path]), "it is no ordinary file"],
  [
    "a file of 3 GB",
    (path) => {
      writeFileSync(path, "");
      truncateSync(path, 3e9);
    },
    "it has 3000000000 bytes",
  ],
])("plan --law says at once what is wrong with %s", (name, make, message) => {
  const path = join(folder, `${name.replaceAll(" ", "-")}.json`);
  make(path);
  const { stderr, status } = isoflop("plan", "--flops", "1e22", "--law", path);
  expect({ stderr, status }).toEqual({
    stderr: expect.stringContaining(`isoflop: ${path} cannot be read: ${message}`),
    status: 1,
  });
  expect(stderr.trimEnd()).not.toMatch(/\n|E[A-Z]{3,}/);
});

test("plan --law on a fit of a formula says what to do instead, and that can be done", () => {
  const law = "L = E + A/N^alpha + B/D^beta";
  isoflop("fit", table, "--law", law, "--save", "formula.json");
  const { stderr, status } = isoflop("plan", "--flops", "1e22", "--law", "formula.json");
  expect(status).toBe(1);
  expect(stderr).toContain(`isoflop: formula.json: the fit is of the formula "${law}"`);
  expect(stderr).toContain(`isoflop fit RUNS --law "${law}" --plan flops=1e24`);
  expect(isoflop("fit", table, "--law", law, "--plan", "flops=1e24").stdout).toMatch(/nParams/);
});
