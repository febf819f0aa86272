import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
  const below = file("below.csv", "size,data\n1e8,1e9\n-1e8,1e9\n");
  expect(isoflop("discover", runs, "--response", "loss", "--predict", below)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/size must be > 0 as in the rows, got -100000000 in point 1/),
  });
  const lacking = file("lacking.csv", "size\n1e8\n");
  expect(isoflop("discover", runs, "--response", "loss", "--predict", lacking)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("the points have no column data"),
  });
});

const random = (k: number) => ((k * 7919) % 101) / 101 - 0.5;
/** Two responses of three groups that fall along `size`, and one that rises. */
const grouped = file(
  "grouped.csv",
  `corpus,size,first,second,rising\n${["web", "code", "7"]
    .flatMap((corpus, g) =>
      [1, 2, 4, 8, 16, 32, 64].map((k, i) => {
        const [first, second] = [2 + g + (1 + g) * k ** -0.3, 1 + 0.5 * k ** -0.3];
        const off = [1, 2].map((one) => 0.004 * random(one * 7 * g + i + one));
        return `${corpus},${k}e7,${first + off[0]!},${second + off[1]!},${1 - 0.4 * k ** -0.3}`;
      }),
    )
    .join("\n")}\n`,
);
const asked = file("asked.csv", "note,size,corpus\nx,1e10,code\ny,1e9,books\nz,1e10,web\nx,1e10,code\n");

test("groups and several responses, and a page, for points without the response in any order", () => {
  const search = ["--response", "first,second", "--group", "corpus", "--ignore", "rising", "--scale", "size"];
  const files = ["--predict", asked, "--out", "both.csv", "--report", "both.html"];
  expect(isoflop("discover", grouped, ...search, ...files)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("grouped.csv: 21 rows"),
  });
  const [header, ...lines] = readFileSync(join(folder, "both.csv"), "utf8").trim().split("\n");
  const each = ["prediction", "lo80", "hi80", "lo95", "hi95", "law", "note"];
  const names = header!.split(",");
  expect(names).toEqual([
    ...["note", "size", "corpus"],
    ...["first", "second"].flatMap((response) => each.map((name) => `${name}_${response}`)),
  ]);
  const cells = lines.map((line) => line.split(","));
  expect(cells.map((own) => own[0])).toEqual(["x", "y", "z", "x"]);
  expect(cells[3]).toEqual(cells[0]);
  const of = (row: number, name: string) => cells[row]![names.indexOf(name)]!;
  expect(of(1, "note_first")).toContain("the rows have no such group");
  expect(of(0, "note_first")).not.toContain("no such group");
  expect(Math.abs(Number(of(0, "prediction_first")) - (3 + 2 * 1e3 ** -0.3))).toBeLessThan(0.1);
  expect(Math.abs(Number(of(2, "prediction_first")) - (2 + 1e3 ** -0.3))).toBeLessThan(0.1);
  expect(Math.abs(Number(of(2, "prediction_second")) - (1 + 0.5 * 1e3 ** -0.3))).toBeLessThan(0.1);
  const page = readFileSync(join(folder, "both.html"), "utf8");
  for (const heading of ["Values of the parameters", "What the law leaves", "The run that would decide"])
    expect(page).toContain(heading);
  // Of each response a figure of what is left and one of what the laws say, along the one scale.
  expect(page.match(/<figure class="plot"/g)).toHaveLength(4);
});

test("what may only fall does not rise, whatever the rows say", () => {
  const search = [
    "discover",
    grouped,
    "--response",
    "rising",
    "--ignore",
    "first,second",
    "--group",
    "corpus",
  ];
  const predicted = (...more: string[]): number[] =>
    JSON.parse(isoflop(...search, "--predict", asked, "--json", ...more).stdout).predictions.map(
      ({ prediction }: { prediction: number }) => prediction,
    );
  // The rows rise from .6 to .89.
  expect(predicted()[2]).toBeGreaterThan(0.89);
  expect(predicted("--decreasing", "size")[2]).toBeLessThan(0.89);
});

test("laws that are not told apart are an answer like another", () => {
  const noise = file(
    "noise.csv",
    `n,y\n${Array.from({ length: 12 }, (_, k) => `${2 ** k}e6,${3 + 2 * random(k + 5)}`).join("\n")}\n`,
  );
  const { status, stdout } = isoflop("discover", noise, "--response", "y");
  expect(status).toBe(0);
  expect(stdout).toMatch(/\d+ laws that the rows do not tell apart, the one that predicts first/);
});

test("where nothing can be held out, JSON says so in words", () => {
  // Two rows a group: of none can one be held out.
  const pairs = Array.from(
    { length: 6 },
    (_, k) => `g${k >> 1},${k % 2 ? 1 : 4}e7,${3 + (k % 2) / 3 + 0.01 * random(k)}`,
  );
  const few = file("few.csv", `corpus,n,loss\n${pairs.join("\n")}\n`);
  const { stdout } = isoflop("discover", few, "--response", "loss", "--group", "corpus", "--json");
  expect(stdout).not.toContain("null");
  const { set, notes } = JSON.parse(stdout);
  for (const { error } of set) expect(error).toBe("nothing was held out");
  expect(notes.join()).toContain("no rows could be held out");
});

test("a long search says how far it is, and Ctrl-C leaves nothing behind", async () => {
  const many = Array.from({ length: 3000 }, (_, k) => {
    const [n, d, lr] = [2 ** (k % 11), 2 ** (Math.floor(k / 11) % 9), 2 ** (Math.floor(k / 99) % 5)];
    return `${n}e6,${d}e9,${lr}e-4,${2 + n ** -0.3 + d ** -0.2 + 0.02 * Math.log(lr) ** 2 + 0.01 * random(k)}`;
  });
  file("many.csv", `n,d,lr,loss\n${many.join("\n")}\n`);
  const args = ["discover", "many.csv", "--response", "loss", "--report", "never.html"];
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder });
  let said = "";
  child.stderr.on("data", (chunk) => {
    if (!said.includes("fitting laws") && `${said}${chunk}`.includes("fitting laws")) child.kill("SIGINT");
    said += chunk;
  });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  expect({ code, said }).toEqual({
    code: 130,
    said: expect.stringMatching(
      /many\.csv: fitting laws, \d+ of \d+\nstopping\nisoflop: interrupted; nothing was written\n$/,
    ),
  });
  expect(existsSync(join(folder, "never.html"))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes("never"))).toEqual([]);
});
