import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-discover-"));
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", cwd: folder });
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};

const sizes = [1, 2, 4, 8, 16, 32].map((k) => k * 1e7);
const tokens = [1, 3, 9, 27].map((k) => k * 1e9);
const lossAt = (n: number, d: number) => 1.7 + (n / 1e8) ** -0.34 + (d / 1e10) ** -0.3;
const rows = sizes.flatMap((n, i) =>
  tokens.map((d, j) => `run${i}${j},${n},${d},${lossAt(n, d) * (1 + 0.0005 * (((i * 7 + j * 5) % 3) - 1))}`),
);
const runs = file("runs.csv", `id,size,data,loss\n${rows.join("\n")}\n`);
const points = file(
  "points.csv",
  "who,size,data\nlarge,3.2e9,27e10\nsmall,1e7,1e9\nlarge again,3.2e9,27e10\n",
);

test("predictions stand beside the columns of the points, in their order", () => {
  const args = ["--response", "loss", "--scale", "size,data", "--predict", points, "--out", "out.csv"];
  const { status, stderr, stdout } = isoflop("discover", runs, ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining("out.csv: written") });
  expect(stdout).toContain("runs.csv: 24 rows");
  const [header, ...lines] = readFileSync(join(folder, "out.csv"), "utf8").trim().split("\n");
  expect(header).toBe("who,size,data,prediction,lo80,hi80,lo95,hi95,law,note");
  const cells = lines.map((line) => line.split(","));
  expect(cells.map(([who]) => who)).toEqual(["large", "small", "large again"]);
  expect(Math.abs(Number(cells[0]![3]) / lossAt(3.2e9, 27e10) - 1)).toBeLessThan(0.05);
  expect(Number(cells[1]![3]) / lossAt(1e7, 1e9)).toBeCloseTo(1, 2);
  expect(cells[2]!.slice(1)).toEqual(cells[0]!.slice(1));
});

test("the law that is printed is one that fit reads, with the same parameters", () => {
  const found = JSON.parse(isoflop("discover", runs, "--response", "loss", "--json").stdout);
  const { law, values } = found.set[0];
  const fit = isoflop("fit", runs, "--law", law, "--loss", "squared", "--raw", "--json");
  expect(fit.stderr).not.toContain("isoflop:");
  const { parameters } = JSON.parse(fit.stdout);
  for (const [name, value] of Object.entries<number>(values[0].parameters)) {
    const own = parameters[name]?.value ?? parameters[name];
    expect(own / value, `${name} of ${law}`).toBeCloseTo(1, 3);
  }
});

test("columns that formulas cannot write as words are read as they are printed", () => {
  const names = ["e", "not", "end", "a}b", "loss (nats)", "A1"];
  const curve = sizes.map((n) => 1.7 + (n / 1e8) ** -0.34);
  const table = file(
    "names.csv",
    `size,${names.join(",")}\n${sizes.map((n, i) => [n, ...names.map((_, k) => (k + 1) * curve[i]!)].join(",")).join("\n")}\n`,
  );
  for (const [response, variable] of names.map((name, k) => [name, names[k - 1] ?? "size"] as const)) {
    const ignore = [...names, "size"].filter((name) => name !== response && name !== variable);
    const args = ["--response", response, "--ignore", ignore.join(","), "--max-parameters", "2", "--json"];
    const { law, set } = JSON.parse(isoflop("discover", table, ...args).stdout);
    const fit = isoflop("fit", table, "--law", law, "--loss", "squared", "--raw", "--json");
    expect(fit.stderr, law).not.toContain("isoflop:");
    const { parameters } = JSON.parse(fit.stdout);
    for (const [name, value] of Object.entries<number>(set[0].values[0].parameters)) {
      expect((parameters[name]?.value ?? parameters[name]) / value, `${name} of ${law}`).toBeCloseTo(1, 2);
    }
  }
});

test("what cannot be used is told with place and way out", () => {
  const bad = file(
    "bad.csv",
    `size,data,loss\n${rows.map((row) => row.split(",").slice(1).join(",")).join("\n")}\n1e9,x,2\n`,
  );
  expect(isoflop("discover", bad, "--response", "loss")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      'bad.csv, line 26, data: expected a number, got "x"; drop the row, fix the file, or leave the column out: --ignore data',
    ),
  });
  expect(isoflop("discover", runs, "--response", "lost")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("runs.csv has no column lost; it has id, size, data, loss"),
  });
  expect(isoflop("discover", runs, "--response", "loss", "--out", "x.csv")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("add --predict points.csv"),
  });
  expect(isoflop("discover", bad, "--response", "loss", "--ignore", "data").status).toBe(0);
  expect(isoflop("discover", runs, "--response", "loss", "--ignore", "dta")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("no column dta; did you mean data?"),
  });
});
