import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-design-"));
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", cwd: folder });
const lossAt = (n: number, d: number) => 1.7 + 406 * n ** -0.34 + 411 * d ** -0.28;
const noise = (k: number) => 1 + 0.006 * (((k * 7919) % 101) / 101 - 0.5);
const rows = [1e7, 3e7, 1e8, 3e8].flatMap((n, i) =>
  [5e8, 2e9, 8e9, 2e10].map((d, j) => [n, d, 6 * n * d, lossAt(n, d) * noise(4 * i + j + 1)]),
);
const write = (name: string, header: string, columns: readonly number[]) =>
  writeFileSync(
    join(folder, name),
    `${header}\n${rows.map((row) => columns.map((k) => row[k]).join(",")).join("\n")}\n`,
  );
write("runs.csv", "n_params,n_tokens,flops,loss", [0, 1, 2, 3]);
write("odd.csv", "width,data,loss", [0, 1, 3]);
const design = (name: string, ...args: string[]) => isoflop("design", name, "--response", "loss", ...args);

test("runs of 6 N D FLOPs within the budget, each leaving less, as text, table, JSON and page", () => {
  const files = ["--out", "next.csv", "--report", "next.html"];
  const { status, stdout, stderr } = design("runs.csv", "--budget", "1e20", "--json", ...files);
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(/next\.csv: written\n.*next\.html: written/),
  });
  const answer = JSON.parse(stdout);
  expect(answer.unit).toBe("FLOPs");
  expect(answer.notes).toContain("flops is what a run costs, and is left out of the laws");
  // Ten times the dearest row, to the two digits of each number.
  expect((6 * answer.target.n_params * answer.target.n_tokens) / (60 * 3e8 * 2e10)).toBeCloseTo(1, 1);
  expect(answer.targetFrom).toMatch(/^10 times the dearest row, /);
  const { runs } = answer;
  expect(runs.length).toBeGreaterThan(1);
  let before = 1;
  let spent = 0;
  for (const { run, cost, left } of runs) {
    expect(cost).toBe(6 * run.n_params * run.n_tokens);
    expect(left.law).toBeLessThan(before);
    expect(left.run).toBeGreaterThan(left.law);
    before = left.law;
    spent += cost;
  }
  expect(spent).toBeLessThanOrEqual(1e20);
  for (const { left } of answer.alternatives) expect(answer.left.law).toBeLessThan(left.law);
  const [header, ...lines] = readFileSync(join(folder, "next.csv"), "utf8").trim().split("\n");
  expect(header).toBe("run,n_params,n_tokens,cost,left,left_of_run,left_alone,disagreement");
  expect(lines.map((line) => line.split(",").slice(0, 3).map(Number))).toEqual(
    runs.map(({ run }: (typeof runs)[number], k: number) => [k + 1, run.n_params, run.n_tokens]),
  );
  const page = readFileSync(join(folder, "next.html"), "utf8");
  expect(page.match(/<figure class="plot"/g)).toHaveLength(2);
  expect(page).toContain("Runs to make");
});

test("a target and a cost of one's own", () => {
  const asked = ["--target", "width=3e9,data=6e10", "--cost", "6*width*data/1e18", "--runs", "2"];
  const { status, stdout } = design("odd.csv", "--budget", "40", ...asked);
  expect(status).toBe(0);
  expect(stdout).toMatch(/width = 3e9, data = 6e10: 1080\n/);
  expect(stdout).toContain("cost: 6*width*data/1e18");
  const table = stdout.split("Make next")[1]!.split("\n").slice(3, 6);
  expect(table[0]).toMatch(/^ {4}1 /);
  expect(table[1]).toMatch(/^ {4}2 /);
  expect(table[2]).not.toMatch(/^ {4}3 /);
});

test("what cannot be answered is told with value and way out", () => {
  const told = (status: number, text: string, name: string, ...args: string[]) =>
    expect(design(name, ...args, "--max-parameters", "3")).toMatchObject({
      status,
      stderr: expect.stringContaining(text),
    });
  told(1, "--map nParams=COLUMN,nTokens=COLUMN, or give a formula: --cost", "odd.csv", "--budget", "1e20");
  const map = ["--map", "nParams=width,nTokens=data", "--budget"];
  told(1, "a budget of 10 pays no run: the cheapest costs 30000000000000000", "odd.csv", ...map, "10");
  told(
    1,
    "--target leaves data out; add data=NUMBER (the rows have 5e8 to 2e10)",
    "odd.csv",
    ...map,
    "1e20",
    "--target",
    "width=1e9",
  );
  told(
    1,
    "--target names wide, which is no variable; did you mean width?",
    "odd.csv",
    ...map,
    "1e20",
    "--target",
    "wide=1",
  );
  told(2, "option '--budget <number>' argument '-3' is invalid", "odd.csv", "--budget", "-3");
  told(1, "--cost names tokens, which is no column", "odd.csv", "--budget", "1", "--cost", "width*tokens");
});
